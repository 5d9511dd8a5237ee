/// One model of LiteLLM's list of prices.
///
/// Prices of other ways to call it (`_priority`, `_flex`, `_batches` and their like) are passed over.
struct LiteLLMEntry {
  private let entry: JSONValue

  init(_ entry: JSONValue) { self.entry = entry }

  /// The prices; `nil` if none is given for tokens read or none for tokens written.
  func prices(date: String, source: String) -> TokenPrices? {
    var steps = steppedPrices + tiers
    var first = PriceStep(above: -1)
    // A list of tiers gives the prices below the first step too.
    if let lowest = steps.first, lowest.above <= 0 {
      first = lowest
      steps.removeFirst()
    }
    guard let input = Self.price(entry, "input_cost_per_token") ?? first.input,
      let output = Self.price(entry, "output_cost_per_token") ?? first.output
    else { return nil }
    let writes = "cache_creation_input_token_cost"
    return TokenPrices(
      input: input, output: output,
      cached: Self.price(entry, "cache_read_input_token_cost")
        ?? Self.price(entry, "input_cost_per_token_cache_hit") ?? first.cached,
      reasoning: Self.price(entry, "output_cost_per_reasoning_token") ?? first.reasoning,
      cacheWrite: Self.price(entry, writes) ?? first.cacheWrite,
      cacheWriteLong: Self.price(entry, writes + "_above_1hr") ?? first.cacheWriteLong,
      request: Self.price(entry, "input_cost_per_request") ?? searchFee, steps: steps, date: date,
      source: source)
  }

  /// A search has a fee by its size; the most expensive keeps a cap safe.
  private var searchFee: Double {
    guard entry["litellm_provider"]?.text == "perplexity" else { return 0 }
    let fees = entry["search_context_cost_per_query"]
    return ["low", "medium", "high"].compactMap { size in
      fees.flatMap { Self.price($0, "search_context_size_\(size)") }
    }.max() ?? 0
  }

  /// `input_cost_per_token_above_200k_tokens` and its like.
  private var steppedPrices: [PriceStep] {
    guard case .object(let members) = entry else { return [] }
    var steps: [Int: PriceStep] = [:]
    let names: [(String, WritableKeyPath<PriceStep, Double?>)] = [
      ("input_cost_per_token", \.input), ("output_cost_per_token", \.output),
      ("cache_read_input_token_cost", \.cached),
      ("output_cost_per_reasoning_token", \.reasoning),
      ("cache_creation_input_token_cost", \.cacheWrite),
      ("cache_creation_input_token_cost_above_1hr", \.cacheWriteLong),
    ]
    for key in members.keys where key.hasSuffix("_tokens") {
      for (name, path) in names where key.hasPrefix(name + "_above_") {
        guard let above = Self.tokens(key.dropFirst(name.utf8.count + 7).dropLast(7)),
          let price = Self.price(entry, key)
        else { continue }
        steps[above, default: PriceStep(above: above)][keyPath: path] = price
      }
    }
    return steps.values.sorted { $0.above < $1.above }
  }

  /// Prices by ranges of tokens read, as some providers publish them.
  private var tiers: [PriceStep] {
    guard case .array(let tiers)? = entry["tiered_pricing"] else { return [] }
    return tiers.compactMap { tier -> PriceStep? in
      guard case .array(let range)? = tier["range"],
        let start = range.first.flatMap({ TokenCount($0).number })
      else { return nil }
      return PriceStep(
        above: start, input: Self.price(tier, "input_cost_per_token"),
        output: Self.price(tier, "output_cost_per_token"),
        cached: Self.price(tier, "cache_read_input_token_cost"),
        reasoning: Self.price(tier, "output_cost_per_reasoning_token"),
        cacheWrite: Self.price(tier, "cache_creation_input_token_cost"),
        cacheWriteLong: Self.price(tier, "cache_creation_input_token_cost_above_1hr"))
    }.sorted { $0.above < $1.above }
  }

  /// `200k`, `1m` or a plain number.
  private static func tokens(_ text: Substring) -> Int? {
    let scales: [Character: Int] = ["k": 1000, "m": 1_000_000]
    let scale = text.last.flatMap { scales[$0] }
    guard let number = Int(scale == nil ? text : text.dropLast()),
      (1..<1_000_000_000).contains(number)
    else { return nil }
    return number * (scale ?? 1)
  }

  /// A price, also one that is written as a text; one that cannot be is none.
  private static func price(_ entry: JSONValue, _ name: String) -> Double? {
    let value = entry[name]
    guard let price = value?.double ?? value?.text.flatMap(Double.init),
      (0...TokenPrices.most).contains(price)
    else { return nil }
    return price
  }
}
