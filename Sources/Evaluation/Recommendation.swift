public import CostQuality
import Matrices
public import Outcomes
import Parallelism
public import Routing

/// Which system to serve, and how, for a budget, a quality or a latency: chosen on training prompts alone.
///
/// Where latency or dollars are bounded, only operating points that keep the bounds on the training prompts
/// count, so every part of a mixture keeps them.
public struct Recommendation: Sendable {
  /// What is asked for.
  public enum Target: Sendable, Hashable {
    /// The best quality for at most that many dollars a prompt; infinite for no limit.
    case budget(Double)
    /// The cheapest way to at least that quality.
    case quality(Double)
  }

  /// One way to meet a target: one operating point of a system, or a mixture of two.
  public struct Choice: Sendable, Hashable {
    /// The system: a router's name, or `zero` for single models.
    public let system: String
    /// The cheaper operating point; nil for answering nothing.
    public let cheaper: KeptPoint?
    /// The dearer operating point.
    public let dearer: KeptPoint
    /// The share of prompts that go to the dearer one.
    public let shareOfDearer: Double
    /// What the choice promised on the training prompts.
    public let training: Point
    /// The seconds a prompt that it promised there; nil where latencies were not recorded.
    public let trainingSeconds: Double?
    /// What it gave on the test prompts.
    public let test: Point
    /// The dollars a prompt that it took there, where quality is traded for something else; nil where they were
    /// not recorded.
    public let testDollars: Double?
    /// The seconds a prompt that it took there; nil as above.
    public let testSeconds: Double?
    /// How far the test point may be off.
    public let intervals: PointIntervals
    /// The cost saved against the reference model on the test prompts, as a share of its cost.
    public let saving: Double
    /// The saving's interval.
    public let savingInterval: Interval
    /// The quality gained over the reference model on the test prompts.
    public let gain: Double
    /// The gain's interval.
    public let gainInterval: Interval
  }

  /// The best choice first, by what training prompts promise; systems that cannot meet the target are
  /// absent.
  public let choices: [Choice]
  /// The model of the best quality on the training prompts: what one would serve without a router.
  public let reference: String
  /// The reference on the test prompts.
  public let referencePoint: Point
  /// The reference's seconds on the test prompts; nil where latencies were not recorded.
  public let referenceSeconds: Double?
  /// Training and test prompts.
  public let counts: (training: Int, test: Int)
  /// The best quality that any system promised on training prompts: what to ask for at most.
  public let bestQuality: Double
  /// The least dollars a prompt that any system promised; nil where none keeps the latency.
  public let leastCost: Double?
  /// Why systems were left out.
  public let notes: [String]

  /// Chooses among routers and Zero.
  ///
  /// - Parameters:
  ///   - exam: Also says what is bounded.
  ///   - groups: The tasks within which prompts are drawn anew.
  public init(
    for target: Target, among recipes: [any Router], exam: Exam, taughtBy lessons: Lessons,
    groups: TaskGroups = .paper, bootstrap: Bootstrap = Bootstrap()
  ) throws {
    let strata = Bootstrap.strata(of: exam.table, groups)
    var held: [Examination] = []
    var notes: [String] = []
    func hold(_ name: String, _ sit: () throws -> Examination) throws {
      do {
        let examination = try sit()
        if examination.result.needsRecordedQuality == true {
          notes.append(
            "\(name) was left out: its judge knows the recorded quality, which a server does not.")
        } else {
          held.append(examination)
        }
      } catch let error as RoutingError {
        notes.append("\(name) was left out: \(error)")
      }
    }
    try hold("zero") { try exam.sitZero(taughtBy: lessons) }
    for recipe in recipes {
      try hold(recipe.name) { try Self.sit(exam, recipe, lessons) }
    }
    let means = lessons.table.quality.columnMeans()
    let best = means.indices.max { (means[$0], -$0) < (means[$1], -$1) } ?? 0
    reference = exam.table.models[best].name
    let stop = Exam.stops(of: exam.table)[best]
    (referencePoint, referenceSeconds) = (stop.point, stop.seconds)
    counts = (lessons.count, exam.table.count)
    self.notes = notes
    leastCost = held.flatMap { $0.result.kept.compactMap(\.training?.cost) }.min()
    bestQuality = held.flatMap { $0.result.kept.compactMap(\.training?.quality) }.max() ?? 0
    choices = held.compactMap { examination in
      Self.mixture(examination.result.kept, for: target).map { mixture in
        Self.choice(examination, mixture, against: best, on: exam, bootstrap, strata)
      }
    }.sorted { left, right in
      switch target {
      case .budget:
        (left.training.quality, -left.training.cost)
          > (right.training.quality, -right.training.cost)
      case .quality:
        (left.training.cost, -left.training.quality)
          < (right.training.cost, -right.training.quality)
      }
    }
  }

