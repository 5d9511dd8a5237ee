public import CostQuality
import Matrices
import Outcomes
import Parallelism
public import Routing

/// Which system to serve, and how, for a budget or a quality: chosen on training prompts alone.
public struct Recommendation: Sendable {
  /// What is asked for.
  public enum Target: Sendable, Hashable {
    /// The best quality for at most that many dollars a prompt.
    case budget(Double)
    /// The cheapest way to at least that quality.
    case quality(Double)
  }

  /// What a router costs by itself for each prompt that it decides on: embedding and looking up.
  public struct OwnCost: Sendable, Hashable {
    /// Dollars a prompt.
    public var dollars: Double
    /// Seconds a prompt.
    public var seconds: Double

    /// Makes a cost; none by default.
    public init(dollars: Double = 0, seconds: Double = 0) {
      self.dollars = dollars
      self.seconds = seconds
    }
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
    /// What it gave on the test prompts.
    public let test: Point
    /// Expected seconds a prompt on the training prompts; nil where latencies were not recorded.
    public let trainingSeconds: Double?
    /// The same on the test prompts.
    public let testSeconds: Double?
    /// How far that may be off.
    public let secondsInterval: Interval?
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
  /// Training and test prompts.
  public let counts: (training: Int, test: Int)
  /// The best quality that any system promised on training prompts: what to ask for at most.
  public let bestQuality: Double
  /// Why systems were left out.
  public let notes: [String]

