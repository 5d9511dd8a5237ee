public import CostQuality
import Matrices
public import Outcomes
public import Routing

/// Follows plans on recorded outcomes: exact expectations, nothing sampled.
public struct Replay: Sendable {
  private let table: OutcomeTable

  /// Prepares to replay on complete outcomes.
  public init(_ table: OutcomeTable) { self.table = table }

  /// The mean expected cost and quality of one plan a prompt.
  ///
  /// - Precondition: One plan a prompt, and at least one prompt.
  public func point(of plans: [Plan]) -> Point {
    precondition(plans.count == table.count, "Replay needs one plan a prompt.")
    var cost = ExactSum()
    var quality = ExactSum()
    for (row, plan) in plans.enumerated() {
      let expected = plan.expectation(row: row, quality: table.quality, cost: table.cost)
      cost.add(expected.cost)
      quality.add(expected.quality)
    }
    return Point(
      cost: cost.value / Double(table.count), quality: quality.value / Double(table.count))
  }
}
