import CostQuality
import Matrices

/// One system's deployable AIQ in one run less that in another, on the prompts that both tested.
///
/// Both curves are joined anew from what the system did with each shared prompt, over the first run's
/// cost range, and both are drawn together: a resample has the same prompts on both sides.
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

  /// Compares a system with its namesake.
  ///
  /// - Parameters:
  ///   - decisions: What the run's systems did with their test prompts.
  /// - Returns: nil where they share no prompt, or a run has no decisions of the system.
  public init?(
    of system: String, in own: TaskResult, _ decisions: [Decision], less first: TaskResult,
    _ firstDecisions: [Decision], bootstrap: Bootstrap
  ) {
    var places: [String: Int] = [:]
    let pairs = own.splits.compactMap { split -> Pair? in
      guard let twin = first.splits.first(where: { $0.seed == split.seed }),
        let here = Recorded(system, of: own.task, on: split, decisions),
        let there = Recorded(system, of: first.task, on: twin, firstDecisions)
      else { return nil }
      let shared = there.samples.filter { here.choices[$0] != nil }
      guard !shared.isEmpty, let ownCurve = here.curve(on: shared),
        let firstCurve = there.curve(on: shared)
      else { return nil }
      return Pair(
        rows: shared.map { id in
          if let known = places[id] { return known }
          places[id] = places.count
          return places.count - 1
        }, own: ownCurve, first: firstCurve, range: twin.range)
    }
    guard !pairs.isEmpty else { return nil }
    prompts = places.count
    splits = pairs.count
    let all = Array(0..<places.count)
    mean = Self.means(of: pairs, [[Double](repeating: 1, count: all.count)])[0]
    var values: [Double] = []
    for start in stride(from: 0, to: bootstrap.resamples, by: Self.blockSize) {
      let counts = (start..<min(start + Self.blockSize, bootstrap.resamples)).map {
        bootstrap.counts(resample: $0, strata: [all], prompts: all.count)
      }.filter { counts in pairs.allSatisfy { $0.rows.contains { counts[$0] > 0 } } }
      values += Self.means(of: pairs, counts)
    }
    guard !values.isEmpty else { return nil }
    let sample = BootstrapSample(values, prompts: all.count)
    interval = sample.interval(level: bootstrap.level)
    pValue = sample.pValue
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
      let (own, first) = (
        pair.own.values(in: draws, pair.range), pair.first.values(in: draws, pair.range)
      )
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

  /// What a system did on one split, by sample.
  private struct Recorded {
    let kept: [KeptPoint]
    /// In the order of the test prompts.
    let samples: [String]
    let choices: [String: [Decision]]

    init?(_ system: String, of task: String, on split: SplitResult, _ decisions: [Decision]) {
      guard let result = split.systems.first(where: { $0.name == system }) else { return nil }
      kept = result.kept
      var samples: [String] = []
      var choices: [String: [Decision]] = [:]
      for decision in decisions
      where decision.task == task && decision.seed == split.seed && decision.system == system {
        if choices[decision.sampleID] == nil { samples.append(decision.sampleID) }
        choices[decision.sampleID, default: []].append(decision)
      }
      if samples.isEmpty { return nil }
      self.samples = samples
      self.choices = choices
    }

    /// nil where a kept point has no decision for a prompt.
    func curve(on samples: [String]) -> Curve? {
      var cost = Grid(rows: samples.count, columns: kept.count)
      var quality = cost
      for (row, id) in samples.enumerated() {
        for (column, point) in kept.enumerated() {
          let made = choices[id]?.first { decision in
            guard let parameter = point.parameter else { return true }
            return (decision.from.map { $0 <= parameter } ?? true)
              && (decision.through.map { parameter <= $0 } ?? true)
          }
          guard let made else { return nil }
          cost[row, column] = made.cost
          quality[row, column] = made.quality
        }
      }
      return Curve(cost: cost, quality: quality)
    }
  }
}