  /// Chooses among routers and Zero.
  ///
  /// - Parameters:
  ///   - maxSeconds: The most seconds that a prompt may take on average; systems without recorded
  ///     latencies cannot meet it.
  ///   - ownCost: What every router, but not Zero, costs besides the calls.
  public init(
    for target: Target, within maxSeconds: Double = .infinity, ownCost: OwnCost = OwnCost(),
    among recipes: [any Router], exam: Exam, taughtBy lessons: Lessons,
    bootstrap: Bootstrap = Bootstrap()
  ) throws {
    var held = [try exam.sitZero(taughtBy: lessons)]
    var notes: [String] = []
    for recipe in recipes {
      do {
        held.append(try Self.sit(exam, recipe, lessons))
      } catch let error as RoutingError {
        notes.append("\(recipe.name) was left out: \(error)")
      }
    }
    let means = lessons.table.quality.columnMeans()
    let best = means.indices.max { (means[$0], -$0) < (means[$1], -$1) } ?? 0
    reference = exam.table.models[best].name
    referencePoint = exam.modelPoints[best]
    counts = (lessons.count, exam.table.count)
    self.notes = notes
    bestQuality = held.flatMap { $0.result.kept.compactMap(\.training?.quality) }.max() ?? 0
    choices = held.compactMap { examination in
      let own = examination.result.name == "zero" ? OwnCost() : ownCost
      return Self.mixture(examination.result.kept, own, for: target, within: maxSeconds).map {
        Self.choice(examination, $0, own, against: best, on: exam, bootstrap)
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
    try exam.sit(Rehearsal(recipe, taughtBy: lessons, grid: exam.grid))
  }

  private struct Mixture {
    let cheaper: Int?
    let dearer: Int
    let share: Double
    let training: Point
    let seconds: Double?
  }

  /// The mixture of neighbouring operating points that meets a target on the training prompts.
  ///
  /// On the way from one point to the next cost, quality and seconds are linear in the share of the
  /// dearer one, so each limit leaves a stretch of shares; the target is met best at one of its ends.
  private static func mixture(
    _ kept: [KeptPoint], _ own: OwnCost, for target: Target, within maxSeconds: Double
  ) -> Mixture? {
    let points = kept.compactMap(\.training).map {
      Point(cost: $0.cost + own.dollars, quality: $0.quality)
    }
    let seconds = kept.map { kept in kept.trainingSeconds.map { $0 + own.seconds } }
    guard points.count == kept.count else { return nil }
    var best: Mixture?
    for index in points.indices {
      // Below the cheapest point one would have to leave prompts unanswered.
      var shares = index == 0 ? (lower: 1.0, upper: 1.0) : (lower: 0.0, upper: 1.0)
      let (left, right) = (points[max(0, index - 1)], points[index])
      let (start, end) = (seconds[max(0, index - 1)], seconds[index])
      switch target {
      case .budget(let budget): limit(&shares, from: left.cost, to: right.cost, atMost: budget)
      case .quality(let quality):
        limit(&shares, from: -left.quality, to: -right.quality, atMost: -quality)
      }
      if maxSeconds < .infinity {
        guard let start, let end else { continue }
        limit(&shares, from: start, to: end, atMost: maxSeconds)
      }
      guard shares.lower <= shares.upper else { continue }
      let share: Double
      switch target {
      case .budget: share = shares.upper
      case .quality: share = shares.lower
      }
      let found = Mixture(
        cheaper: index == 0 ? nil : index - 1, dearer: index, share: share,
        training: right.mixed(with: left, share: share),
        seconds: start.flatMap { start in end.map { share * $0 + (1 - share) * start } })
      guard let held = best else {
        best = found
        continue
      }
      let isBetter =
        switch target {
        case .budget: found.training.quality > held.training.quality
        case .quality: found.training.cost < held.training.cost
        }
      if isBetter { best = found }
    }
    return best
  }

  /// Narrows shares to those at which a quantity that goes from one value to another is within a limit.
  private static func limit(
    _ shares: inout (lower: Double, upper: Double), from start: Double, to end: Double,
    atMost limit: Double
  ) {
    if end > start {
      // The limit at the end itself must not be lost to rounding.
      if end > limit { shares.upper = min(shares.upper, (limit - start) / (end - start)) }
    } else if end < start {
      if start > limit { shares.lower = max(shares.lower, (start - limit) / (start - end)) }
    } else if start > limit {
      shares.upper = -1
    }
  }

  private static func choice(
    _ examination: Examination, _ mixture: Mixture, _ own: OwnCost, against best: Int,
    on exam: Exam, _ bootstrap: Bootstrap
  ) -> Choice {
    let table = exam.table
    let kept = examination.kept
    func values(_ grid: Grid) -> [Double] {
      (0..<table.count).map { row in
        mixture.share * grid[row, mixture.dearer]
          + (mixture.cheaper.map { (1 - mixture.share) * grid[row, $0] } ?? 0)
      }
    }
    let seconds = kept.seconds.map { values($0).map { $0 + own.seconds } }
      .flatMap { $0.allSatisfy(\.isFinite) ? $0 : nil }
    let columns =
      [
        values(kept.cost).map { $0 + own.dollars }, values(kept.quality),
        (0..<table.count).map { table.cost[$0, best] },
        (0..<table.count).map { table.quality[$0, best] },
      ] + (seconds.map { [$0] } ?? [])
    let all = Array(0..<table.count)
    let draws = Threads.machine.map(count: bootstrap.resamples) { resample -> [Double] in
      let counts = bootstrap.counts(resample: resample, strata: [all], prompts: table.count)
      return columns.map { column in
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
    let points = examination.result.kept
    return Choice(
      system: examination.result.name, cheaper: mixture.cheaper.map { points[$0] },
      dearer: points[mixture.dearer], shareOfDearer: mixture.share, training: mixture.training,
      test: Point(cost: point[0], quality: point[1]), trainingSeconds: mixture.seconds,
      testSeconds: seconds == nil ? nil : point[4],
      secondsInterval: seconds == nil ? nil : interval { $0[4] },
      intervals: PointIntervals(cost: interval { $0[0] }, quality: interval { $0[1] }),
      saving: saving(point), savingInterval: interval(saving), gain: point[1] - point[3],
      gainInterval: interval { $0[1] - $0[3] })
  }
}
