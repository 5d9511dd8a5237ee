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
  ///
  /// `null` takes a setting out of the request, and a limit on written tokens by either of its names
  /// stands in the place of `maxTokens`.
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

  /// The names that a limit on written tokens has.
  public static let limitNames = ["max_tokens", "max_completion_tokens"]

  /// Whether `extra` says how many tokens may be written.
  public var limitsUnderExtra: Bool { Self.limitNames.contains { extra[$0] != nil } }

  /// The most tokens that a request allows to be written; `nil` if it does not say.
  public var mostTokens: Int? {
    guard limitsUnderExtra else { return maxTokens }
    return Self.limitNames.compactMap { name in
      if case .integer(let count)? = extra[name] { count } else { nil }
    }.max()
  }

  /// Puts the provider's own settings into a request.
  func mergeExtra(into body: inout [String: JSONValue]) {
    for (name, value) in extra { body[name] = value == .null ? nil : value }
  }
}
