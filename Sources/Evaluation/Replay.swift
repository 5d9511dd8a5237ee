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
  /// The seed of the draws; nil for exact expectations.
  private let sampling: UInt64?
  /// Whether every answer's latency was recorded, so that seconds mean something.
  let hasSeconds: Bool
  /// Whether every answer's dollars were recorded beside another cost.
  let hasDollars: Bool

  /// Prepares to replay on complete outcomes.
  ///
  /// - Parameters:
  ///   - overhead: What the router that made the plans takes for each prompt.
  ///   - sampling: The seed of one run a prompt, mixtures and judges' errors drawn; nil for exact
  ///     expectations, which such runs check. A sample's draws are its own, the same for every plan.
  public init(_ table: OutcomeTable, overhead: Overhead = .none, sampling: UInt64? = nil) {
    outcomes = RecordedOutcomes(table)
    self.overhead = overhead
    self.sampling = sampling
    hasSeconds = table.completeLatency != nil
    hasDollars = table.completeDollars != nil
  }

  /// Refuses plans whose judges judge by something that the outcomes lack.
  public func check(_ plans: [Plan]) throws(RoutingError) {
    try outcomes.requireEvidence(for: plans)
  }

  /// The mean cost and quality of one plan a prompt.
  ///
  /// - Precondition: One plan a prompt, at least one prompt, and `check` accepts the plans.
  public func point(of plans: [Plan]) -> Point { outcome(of: plans).point }

  /// The mean cost, quality and seconds of one plan a prompt.
  ///
  /// - Precondition: As for `point(of:)`.
  public func outcome(of plans: [Plan]) -> ExpectedOutcome {
    let count = outcomes.table.count
    precondition(plans.count == count, "Replay needs one plan a prompt.")
    var cost = ExactSum()
    var quality = ExactSum()
    var dollars = ExactSum()
    var seconds = ExactSum()
    for (row, plan) in plans.enumerated() {
      let each = outcome(of: plan, row: row)
      cost.add(each.cost)
      quality.add(each.quality)
      if hasDollars { dollars.add(each.dollars) }
      if hasSeconds { seconds.add(each.seconds) }
    }
    return ExpectedOutcome(
      cost: cost.value / Double(count), quality: quality.value / Double(count),
      dollars: hasDollars ? dollars.value / Double(count) : .nan,
      seconds: hasSeconds ? seconds.value / Double(count) : .nan)
  }

  /// What following a plan on one prompt gives.
  ///
  /// - Precondition: `check` accepts the plan.
  public func outcome(of plan: Plan, row: Int) -> ExpectedOutcome {
    do throws(RoutingError) {
      var outcome: ExpectedOutcome
      if let sampling {
        var generator = SeededGenerator(
          seed: sampling, stream: SeededGenerator.stream(of: outcomes.table.sampleIDs[row]))
        outcome = try plan.drawn(row: row, in: outcomes, with: &generator)
      } else {
        outcome = try plan.expectation(row: row, in: outcomes)
      }
      outcome.add(overhead, in: outcomes.table.costUnit)
      return outcome
    } catch {
      preconditionFailure(error.description)
    }
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
}

extension ExpectedOutcome {
  /// The place in the cost-quality plane.
  var point: Point { Point(cost: cost, quality: quality) }

  /// The dollars beside another cost, or nil where there are none.
  var knownDollars: Double? { dollars.isNaN ? nil : dollars }

  /// The seconds, or nil where they were not recorded.
  var knownSeconds: Double? { seconds.isNaN ? nil : seconds }
}
