public import CostQuality
import Matrices
public import Outcomes
import Parallelism
public import Routing

/// Follows plans on recorded outcomes: exact expectations, or seeded draws to check them.
public struct Replay: Sendable {
  private let outcomes: RecordedOutcomes

  /// Prepares to replay on complete outcomes.
  public init(_ table: OutcomeTable) { outcomes = RecordedOutcomes(table) }

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

  /// The mean expected seconds of one plan a prompt, calls after one another; nil where any was not
  /// recorded.
  ///
  /// - Precondition: As for `point(of:)`.
  func seconds(of plans: [Plan]) -> Double? {
    guard outcomes.table.latency != nil else { return nil }
    var sum = ExactSum()
    for (row, plan) in plans.enumerated() {
      let seconds = expectation(of: plan, row: row).seconds
      if !seconds.isFinite { return nil }
      sum.add(seconds)
    }
    return sum.value / Double(count)
  }

  /// Expected calls of each model over all prompts; whole numbers where every prompt has one model.
  ///
  /// - Precondition: As for `point(of:)`.
  func calls(of plans: [Plan]) -> [Double] {
    var counts = [Double](repeating: 0, count: outcomes.table.models.count)
    do throws(RoutingError) {
      for (row, plan) in plans.enumerated() {
        try plan.addCalls(row: row, in: outcomes, to: &counts)
      }
    } catch {
      preconditionFailure(error.description)
    }
    return counts
  }

  /// Whether any latency was recorded.
  var hasLatency: Bool { outcomes.table.latency != nil }

  /// How many prompts there are.
  var count: Int { outcomes.table.count }

  /// What following a plan on one prompt gives in expectation.
  ///
  /// - Precondition: `check` accepts the plan.
  public func expectation(of plan: Plan, row: Int) -> ExpectedOutcome {
    do throws(RoutingError) {
      return try plan.expectation(row: row, in: outcomes)
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
        let each = try follow(row, plan)
        cost.add(each.cost)
        quality.add(each.quality)
      }
    } catch {
      preconditionFailure(error.description)
    }
    return Point(cost: cost.value / Double(count), quality: quality.value / Double(count))
  }
}
