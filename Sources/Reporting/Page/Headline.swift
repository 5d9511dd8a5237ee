public import Evaluation
import Words

/// The sentence at the top of a page: what a task's best router is worth, from deployable curves alone.
///
/// A router is praised only where the comparison with Zero (trained) finds it better after the
/// correction for all routers of the task; otherwise the sentence says that mixing models does as well.
/// Routers whose judges know the recorded quality cannot serve, so that it never speaks of them.
public struct Headline: Sendable, Hashable, CustomStringConvertible {
  /// What was found.
  public enum Finding: Int, Sendable, Hashable, Comparable {
    /// Nothing was examined.
    case nothing
    /// No router is better than mixing single models.
    case none
    /// A router is better.
    case better
    /// A router is better, and reaches the best model's quality for less, its whole interval below 1.
    case cheaper

    /// Orders from the least to the most that can be said for routers.
    public static func < (left: Finding, right: Finding) -> Bool { left.rawValue < right.rawValue }
  }

  /// What was found.
  public let finding: Finding
  /// The sentence.
  public let description: String

  /// Sums a task up.
  public init(on task: TaskResult) {
    let place = PlainText.line(task.task)
    let routers = task.summaries.filter { $0.name != "zero" && $0.needsRecordedQuality != true }
    func best(of some: [SystemSummary]) -> SystemSummary? {
      some.max { $0.deployableLessZeroTrained.mean < $1.deployableLessZeroTrained.mean }
    }
    let praised = routers.filter { $0.intervals?.comparison?.finding == .better }
    if let best = best(of: praised), let intervals = best.intervals,
      let comparison = intervals.comparison
    {
      let level = NumberText.percent(intervals.level)
      let name = PlainText.line(best.name)
      let model = best.match?.model.map { ", \(PlainText.line($0))," } ?? ""
      if let share = best.match?.costShare, let interval = best.match?.interval, interval.upper < 1
      {
        finding = .cheaper
        description =
          "\(name) reaches the quality of the best model\(model) at \(Self.percent(share))% of its "
          + "cost on \(place); \(level) interval \(Self.percent(interval.lower)) to "
          + "\(Self.percent(interval.upper))%."
        return
      }
      finding = .better
      let rest = best.match.map { Self.reach($0, model: model) } ?? ""
      description =
        "\(name) beats mixing models on \(place): \(Self.difference(best)) in deployable AIQ, "
        + "\(level) interval \(Self.text(comparison.deployable))." + rest
      return
    }
    guard let best = best(of: routers) else {
      finding = .nothing
      description =
        task.summaries.contains { $0.needsRecordedQuality == true }
        ? "No router that can serve was examined on \(place): the judges of all know the recorded "
          + "quality."
        : "No router was examined on \(place)."
      return
    }
    finding = .none
    let name = PlainText.line(best.name)
    let among = routers.count == 1 ? name : "the best, \(name),"
    let mean = best.deployableLessZeroTrained.mean
    let amount = NumberText.fixed(abs(mean))
    let side =
      amount == NumberText.fixed(0)
      ? "is level with" : "is \(amount) \(mean > 0 ? "above" : "below")"
    // An interval that reaches above 0 leaves open whether the router is better.
    let isOpen = best.intervals?.comparison.map { $0.deployable.upper > 0 } ?? (mean > 0)
    let start =
      "No router \(isOpen ? "is shown to beat" : "beats") mixing models on \(place): \(among) "
      + "\(side) mixing in deployable AIQ"
    description =
      best.intervals.flatMap { intervals in
        intervals.comparison.map {
          start + "; \(NumberText.percent(intervals.level)) interval \(Self.text($0.deployable))."
        }
      } ?? start + ", and no interval is known."
  }

  /// Whether and for how much the best model's quality is reached, where the headline cannot rest on it.
  private static func reach(_ match: QualityMatch, model: String) -> String {
    guard let share = match.costShare else {
      return " It does not reach the quality of the best model"
        + (match.model.map { ", \(PlainText.line($0))" } ?? "") + "."
    }
    let start =
      " It reaches the quality of the best model\(model) at \(percent(share))% of its cost"
    if let interval = match.interval {
      return start + "; interval \(percent(interval.lower)) to \(percent(interval.upper))%."
    }
    guard let reached = match.reached, reached < 1 else { return start + "." }
    return start + ", but in \(percent(1 - reached))% of the resamples never."
  }

  /// A share as a percentage with one decimal.
  static func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 1) }

  private static func difference(_ summary: SystemSummary) -> String {
    NumberText.signed(summary.deployableLessZeroTrained.mean)
  }

  private static func text(_ interval: Interval) -> String {
    "\(NumberText.signed(interval.lower)) to \(NumberText.signed(interval.upper))"
  }
}
