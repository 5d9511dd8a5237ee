/// What one model's calls cost, and who says so.
///
/// There are no prices of 0 by default: a model whose price is not known has no `TokenPrices`.
public struct TokenPrices: Sendable, Hashable, Codable {
  /// The greatest price that is believed, in dollars per token or call.
  package static let most = 1000.0

  /// Dollars a token read.
  public var input: Double
  /// Dollars a token written.
  public var output: Double
  /// Dollars a token read from the provider's cache; as any token read where nil.
  public var cached: Double?
  /// Dollars a token of unseen reasoning; as any token written where nil.
  public var reasoning: Double?
  /// Dollars per token written to the provider's cache for some minutes; as any token read if `nil`.
  public var cacheWrite: Double?
  /// Dollars per token written to the provider's cache for an hour; as for some minutes if `nil`.
  public var cacheWriteLong: Double?
  /// Dollars a call, whatever its tokens.
  public var request: Double
  /// Other prices for calls that read much, in ascending order.
  public var steps: [PriceStep]
  /// The day that the prices were told for, as `2024-05-13`.
  public var date: String
  /// Who told them.
  public var source: String

  /// Prices in dollars a token.
  public init(
    input: Double, output: Double, cached: Double? = nil, reasoning: Double? = nil,
    cacheWrite: Double? = nil, cacheWriteLong: Double? = nil, request: Double = 0,
    steps: [PriceStep] = [], date: String, source: String
  ) {
    self.input = input
    self.output = output
    self.cached = cached
    self.reasoning = reasoning
    self.cacheWrite = cacheWrite
    self.cacheWriteLong = cacheWriteLong
    self.request = request
    self.steps = steps.sorted { $0.above < $1.above }
    self.date = date
    self.source = source
  }

  /// Reads prices, also those that were written before there were steps and prices of cache writes.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func price(_ key: CodingKeys) throws -> Double? {
      try fields.decodeIfPresent(Double.self, forKey: key)
    }
    self.init(
      input: try fields.decode(Double.self, forKey: .input),
      output: try fields.decode(Double.self, forKey: .output), cached: try price(.cached),
      reasoning: try price(.reasoning), cacheWrite: try price(.cacheWrite),
      cacheWriteLong: try price(.cacheWriteLong), request: try price(.request) ?? 0,
      steps: try fields.decodeIfPresent([PriceStep].self, forKey: .steps) ?? [],
      date: try fields.decode(String.self, forKey: .date),
      source: try fields.decode(String.self, forKey: .source))
  }

  /// Dollars for what was used.
  ///
  /// A call that reads more tokens than a step is billed at the step's prices as a whole.
  public func cost(of usage: TokenUsage) -> Double {
    let rates = steps.filter { $0.above < usage.input }.reduce(Rates(self)) { $0.after($1) }
    let plain =
      Double(usage.input) - Double(usage.cached) - Double(usage.cacheWritten)
      - Double(usage.cacheWrittenLong)
    return plain * rates.input + Double(usage.cached) * rates.cached
      + Double(usage.cacheWritten) * rates.cacheWrite
      + Double(usage.cacheWrittenLong) * rates.cacheWriteLong
      + (Double(usage.output) - Double(usage.reasoning)) * rates.output
      + Double(usage.reasoning) * rates.reasoning + request
  }

  /// Dollars that a call can cost at most.
  ///
  /// It holds for any call of at most so many tokens, however they divide among a cache, reasoning and
  /// the rest, and on whichever side of a step the call ends up.
  public func mostCost(inputTokens: Int, outputTokens: Int) -> Double {
    var rates = Rates(self)
    var (input, output) = (rates.mostInput, rates.mostOutput)
    for step in steps where step.above < inputTokens {
      rates = rates.after(step)
      (input, output) = (max(input, rates.mostInput), max(output, rates.mostOutput))
    }
    return Double(inputTokens) * input + Double(outputTokens) * output + request
  }

  /// The prices of one side of the steps.
  private struct Rates {
    var input: Double
    var output: Double
    private var ownCached: Double?
    private var ownReasoning: Double?
    private var ownWrite: Double?
    private var ownWriteLong: Double?

    init(_ prices: TokenPrices) {
      (input, output) = (prices.input, prices.output)
      (ownCached, ownReasoning) = (prices.cached, prices.reasoning)
      (ownWrite, ownWriteLong) = (prices.cacheWrite, prices.cacheWriteLong)
    }

    var cached: Double { ownCached ?? input }
    var reasoning: Double { ownReasoning ?? output }
    var cacheWrite: Double { ownWrite ?? input }
    var cacheWriteLong: Double { ownWriteLong ?? cacheWrite }

    var mostInput: Double { max(input, cached, cacheWrite, cacheWriteLong) }
    var mostOutput: Double { max(output, reasoning) }

    func after(_ step: PriceStep) -> Rates {
      var rates = self
      rates.input = step.input ?? input
      rates.output = step.output ?? output
      rates.ownCached = step.cached ?? ownCached
      rates.ownReasoning = step.reasoning ?? ownReasoning
      rates.ownWrite = step.cacheWrite ?? ownWrite
      rates.ownWriteLong = step.cacheWriteLong ?? ownWriteLong
      return rates
    }
  }
}
