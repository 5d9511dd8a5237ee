import Evaluation

/// How much of a report a page holds, so that a page of any report stays small.
///
/// What a user would act on is never thinned: kept points, their curves and all summaries. Swept points
/// and test hulls, which show where those come from, give way first; digits that nobody sees come last.
struct PageDetail: Equatable {
  /// The bytes of JSON that a page may take without its prompts.
  static let limit = 1_750_000

  /// Swept points over all systems, tasks and splits.
  let swept: Int
  /// Vertices of one test hull.
  let hull: Int
  /// Whether every split is there, not the first of each task alone.
  let hasAllSplits: Bool
  /// Whether kept points have their intervals.
  let hasIntervals: Bool

  /// Significant digits of points; nil for all of them.
  let digits: Int?

  /// From the fullest to the leanest.
  static let levels = [
    PageDetail(swept: 12_000, hull: .max, hasAllSplits: true, hasIntervals: true, digits: nil),
    PageDetail(swept: 4_000, hull: 60, hasAllSplits: true, hasIntervals: true, digits: nil),
    PageDetail(swept: 12_000, hull: .max, hasAllSplits: false, hasIntervals: true, digits: nil),
    PageDetail(swept: 4_000, hull: 40, hasAllSplits: false, hasIntervals: true, digits: nil),
    PageDetail(swept: 0, hull: 24, hasAllSplits: false, hasIntervals: false, digits: nil),
    PageDetail(swept: 0, hull: 0, hasAllSplits: false, hasIntervals: false, digits: 6),
  ]

  /// A point's number as the page holds it.
  func rounded(_ value: Double) -> Double {
    guard let digits, value.isFinite else { return value }
    return Double(NumberText.significant(value, digits: digits)) ?? value
  }

  /// The splits of a task that the page holds.
  func splits(of task: TaskResult) -> [SplitResult] {
    hasAllSplits ? task.splits : Array(task.splits.prefix(1))
  }

  /// Swept points of one system when all share the allowance.
  func sweptShare(of report: ExperimentReport) -> Int {
    let systems = report.tasks.reduce(0) { sum, task in
      splits(of: task).reduce(sum) { $0 + $1.systems.count }
    }
    return min(400, swept / max(1, systems))
  }

  /// Places spread evenly over some elements, the first and the last among them.
  static func places(_ limit: Int, of count: Int) -> [Int] {
    if count <= limit { return Array(0..<count) }
    if limit < 2 { return [] }
    return (0..<limit).map { $0 * (count - 1) / (limit - 1) }
  }
}
