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
  /// Whether every answer's latency was recorded, so that seconds mean something.
  let hasSeconds: Bool

  /// Prepares to replay on complete outcomes.
  ///
  /// - Parameter overhead: What the router that made the plans takes for each prompt.
  public init(_ table: OutcomeTable, overhead: Overhead = .none) {
    outcomes = RecordedOutcomes(table)
    self.overhead = overhead
    hasSeconds = table.completeLatency != nil
  }

  /// Refuses plans whose judges judge by something that the outcomes lack.
  public func check(_ plans: [Plan]) throws(RoutingError) {
    try outcomes.requireEvidence(for: plans)
  }

  /// The mean expected cost and quality of one plan a prompt.
  ///
  /// - Precondition: One plan a prompt, at least one prompt, and `check` accepts the plans.
  public func point(of plans: [Plan]) -> Point { outcome(of: plans).point }

  /// The mean expected cost, quality and seconds of one plan a prompt.
  ///
  /// - Precondition: As for `point(of:)`.
  public func outcome(of plans: [Plan]) -> ExpectedOutcome {
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
    }.point
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
  ) -> ExpectedOutcome {
    let count = outcomes.table.count
    precondition(plans.count == count, "Replay needs one plan a prompt.")
    var cost = ExactSum()
    var quality = ExactSum()
    var seconds = ExactSum()
    do throws(RoutingError) {
      for (row, plan) in plans.enumerated() {
        var each = try follow(row, plan)
        each.add(overhead, in: outcomes.table.costUnit)
        cost.add(each.cost)
        quality.add(each.quality)
        if hasSeconds { seconds.add(each.seconds) }
      }
    } catch {
      preconditionFailure(error.description)
    }
    return ExpectedOutcome(
      cost: cost.value / Double(count), quality: quality.value / Double(count),
      seconds: hasSeconds ? seconds.value / Double(count) : .nan)
  }
}

extension ExpectedOutcome {
  /// The place in the cost-quality plane.
  var point: Point { Point(cost: cost, quality: quality) }

  /// The seconds, or nil where they were not recorded.
  var knownSeconds: Double? { seconds.isNaN ? nil : seconds }
}
