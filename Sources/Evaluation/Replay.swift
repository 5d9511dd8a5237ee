public import CostQuality
import Matrices
public import Outcomes
import Parallelism
public import Routing

/// Follows plans on recorded outcomes: exact expectations, or seeded draws to check them.
public struct Replay: Sendable {
  private let outcomes: RecordedOutcomes
  /// What the router takes for each prompt.
  private let overhead: Overhead

  /// Prepares to replay on complete outcomes.
  ///
  /// - Parameter overhead: What the router that made the plans takes for each prompt.
  public init(_ table: OutcomeTable, overhead: Overhead = .none) {
    outcomes = RecordedOutcomes(table)
    self.overhead = overhead
  }

  /// Refuses plans whose judges judge by something that the outcomes lack.
  public func check(_ plans: [Plan]) throws(RoutingError) {
    try outcomes.requireEvidence(for: plans)
  }

  /// The mean expected cost and quality of one plan a prompt.
  ///
  /// - Precondition: One plan a prompt, at least one prompt, and `check` accepts the plans.
  public func point(of plans: [Plan]) -> Point {
    mean(of: plans) { row, plan throws(RoutingError) in
      try plan.expectation(row: row, in: outcomes)
    }
  }

  /// The mean cost and quality of one run a prompt, mixtures and judges' errors drawn.
  ///
  /// It checks `point(of:)`, which has no noise.
  ///
  /// - Precondition: As for `point(of:)`.
  public func sampledPoint(of plans: [Plan], seed: UInt64) -> Point {
    mean(of: plans) { row, plan throws(RoutingError) in
      var generator = SeededGenerator(seed: seed, stream: UInt64(row))
      return try plan.drawn(row: row, in: outcomes, with: &generator)
    }
  }

  /// How many prompts there are.
  var count: Int { outcomes.table.count }

  /// What following a plan on one prompt gives in expectation.
  ///
  /// - Precondition: `check` accepts the plan.
  public func expectation(of plan: Plan, row: Int) -> ExpectedOutcome {
    do throws(RoutingError) {
      var expected = try plan.expectation(row: row, in: outcomes)
      expected.add(overhead, in: outcomes.table.costUnit)
      return expected
    } catch {
      preconditionFailure(error.description)
    }
  }

  private func mean(
    of plans: [Plan], _ follow: (Int, Plan) throws(RoutingError) -> ExpectedOutcome
  ) -> Point {
    let count = outcomes.table.count
    precondition(plans.count == count, "Replay needs one plan a prompt.")
    var cost = ExactSum()
    var quality = ExactSum()
    do throws(RoutingError) {
      for (row, plan) in plans.enumerated() {
        var each = try follow(row, plan)
        each.add(overhead, in: outcomes.table.costUnit)
        cost.add(each.cost)
        quality.add(each.quality)
      }
    } catch {
      preconditionFailure(error.description)
    }
    return Point(cost: cost.value / Double(count), quality: quality.value / Double(count))
  }
}
