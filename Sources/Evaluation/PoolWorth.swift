import CostQuality
import Matrices
public import Outcomes
public import Parallelism

/// What each model is worth to a pool and how much a subset keeps, as other test prompts would show it.
///
/// Prompts are drawn anew within their tasks, with the whole pool and its parts on the same draws. The
/// router stays as it is, and so does the cost range. All AIQs are of hulls on the test prompts, and a maximum
/// over noisy points is biased upwards; differences and shares are biased by less.
public struct PoolWorth: Sendable {
  /// A number, and how far it may be off.
  public struct Measure: Sendable, Hashable {
    /// The number on the prompts as they are.
    public let value: Double
    /// Its interval; nil where nothing was resampled.
    public let interval: Interval?
  }

  /// The AIQ of all models less that without each; in the models' order.
  public let losses: [Measure]
  /// The share of the whole pool's AIQ that the subset keeps; 1 where the whole has none.
  public let share: Measure

  /// Measures a pool.
  ///
  /// - Parameters:
  ///   - subset: Indices of models, ascending.
  ///   - bootstrap: nil for no intervals.
  public init(
    _ pool: PoolValue, keeping subset: [Int], groups: TaskGroups, bootstrap: Bootstrap?,
    threads: Threads = .machine
  ) throws {
    let all = Array(pool.table.models.indices)
    let parts = [all, subset] + all.map { left in all.filter { $0 != left } }
    let swept = parts.map(pool.swept)
    let whole = try parts.map { try pool.aiq(of: $0) }
    let drawn = bootstrap.map { bootstrap in
      Self.draws(of: pool.table, groups, bootstrap, threads) { draws in
        // A hull is refused only to points that are no numbers, and none was refused above.
        swept.map { part in part.points(in: draws).map { (try? pool.aiq(of: $0)) ?? 0 } }
      }
    }
    func measure(_ number: ([Double]) -> Double) -> Measure {
      let values = (drawn ?? []).map(number)
      return Measure(
        value: number(whole),
        interval: values.isEmpty
          ? nil
          : BootstrapSample(values, prompts: pool.table.count)
            .interval(level: bootstrap?.level ?? 0.95))
    }
    losses = all.map { model in measure { $0[0] - $0[2 + model] } }
    share = measure { $0[0] > 0 ? $0[1] / $0[0] : 1 }
  }

  /// Resamples that are weighed at once.
  private static let blockSize = 32

  /// What `body` gives for each part, resample by resample.
  private static func draws(
    of table: OutcomeTable, _ groups: TaskGroups, _ bootstrap: Bootstrap, _ threads: Threads,
    _ body: @Sendable (PromptDraws) -> [[Double]]
  ) -> [[Double]] {
    let strata = Bootstrap.strata(of: table, groups)
    let blocks = (bootstrap.resamples + blockSize - 1) / blockSize
    return threads.map(count: blocks) { block -> [[Double]] in
      let first = block * blockSize
      let counts = (first..<min(first + blockSize, bootstrap.resamples)).map {
        bootstrap.counts(resample: $0, strata: strata, prompts: table.count)
      }
      let parts = body(
        PromptDraws(
          Grid(rows: counts.count, columns: table.count, values: Array(counts.joined()))))
      return counts.indices.map { draw in parts.map { $0[draw] } }
    }.flatMap { $0 }
  }
}