  private static func sit(
    _ exam: Exam, _ recipe: some Router, _ lessons: Lessons
  ) throws -> Examination {
    try exam.sit(
      Rehearsal(
        recipe, taughtBy: lessons, grid: exam.grid, overhead: exam.overhead, within: exam.ceiling
      ))
  }

  private struct Mixture {
    let cheaper: Int?
    let dearer: Int
    let share: Double
    let training: Point
  }

  /// The mixture of neighbouring operating points that meets a target on the training prompts.
  private static func mixture(_ kept: [KeptPoint], for target: Target) -> Mixture? {
    let points = kept.compactMap(\.training)
    guard points.count == kept.count, let first = points.first, let last = points.last else {
      return nil
    }
    func between(_ index: Int, _ share: Double) -> Mixture {
      let left = index == 0 ? Point.null : points[index - 1]
      return Mixture(
        cheaper: index == 0 ? nil : index - 1, dearer: index, share: share,
        training: points[index].mixed(with: left, share: share))
    }
    switch target {
    case .budget(let budget):
      if budget >= last.cost { return between(points.count - 1, 1) }
      // Below the cheapest point one would have to leave prompts unanswered.
      guard budget >= first.cost else { return nil }
      let index = points.indices.dropFirst().first { budget <= points[$0].cost } ?? 0
      let (left, right) = (points[max(0, index - 1)], points[index])
      return between(index, (budget - left.cost) / (right.cost - left.cost))
    case .quality(let quality):
      guard quality <= last.quality else { return nil }
      if quality <= first.quality { return between(0, 1) }
      let index = points.indices.dropFirst().first { quality <= points[$0].quality } ?? 0
      let (left, right) = (points[max(0, index - 1)], points[index])
      return between(index, (quality - left.quality) / (right.quality - left.quality))
    }
  }

  private static func choice(
    _ examination: Examination, _ mixture: Mixture, against best: Int, on exam: Exam,
    _ bootstrap: Bootstrap, _ strata: [[Int]]
  ) -> Choice {
    let table = exam.table
    let kept = examination.kept
    let points = examination.result.kept
    func mixed(_ value: (KeptPoint) -> Double?) -> Double? {
      guard let dearer = value(points[mixture.dearer]) else { return nil }
      guard let cheaper = mixture.cheaper else { return mixture.share * dearer }
      return value(points[cheaper]).map { mixture.share * dearer + (1 - mixture.share) * $0 }
    }
    func values(_ grid: Grid) -> [Double] {
      (0..<table.count).map { row in
        mixture.share * grid[row, mixture.dearer]
          + (mixture.cheaper.map { (1 - mixture.share) * grid[row, $0] } ?? 0)
      }
    }
    var columns = [
      values(kept.cost), values(kept.quality), (0..<table.count).map { table.cost[$0, best] },
      (0..<table.count).map { table.quality[$0, best] },
    ]
    if let seconds = kept.seconds { columns.append(values(seconds)) }
    let all = Array(0..<table.count)
    let quantities = columns
    let draws = Threads.machine.map(count: bootstrap.resamples) { resample -> [Double] in
      let counts = bootstrap.counts(resample: resample, strata: strata, prompts: table.count)
      return quantities.map { column in
        var sum = 0.0
        for row in all { sum += counts[row] * column[row] }
        return sum / Double(table.count)
      }
    }
    func interval(_ value: ([Double]) -> Double) -> Interval {
      BootstrapSample(draws.map(value), prompts: table.count).interval(level: bootstrap.level)
    }
    let point = columns.map { $0.reduce(0, +) / Double(table.count) }
    func saving(_ values: [Double]) -> Double {
      values[2] > 0 ? 1 - values[0] / values[2] : 0
    }
    return Choice(
      system: examination.result.name, cheaper: mixture.cheaper.map { points[$0] },
      dearer: points[mixture.dearer], shareOfDearer: mixture.share, training: mixture.training,
      trainingSeconds: mixed(\.trainingSeconds), test: Point(cost: point[0], quality: point[1]),
      testDollars: mixed(\.testDollars),
      testSeconds: mixed(\.testSeconds),
      intervals: PointIntervals(
        cost: interval { $0[0] }, quality: interval { $0[1] },
        seconds: columns.count > 4 ? interval { $0[4] } : nil),
      saving: saving(point), savingInterval: interval(saving), gain: point[1] - point[3],
      gainInterval: interval { $0[1] - $0[3] })
  }
}
