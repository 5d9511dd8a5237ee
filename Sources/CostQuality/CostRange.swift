/// The span of dollars a prompt over which systems are compared.
public struct CostRange: Sendable, Hashable, Codable {
  /// The lower end, in dollars per prompt.
  public let lower: Double
  /// The upper end, in dollars per prompt; above `lower`.
  public let upper: Double

  /// Makes a range of positive width.
  ///
  /// - Throws: When an end is not finite and non-negative, or the range has no width.
  public init(lower: Double, upper: Double) throws(CostQualityError) {
    guard lower.isFinite, upper.isFinite, lower >= 0 else {
      throw .unusableRange(lower: lower, upper: upper)
    }
    guard upper > lower else { throw .noWidth(lower: lower, upper: upper) }
    self.lower = lower
    self.upper = upper
  }

  /// The range from the cheapest to the dearest of some points.
  public init(spanning points: some Sequence<Point>) throws(CostQualityError) {
    let costs = points.map(\.cost)
    guard let lower = costs.min(), let upper = costs.max() else { throw .noPoints }
    try self.init(lower: lower, upper: upper)
  }

  /// The width, in dollars per prompt.
  public var width: Double { upper - lower }
}
