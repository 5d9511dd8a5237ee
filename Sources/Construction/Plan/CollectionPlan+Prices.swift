import Providers

extension CollectionPlan {
  private static let perToken = [
    "input", "output", "cached", "reasoning", "cache_write", "cache_write_1h",
  ]

  /// The prices that a plan gives a model, in dollars per million tokens.
  static func prices(_ reader: inout PlanReader, _ node: PlanNode) -> TokenPrices? {
    if node.isNothing { return nil }
    let fields = reader.group(
      node, of: "prices", known: perToken + ["request", "steps", "date", "source"],
      required: ["input", "output"])
    let prices = rates(&reader, fields)
    var steps: [PriceStep] = []
    for node in reader.list(fields["steps"], of: "steps") {
      guard let step = step(&reader, node) else { continue }
      if steps.contains(where: { $0.above == step.above }) {
        reader.note(node.line, "There are two steps above \(step.above) tokens; remove one.")
      }
      steps.append(step)
    }
    let request = reader.number(fields["request"], of: "request", most: TokenPrices.most)
    guard let input = prices["input"], let output = prices["output"] else { return nil }
    return TokenPrices(
      input: input, output: output, cached: prices["cached"], reasoning: prices["reasoning"],
      cacheWrite: prices["cache_write"], cacheWriteLong: prices["cache_write_1h"],
      request: request ?? 0, steps: steps, date: reader.text(fields["date"], of: "date") ?? "",
      source: reader.text(fields["source"], of: "source") ?? "the plan")
  }

  private static func step(_ reader: inout PlanReader, _ node: PlanNode) -> PriceStep? {
    let fields = reader.group(
      node, of: "a step", known: ["above"] + perToken, required: ["above"])
    let prices = rates(&reader, fields)
    guard
      let above = reader.integer(fields["above"], of: "above", least: 1, most: 1_000_000_000)
    else { return nil }
    if !fields.keys.contains(where: perToken.contains) {
      reader.note(node.line, "A step needs a price, such as 'input'; found none.")
    }
    return PriceStep(
      above: above, input: prices["input"], output: prices["output"], cached: prices["cached"],
      reasoning: prices["reasoning"], cacheWrite: prices["cache_write"],
      cacheWriteLong: prices["cache_write_1h"])
  }

  private static func rates(
    _ reader: inout PlanReader, _ fields: [String: PlanNode]
  ) -> [String: Double] {
    var prices: [String: Double] = [:]
    for name in perToken {
      prices[name] = reader.number(fields[name], of: name, most: TokenPrices.most * 1e6)
        .map { $0 / 1e6 }
    }
    return prices
  }
}
