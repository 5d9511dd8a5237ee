public import CostQuality

/// What following a plan on one prompt gives in expectation.
public struct ExpectedOutcome: Sendable, Hashable {
  /// Dollars, or what else costs are counted in; those of judges included.
  public var cost: Double
  /// Graded quality of the answer that is returned.
  public var quality: Double
  /// Dollars beside another cost, those of judges included; NaN where cost counts dollars, or where they were
  /// not recorded.
  public var dollars: Double
  /// Seconds of all calls and consultations, one after another; NaN where they were not recorded.
  public var seconds: Double

  /// Makes an expectation.
  public init(cost: Double, quality: Double, dollars: Double = .nan, seconds: Double) {
    self.cost = cost
    self.dollars = dollars
    self.quality = quality
    self.seconds = seconds
  }

  /// No answer, at no price.
  public static let nothing = ExpectedOutcome(cost: 0, quality: 0, dollars: 0, seconds: 0)

  /// Adds what a router takes for the prompt.
  ///
  /// - Parameter unit: What the cost is counted in.
  public mutating func add(_ overhead: Overhead, in unit: CostUnit) {
    cost += overhead.cost(in: unit)
    dollars += overhead.dollars
    seconds += overhead.seconds
  }

  /// Adds another expectation that is met with some probability.
  mutating func add(_ other: ExpectedOutcome, times probability: Double) {
    cost += probability * other.cost
    quality += probability * other.quality
    dollars += probability * other.dollars
    seconds += probability * other.seconds
  }
}
