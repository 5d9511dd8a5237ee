import CostQuality
public import Evaluation

/// One honest sentence on whether a task's routers did better than Zero.
///
/// It rests on deployable curves alone. Without intervals it claims no more than a spread over splits
/// can carry: the splits share prompts, so the spread is no confidence interval.
public struct Verdict: Sendable, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Judges a task.
  public init(on task: TaskResult) {
    let routers = task.summaries.filter { $0.name != "zero" && $0.needsRecordedQuality != true }
    guard
      let best = routers.max(by: {
        $0.deployableLessZeroTrained.mean < $1.deployableLessZeroTrained.mean
      })
    else {
      description =
        task.summaries.contains { $0.needsRecordedQuality == true }
        ? "No router that can serve was examined: the judges of all know the recorded quality."
        : "No router was examined, so there is nothing to compare with Zero (trained)."
      return
    }
    let among =
      routers.count == 1 ? best.name : "\(best.name), the best of \(routers.count) routers,"
    let mean = best.deployableLessZeroTrained.mean
    let amount = NumberText.fixed(abs(mean))
    let side =
      if amount == NumberText.fixed(0) { "equals" } else if mean > 0 {
        "is \(amount) above"
      } else { "is \(amount) below" }
    if let intervals = best.intervals, let comparison = intervals.comparison {
      let splits = task.splits.count == 1 ? "On one split" : "Over \(task.splits.count) splits"
      let reading =
        switch comparison.finding {
        case .better: "better than Zero"
        case .worse: "worse than Zero"
        case .noEvidence: "no evidence that it differs from Zero"
        }
      let corrected =
        routers.count == 1
        ? "" : ", p \(NumberText.probability(comparison.adjustedPValue)) after Holm's correction"
      description =
        "\(splits), \(among) \(side) Zero (trained) in deployable AIQ "
        + "(\(NumberText.percent(intervals.level)) interval "
        + "\(comparison.deployable.text)\(corrected)): \(reading)."
      return
    }
    let differences = task.splits.compactMap { split -> Double? in
      guard let zero = split.systems.first(where: { $0.name == "zero" }),
        let system = split.systems.first(where: { $0.name == best.name })
      else { return nil }
      return system.deployableAIQ - zero.deployableAIQ
    }
    guard differences.count > 1, let spread = best.deployableLessZeroTrained.standardDeviation
    else {
      description =
        "On a single split, \(among) \(side) Zero (trained) in deployable AIQ; no interval is "
        + "known, so this shows no difference yet. Run several seeds."
      return
    }
    let above = differences.count { $0 > 0 }
    let count = "on \(above) of \(differences.count) splits"
    let reading =
      if abs(mean) <= spread {
        "the mean is within one standard deviation of 0, so no difference is shown"
      } else if above == differences.count || above == 0 {
        "consistent over these splits, which share prompts: a spread, not a confidence interval"
      } else {
        "the splits disagree, so no difference is shown"
      }
    description =
      "Over \(differences.count) splits, \(among) \(side) Zero (trained) in deployable AIQ on "
      + "average (\(NumberText.signed(mean)) ± \(NumberText.fixed(spread)), above it \(count)): "
      + "\(reading)."
  }
}
