/// What one model's calls cost, and who says so.
///
/// There are no prices of 0 by default: a model whose price is not known has no `TokenPrices`.
public struct TokenPrices: Sendable, Hashable, Codable {
  /// Dollars a token read.
  public var input: Double
  /// Dollars a token written.
  public var output: Double
  /// Dollars a token read from the provider's cache; as any token read where nil.
  public var cached: Double?
  /// Dollars a token of unseen reasoning; as any token written where nil.
  public var reasoning: Double?
  /// Dollars a call, whatever its tokens.
  public var request: Double
  /// The day that the prices were told for, as `2024-05-13`.
  public var date: String
  /// Who told them.
  public var source: String

  /// Prices in dollars a token.
  public init(
    input: Double, output: Double, cached: Double? = nil, reasoning: Double? = nil,
    request: Double = 0, date: String, source: String
  ) {
    self.input = input
    self.output = output
    self.cached = cached
    self.reasoning = reasoning
    self.request = request
    self.date = date
    self.source = source
  }

  /// Dollars for what was used.
  public func cost(of usage: TokenUsage) -> Double {
    Double(usage.input - usage.cached) * input + Double(usage.cached) * (cached ?? input)
      + Double(usage.output - usage.reasoning) * output
      + Double(usage.reasoning) * (reasoning ?? output) + request
  }

  /// Dollars that a call can cost at most.
  public func mostCost(inputTokens: Int, outputTokens: Int) -> Double {
    Double(inputTokens) * max(input, cached ?? 0) + Double(outputTokens)
      * max(output, reasoning ?? 0) + request
  }
}
