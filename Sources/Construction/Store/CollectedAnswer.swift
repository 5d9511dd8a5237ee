public import Providers

/// An answer as the store keeps it.
public struct CollectedAnswer: Sendable, Hashable {
  /// The answers to all turns, in order.
  public var texts: [String]
  /// Why the model stopped after the last one.
  public var finish: FinishReason
  /// The tokens of all turns.
  public var usage: TokenUsage
  /// Dollars of all turns; nil where the price is unknown.
  public var cost: Double?
  /// The prices that the cost follows from.
  public var prices: TokenPrices?
  /// The model that the provider says has answered.
  public var version: String?
  /// Seconds until the last answer was whole, waits and failed attempts left out.
  public var seconds: Double
  /// Seconds until the first byte of the first answer.
  public var secondsToFirstByte: Double
  /// How often the provider was asked.
  public var attempts: Int
  /// When it came, by the machine's clock, in seconds since 1970.
  public var time: Double
  /// What is wrong with the provider's account of it, as a sentence; `nil` if nothing is.
  public var remark: String?

  /// The answer to the last turn.
  public var text: String { texts.last ?? "" }
}
