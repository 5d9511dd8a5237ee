/// How a model chooses its words; what is nil is left to the provider.
public struct SamplingParameters: Sendable, Hashable {
  /// The most tokens to write.
  public var maxTokens: Int?
  /// How evenly words are drawn; 0 for the likeliest.
  public var temperature: Double?
  /// The share of likelihood that words are drawn from.
  public var topP: Double?
  /// The seed, where the provider takes one.
  public var seed: Int?
  /// Texts that end the answer.
  public var stop: [String]
  /// Other settings by the provider's own names; they win over the ones above.
  public var extra: [String: JSONValue]

  /// Parameters; all left to the provider unless given.
  public init(
    maxTokens: Int? = nil, temperature: Double? = nil, topP: Double? = nil, seed: Int? = nil,
    stop: [String] = [], extra: [String: JSONValue] = [:]
  ) {
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.topP = topP
    self.seed = seed
    self.stop = stop
    self.extra = extra
  }
}
