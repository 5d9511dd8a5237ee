/// The tokens that one answer took.
public struct TokenUsage: Sendable, Hashable, Codable {
  /// Tokens read, those from a cache included.
  public var input: Int
  /// Tokens written, those of unseen reasoning included.
  public var output: Int
  /// The part of the input that came from the provider's cache.
  public var cached: Int
  /// The part of the output that was unseen reasoning.
  public var reasoning: Int
  /// Whether the provider told no usage and these were guessed from the texts.
  public var isEstimated: Bool

  /// A count.
  public init(
    input: Int, output: Int, cached: Int = 0, reasoning: Int = 0, isEstimated: Bool = false
  ) {
    self.input = input
    self.output = output
    self.cached = cached
    self.reasoning = reasoning
    self.isEstimated = isEstimated
  }

  /// A guess for an answer that came without a count.
  public static func estimate(_ request: ChatRequest, answer: String) -> TokenUsage {
    TokenUsage(
      input: request.likelyInputTokens, output: likelyTokens(in: answer), isEstimated: true)
  }

  /// A quarter of the bytes, rounded up.
  static func likelyTokens(in text: String) -> Int { (text.utf8.count + 3) / 4 }
}
