public import CostQuality
import Matrices
public import Outcomes
public import Routing

/// Follows plans on recorded outcomes: exact expectations, nothing sampled.
public struct Replay: Sendable {
  private let table: OutcomeTable

  /// Prepares to replay on complete outcomes.
  public init(_ table: OutcomeTable) { self.table = table }

  /// How many prompts there are.
  var count: Int { table.count }

  /// The expected cost and quality of one plan a prompt, prompt by prompt.
  ///
  /// - Precondition: One plan a prompt.
  func expectations(of plans: [Plan]) -> [(cost: Double, quality: Double)] {
    precondition(plans.count == table.count, "Replay needs one plan a prompt.")
    return plans.enumerated().map { row, plan in
      plan.expectation(row: row, quality: table.quality, cost: table.cost)
    }
  }

  /// The mean expected cost and quality of one plan a prompt.
  ///
  /// - Precondition: One plan a prompt, and at least one prompt.
  public func point(of plans: [Plan]) -> Point {
    var cost = ExactSum()
    var quality = ExactSum()
    for expected in expectations(of: plans) {
      cost.add(expected.cost)
      quality.add(expected.quality)
    }
    return Point(
      cost: cost.value / Double(table.count), quality: quality.value / Double(table.count))
  }
}
