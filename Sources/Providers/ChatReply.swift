/// A model's answer and what is known about how it came.
public struct ChatReply: Sendable, Hashable {
  /// What the model wrote.
  public var text: String
  /// Why it stopped.
  public var finish: FinishReason
  /// The tokens it took.
  public var usage: TokenUsage
  /// The model that the provider says has answered, which may be a dated version of the one asked.
  public var version: String?
  /// Seconds until the answer was whole.
  public var seconds: Double
  /// Seconds until its first byte.
  public var secondsToFirstByte: Double
  /// What is wrong with the provider's account of it, as a sentence; `nil` if nothing is.
  public var remark: String?

  /// An answer.
  public init(
    text: String, finish: FinishReason, usage: TokenUsage, version: String? = nil,
    seconds: Double = 0, secondsToFirstByte: Double = 0, remark: String? = nil
  ) {
    self.text = text
    self.finish = finish
    self.usage = usage
    self.version = version
    self.seconds = seconds
    self.secondsToFirstByte = secondsToFirstByte
    self.remark = remark
  }
}
