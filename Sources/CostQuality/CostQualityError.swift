/// Why something in the cost-quality plane has no value.
public struct CostQualityError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  private init(_ description: String) { self.description = description }

  static func noWidth(lower: Double, upper: Double) -> CostQualityError {
    CostQualityError(
      "The cost range [\(lower), \(upper)] has no width; AIQ averages over a range, so the "
        + "systems compared must differ in cost. Give at least two models of different cost.")
  }

  static func unusableRange(lower: Double, upper: Double) -> CostQualityError {
    CostQualityError(
      "The cost range [\(lower), \(upper)] is not usable; both ends must be finite dollars per "
        + "prompt, at least 0.")
  }

  static let noPoints = CostQualityError(
    "There are no points; a curve needs at least one (cost, quality).")

  static func notFinite(_ point: Point) -> CostQualityError {
    CostQualityError(
      "The point (\(point.cost), \(point.quality)) is not finite; every point needs a cost and a "
        + "quality. Leave out rows with missing cells first.")
  }

  static func outOfReach(cost: Double, cheapest: Double) -> CostQualityError {
    CostQualityError(
      "No mixture costs \(cost) dollars a prompt; costs must be finite and at least \(cheapest).")
  }
}
