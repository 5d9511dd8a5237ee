import CostQuality
import Evaluation

/// How much of a report a page holds, so that a page of any report stays small.
///
/// What a user would act on gives way last: kept points, which are the vertices of their training hull,
/// and all summaries. Swept points and test hulls, which show where those come from, give way first, then
/// digits that nobody sees, then the calls of all systems but the best. Only a report that is too large
/// even so loses kept points, never of the best systems, and never the ends of a curve. The page says
/// what it lacks, in ``omissions(of:)``.
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
  /// Systems of a split, the best first after Zero, that have their calls and all their kept points.
  var whole = Int.max
  /// Kept points of any other system.
  var kept = Int.max

  /// From the fullest to the leanest.
  static let levels = [
    PageDetail(swept: 12_000, hull: .max, hasAllSplits: true, hasIntervals: true, digits: nil),
    PageDetail(swept: 4_000, hull: 60, hasAllSplits: true, hasIntervals: true, digits: nil),
    PageDetail(swept: 12_000, hull: .max, hasAllSplits: false, hasIntervals: true, digits: nil),
    PageDetail(swept: 4_000, hull: 40, hasAllSplits: false, hasIntervals: true, digits: nil),
    PageDetail(swept: 0, hull: 24, hasAllSplits: false, hasIntervals: false, digits: nil),
    PageDetail(swept: 0, hull: 0, hasAllSplits: false, hasIntervals: false, digits: 6),
    leanest(whole: 12, kept: .max), leanest(whole: 6, kept: 24), leanest(whole: 6, kept: 12),
    leanest(whole: 3, kept: 4),
  ]

  private static func leanest(whole: Int, kept: Int) -> PageDetail {
    PageDetail(
      swept: 0, hull: 0, hasAllSplits: false, hasIntervals: false, digits: 6, whole: whole,
      kept: kept)
  }

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

  /// Whether each system of a split is whole: Zero and those of the greatest deployable AIQ are.
  func isWhole(in split: SplitResult) -> [Bool] {
    let systems = split.systems
    guard systems.count > whole else { return systems.map { _ in true } }
    let best = systems.indices.sorted {
      let (one, other) = (systems[$0], systems[$1])
      if (one.name == "zero") != (other.name == "zero") { return one.name == "zero" }
      return (-one.deployableAIQ, $0) < (-other.deployableAIQ, $1)
    }
    let chosen = Set(best.prefix(whole))
    return systems.indices.map { chosen.contains($0) }
  }

  /// Places of the kept points that the page holds.
  func keptPlaces(of points: [KeptPoint], isWhole: Bool) -> [Int] {
    isWhole
      ? Array(points.indices) : Self.outline(kept, of: points.map { $0.training ?? $0.test })
  }

  /// Places of a curve's points when those that bend it least are dropped until few enough are left;
  /// both ends stay.
  static func outline(_ limit: Int, of points: [Point]) -> [Int] {
    var places = Array(points.indices)
    while places.count > max(2, limit) {
      var least = (area: Double.infinity, place: 1)
      for place in 1..<places.count - 1 {
        let (a, b, c) = (
          points[places[place - 1]], points[places[place]], points[places[place + 1]]
        )
        let area = abs(
          (b.cost - a.cost) * (c.quality - a.quality) - (c.cost - a.cost) * (b.quality - a.quality))
        if area < least.area { least = (area, place) }
      }
      places.remove(at: least.place)
    }
    return places
  }

  /// What the page lacks of a report, counted, one sentence each.
  func omissions(of report: ExperimentReport) -> [String] {
    let splits = report.tasks.flatMap(splits(of:))
    let systems = splits.flatMap(\.systems)
    let share = sweptShare(of: report)
    var sentences: [String] = []
    let all = report.tasks.reduce(0) { $0 + $1.splits.count }
    if splits.count < all {
      sentences.append(
        "\(Self.part(splits.count, all)) splits are here, the first of each task; tables are over all."
      )
    }
    let swept = systems.reduce(0) { $0 + $1.swept.count }
    let shown = systems.reduce(0) { $0 + Self.places(share, of: $1.swept.count).count }
    if shown < swept {
      sentences.append(
        "\(Self.part(shown, swept)) swept points are here, spread evenly over each system's.")
    }
    let vertices = systems.reduce(0) { $0 + $1.testHull.vertices.count }
    let drawn = systems.reduce(0) { $0 + Self.places(hull, of: $1.testHull.vertices.count).count }
    if drawn < vertices {
      sentences.append("\(Self.part(drawn, vertices)) vertices of test hulls are here.")
    }
    if !hasIntervals, systems.contains(where: { $0.kept.contains { $0.intervals != nil } }) {
      sentences.append("Intervals of single kept points are left out.")
    }
    let parts = splits.flatMap { split in zip(split.systems, isWhole(in: split)) }
    let uncounted = parts.count { !$1 }
    if uncounted > 0 {
      sentences.append(
        "\(Self.part(parts.count - uncounted, parts.count)) curves have their shares of traffic here, "
          + "those of the greatest AIQ.")
    }
    let kept = systems.reduce(0) { $0 + $1.kept.count }
    let left = parts.reduce(0) { $0 + keptPlaces(of: $1.0.kept, isWhole: $1.1).count }
    if left < kept {
      sentences.append(
        "\(Self.part(left, kept)) kept points are here: outside the \(whole) best systems of a task, "
          + "those that bend a curve least are left out.")
    }
    if let digits { sentences.append("Points are rounded to \(digits) significant digits.") }
    return sentences
  }

  private static func part(_ some: Int, _ all: Int) -> String {
    "\(NumberText.count(some)) of \(NumberText.count(all))"
  }
}
