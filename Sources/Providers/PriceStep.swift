/// Prices of calls that read more than so many tokens; what is `nil` stays as it was below.
///
/// The whole call is billed at them, and not only the tokens beyond the step.
public struct PriceStep: Sendable, Hashable, Codable {
  /// The step is passed by calls that read more tokens than this.
  public var above: Int
  /// Dollars per token read.
  public var input: Double?
  /// Dollars per token written.
  public var output: Double?
  /// Dollars per token read from the provider's cache.
  public var cached: Double?
  /// Dollars per token of unseen reasoning.
  public var reasoning: Double?
  /// Dollars per token written to the provider's cache for some minutes.
  public var cacheWrite: Double?
  /// Dollars per token written to the provider's cache for an hour.
  public var cacheWriteLong: Double?

  /// A step.
  public init(
    above: Int, input: Double? = nil, output: Double? = nil, cached: Double? = nil,
    reasoning: Double? = nil, cacheWrite: Double? = nil, cacheWriteLong: Double? = nil
  ) {
    self.above = above
    self.input = input
    self.output = output
    self.cached = cached
    self.reasoning = reasoning
    self.cacheWrite = cacheWrite
    self.cacheWriteLong = cacheWriteLong
  }
}
