public import Outcomes
public import Providers
public import Transport

/// One model of a plan and all that asking it needs, but for the key itself.
public struct PlannedModel: Sendable, Hashable {
  /// Where a key is taken from.
  public enum KeySource: Sendable, Hashable {
    /// None is sent.
    case none
    /// A variable of the environment.
    case variable(String)
    /// A file that nobody else may read.
    case file(String)
  }

  /// How fast a model may be asked.
  public struct Limits: Sendable, Hashable {
    /// The most calls at once.
    public var concurrency = 4
    /// The most requests a minute; nil for no limit.
    public var requestsPerMinute: Double?
    /// The most tokens a minute; nil for no limit.
    public var tokensPerMinute: Double?
  }

  /// What outcomes call it.
  public var id: ModelID
  /// The kind of its provider.
  public var provider: ProviderKind
  /// What the endpoint calls it.
  public var remoteName: String
  /// Where it is asked.
  public var endpoint: String
  /// Where its key is taken from.
  public var key: KeySource
  /// The header that carries the key; the provider's own if `nil`.
  public var keyHeader: String?
  /// What its calls cost; nil where that is unknown.
  public var prices: TokenPrices?
  /// How fast it may be asked.
  public var limits = Limits()
  /// How it chooses its words.
  public var sampling = SamplingParameters()
  /// How long each part of a call may take.
  public var timeouts = HTTPTimeouts()
  /// When a call that failed is made again.
  public var retries = RetryPolicy()
  /// The line of the plan that it begins on.
  public var line: Int

  /// The most tokens that one answer can have; nil where nothing limits it.
  public var mostOutputTokens: Int? { sampling.mostTokens ?? provider.standardMaxTokens }

  /// The most dollars that a question can cost; nil where the price, or the longest answer, is unknown.
  public func mostCost(of request: ChatRequest) -> Double? {
    guard let prices, let output = mostOutputTokens else { return nil }
    return prices.mostCost(inputTokens: request.mostInputTokens, outputTokens: output)
  }

  /// What decides an answer: other settings would be other answers.
  ///
  /// Where the model runs is not among them: a server may move between two runs.
  var settings: JSONValue {
    .object([
      "provider": .string(provider.rawValue), "model": .string(remoteName),
      "max_tokens": sampling.maxTokens.map { .integer($0) } ?? .null,
      "temperature": sampling.temperature.map { .number($0) } ?? .null,
      "top_p": sampling.topP.map { .number($0) } ?? .null,
      "seed": sampling.seed.map { .integer($0) } ?? .null,
      "stop": .array(sampling.stop.map { .string($0) }), "extra": .object(sampling.extra),
    ])
  }
}
