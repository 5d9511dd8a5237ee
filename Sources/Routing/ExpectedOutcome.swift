/// What following a plan on one prompt gives in expectation.
public struct ExpectedOutcome: Sendable, Hashable {
  /// Dollars, those of judges included.
  public var cost: Double
  /// Graded quality of the answer that is returned.
  public var quality: Double
  /// Seconds of all calls and consultations, one after another; NaN where they were not recorded.
  public var seconds: Double

  /// Makes an expectation.
  public init(cost: Double, quality: Double, seconds: Double) {
    self.cost = cost
    self.quality = quality
    self.seconds = seconds
  }

  /// No answer, at no price.
  public static let nothing = ExpectedOutcome(cost: 0, quality: 0, seconds: 0)

  /// Adds another expectation that is met with some probability.
  mutating func add(_ other: ExpectedOutcome, times probability: Double) {
    cost += probability * other.cost
    quality += probability * other.quality
    seconds += probability * other.seconds
  }
}
