/// What the area under a system's hull is divided by, and where it begins.
public enum AIQDefinition: String, Sendable, Codable, CaseIterable {
  /// One range of costs for all systems: the paper's definition, with a hull's extension to its left.
  case sharedRange = "shared-range"
  /// From each hull's own cheapest vertex, over its greatest cost: the original code's.
  ///
  /// Only to connect to published numbers, since systems do not share a range.
  case originalCode = "original-code"

  /// The AIQ of a hull by this definition.
  ///
  /// - Parameters:
  ///   - points: The points that the hull is of.
  ///   - range: The shared range.
  ///   - side: How the hull goes on to its left; the original code's does not.
  public func aiq(
    of hull: NonDecreasingHull, of points: [Point], over range: CostRange,
    extendedLeft side: LeftExtension
  ) -> Double {
    switch self {
    case .sharedRange: hull.averageImprovementInQuality(over: range, extendedLeft: side)
    case .originalCode:
      hull.referenceAverageImprovementInQuality(greatestCost: points.map(\.cost).max() ?? 0)
    }
  }
}
