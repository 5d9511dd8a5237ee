/// The tokens that one answer took.
public struct TokenUsage: Sendable, Hashable, Codable {
  /// Tokens read, those from a cache and those written to one included.
  public var input: Int
  /// Tokens written, those of unseen reasoning included.
  public var output: Int
  /// The part of the input that came from the provider's cache.
  public var cached: Int
  /// The part of the output that was unseen reasoning.
  public var reasoning: Int
  /// The part of the input that was written to the provider's cache for some minutes.
  public var cacheWritten: Int
  /// The part of the input that was written to the provider's cache for an hour.
  public var cacheWrittenLong: Int
  /// Whether the provider told no usage and these were guessed from the texts.
  public var isEstimated: Bool

  /// A count.
  public init(
    input: Int, output: Int, cached: Int = 0, reasoning: Int = 0, cacheWritten: Int = 0,
    cacheWrittenLong: Int = 0, isEstimated: Bool = false
  ) {
    self.input = input
    self.output = output
    self.cached = cached
    self.reasoning = reasoning
    self.cacheWritten = cacheWritten
    self.cacheWrittenLong = cacheWrittenLong
    self.isEstimated = isEstimated
  }

  /// Reads a count, also one that was written before tokens written to a cache were counted.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      input: try fields.decode(Int.self, forKey: .input),
      output: try fields.decode(Int.self, forKey: .output),
      cached: try fields.decode(Int.self, forKey: .cached),
      reasoning: try fields.decode(Int.self, forKey: .reasoning),
      cacheWritten: try fields.decodeIfPresent(Int.self, forKey: .cacheWritten) ?? 0,
      cacheWrittenLong: try fields.decodeIfPresent(Int.self, forKey: .cacheWrittenLong) ?? 0,
      isEstimated: try fields.decode(Bool.self, forKey: .isEstimated))
  }

  /// Adds the tokens of another answer; sums stop at the greatest integer.
  public static func += (total: inout TokenUsage, other: TokenUsage) {
    total.input = total.input.plus(other.input)
    total.output = total.output.plus(other.output)
    total.cached = total.cached.plus(other.cached)
    total.reasoning = total.reasoning.plus(other.reasoning)
    total.cacheWritten = total.cacheWritten.plus(other.cacheWritten)
    total.cacheWrittenLong = total.cacheWrittenLong.plus(other.cacheWrittenLong)
    total.isEstimated = total.isEstimated || other.isEstimated
  }

  /// A guess for an answer that came without a count.
  public static func estimate(_ request: ChatRequest, answer: String) -> TokenUsage {
    TokenUsage(
      input: request.likelyInputTokens, output: likelyTokens(in: answer), isEstimated: true)
  }

  /// A quarter of the bytes, rounded up.
  static func likelyTokens(in text: String) -> Int { (text.utf8.count + 3) / 4 }
}
