import CostQuality
import Matrices

/// One system's deployable AIQ in one run less that in another, on the prompts that both tested.
///
/// Both curves are joined anew from what the system did with each shared prompt, over the first run's
/// cost range, and both are drawn together: a resample has the same prompts on both sides, within each
/// task as many as it has.
public struct RunDifference: Sendable {
  /// The mean over shared splits.
  public let mean: Double
  /// Its interval.
  public let interval: Interval
  /// Two-sided, of no difference.
  public let pValue: Double
  /// Different prompts that both runs tested.
  public let prompts: Int
  /// Splits, told by their seeds, with such prompts.
  public let splits: Int
  /// The difference on every draw, which tells equal claims.
  private let draws: [Double]

  /// Compares a system with its namesake.
  ///
  /// - Returns: nil where they share no prompt, or a run has no decisions of the system.
  public init?(
    of system: String, on task: String, in own: RecordedRun, less first: RecordedRun,
    bootstrap: Bootstrap
  ) {
    guard let ownTask = own.task(task), let firstTask = first.task(task) else { return nil }
    var places: [String: Int] = [:]
    var strata: [String: [Int]] = [:]
    let pairs = ownTask.splits.compactMap { split -> Pair? in
      guard let twin = firstTask.splits.first(where: { $0.seed == split.seed }),
        let here = Recorded(system, on: split, made: own.decisions(of: system, task, split.seed)),
        let there = Recorded(system, on: twin, made: first.decisions(of: system, task, twin.seed))
      else { return nil }
      let shared = there.samples.filter { here.made[$0] != nil }
      guard !shared.isEmpty, let ownCurve = here.curve(on: shared),
        let firstCurve = there.curve(on: shared)
      else { return nil }
      for id in shared where places[id] == nil {
        strata[first.taskOfSample[id] ?? task, default: []].append(places.count)
        places[id] = places.count
      }
      return Pair(
        rows: shared.compactMap { places[$0] }, own: ownCurve, first: firstCurve, range: twin.range)
    }
    guard !pairs.isEmpty else { return nil }
    prompts = places.count
    splits = pairs.count
    mean = Self.means(of: pairs, [[Double](repeating: 1, count: prompts)])[0]
    let ordered = strata.sorted { $0.key < $1.key }.map(\.value)
    var values: [Double] = []
    for start in stride(from: 0, to: bootstrap.resamples, by: Self.blockSize) {
      let counts = (start..<min(start + Self.blockSize, bootstrap.resamples)).map {
        bootstrap.counts(resample: $0, strata: ordered, prompts: places.count)
      }.filter { counts in pairs.allSatisfy { $0.rows.contains { counts[$0] > 0 } } }
      values += Self.means(of: pairs, counts)
    }
    guard !values.isEmpty else { return nil }
    let sample = BootstrapSample(values, prompts: prompts)
    draws = values
    interval = sample.interval(level: bootstrap.level)
    pValue = sample.pValue
  }

  /// The verdicts on several differences, each with its p-value adjusted for all of them (Holm).
  ///
  /// Those that are the same on every draw are one claim: a chosen router's beside its recipe's, and all
  /// that are 0 on every draw, which claim nothing.
  ///
  /// - Parameter level: The intervals' confidence.
  public static func findings(
    _ differences: [RunDifference], level: Double
  ) -> [(pValue: Double, finding: Finding)] {
    let adjusted = HolmCorrection.adjusted(
      differences.map(\.pValue), sameClaims: differences.map(\.draws))
    return zip(differences, adjusted).map {
      ($1, Finding($0.interval, adjustedPValue: $1, level: level))
    }
  }

  /// Resamples whose counts are held at once.
  private static let blockSize = 100

  /// One split's curves on its shared prompts.
  private struct Pair {
    /// The prompts' places among those of all splits.
    let rows: [Int]
    let own: Curve
    let first: Curve
    let range: CostRange
  }

  /// Each draw's difference, the mean over splits.
  private static func means(of pairs: [Pair], _ counts: [[Double]]) -> [Double] {
    if counts.isEmpty { return [] }
    var sums = [Double](repeating: 0, count: counts.count)
    for pair in pairs {
      let draws = PromptDraws(
        Grid(
          rows: counts.count, columns: pair.rows.count,
          values: counts.flatMap { draw in pair.rows.map { draw[$0] } }))
      let own = pair.own.values(in: draws, pair.range)
      let first = pair.first.values(in: draws, pair.range)
      for index in sums.indices { sums[index] += own[index] - first[index] }
    }
    return sums.map { $0 / Double(pairs.count) }
  }

  /// Costs and qualities of prompts, one column a kept point.
  private struct Curve {
    let cost: Grid
    let quality: Grid

    /// The deployable AIQ of each draw; 0 of a system that keeps nothing.
    func values(in draws: PromptDraws, _ range: CostRange) -> [Double] {
      let (costs, qualities) = (draws.means(of: cost), draws.means(of: quality))
      return (0..<draws.count).map { draw in
        let points = (0..<cost.columns).map {
          Point(cost: costs[draw, $0], quality: qualities[draw, $0])
        }
        return (try? OperatingPath(joining: points))?
          .averageImprovementInQuality(over: range) ?? 0
      }
    }
  }

  /// What a system did on one split.
  private struct Recorded {
    let kept: [KeptPoint]
    /// In the order of the test prompts.
    let samples: [String]
    /// By sample.
    let made: [String: [Decision]]

    init?(_ system: String, on split: SplitResult, made decisions: [Decision]) {
      guard let result = split.systems.first(where: { $0.name == system }), !decisions.isEmpty
      else { return nil }
      kept = result.kept
      made = Dictionary(grouping: decisions, by: \.sampleID)
      var seen: Set<String> = []
      samples = decisions.map(\.sampleID).filter { seen.insert($0).inserted }
    }

    /// nil where a kept point has no decision for a prompt.
    func curve(on samples: [String]) -> Curve? {
      var cost = Grid(rows: samples.count, columns: kept.count)
      var quality = cost
      for (row, id) in samples.enumerated() {
        for (column, point) in kept.enumerated() {
          guard let decision = made[id]?.first(where: { $0.holds(at: point.parameter) }) else {
            return nil
          }
          cost[row, column] = decision.cost
          quality[row, column] = decision.quality
        }
      }
      return Curve(cost: cost, quality: quality)
    }
  }
}
