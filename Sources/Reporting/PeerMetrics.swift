import CostQuality
import Evaluation

/// The metrics of other benchmarks for one system on one split, from the same points as its AIQ.
///
/// `Sources/RouterBench/RouterBench.docc/Metrics.md` defines them and names their sources.
struct PeerMetrics {
  let costSaved: Double?
  let qualityGained: Double?
  let oracleGapRecovered: Double?
  let averageGapRecovered: Double?
  let threshold50: Double?
  let threshold80: Double?
  let cost50: Double?
  let cost80: Double?
  let arenaScore: Double?
  let selectionEntropy: Double?
  let paretoDistance: Double?

  /// The columns' names, in the order of `values`.
  static let columns = [
    "cost_saved_at_best_model_quality", "quality_gained_at_best_model_cost",
    "oracle_gap_recovered", "apgr", "cpt_50", "cpt_80", "arena_score", "selection_entropy_bits",
    "pareto_distance", "cpt_50_cost", "cpt_80_cost",
  ]

  var values: [Double?] {
    [
      costSaved, qualityGained, oracleGapRecovered, averageGapRecovered, threshold50, threshold80,
      arenaScore, selectionEntropy, paretoDistance, cost50, cost80,
    ]
  }

  /// Measures a system's deployable curve.
  ///
  /// - Parameter counts: Prompts that each model gets at the kept point of the best quality.
  init(of system: SystemResult, on split: SplitResult, unit: CostUnit, counts: [Int]?) {
    let models = split.references.filter { $0.role == .model }.map(\.point)
    let path = system.deployable
    let reach = split.range.reaching(path)
    let best = models.max { ($0.quality, -$0.cost) < ($1.quality, -$1.cost) }
    let weak = models.min { ($0.cost, -$0.quality) < ($1.cost, -$1.quality) }
    let oracle = split.references.first { $0.role == .oracle }?.point
    costSaved = best.flatMap { path.costSaved(matching: $0, over: reach) }
    qualityGained = best.map { path.qualityGained(atCostOf: $0) }
    oracleGapRecovered = best.flatMap { best in
      oracle.flatMap { path.oracleGapRecovered(bestModel: best, oracle: $0, over: reach) }
    }
    let gap = best.flatMap { best in weak.flatMap { GapRecovered(weak: $0, strong: best) } }
    averageGapRecovered = gap?.average(along: path)
    threshold50 = gap?.threshold(recovering: 0.5, along: path)
    threshold80 = gap?.threshold(recovering: 0.8, along: path)
    cost50 = gap?.cost(recovering: 0.5, along: path)
    cost80 = gap?.cost(recovering: 0.8, along: path)
    arenaScore =
      unit == .dollars ? system.kept.compactMap { ArenaScore.of($0.test) }.max() : nil
    selectionEntropy = counts.map { SelectionEntropy.bits($0) }
    paretoDistance = Self.paretoDistance(of: system, on: split, models: models)
  }

  /// The mean distance of a system's kept points from the frontier of all models and kept points, in
  /// units of the single models' ranges.
  private static func paretoDistance(
    of system: SystemResult, on split: SplitResult, models: [Point]
  ) -> Double? {
    let qualities = models.map(\.quality)
    guard let worst = qualities.min(), let best = qualities.max(), best > worst else { return nil }
    let all = models + split.systems.flatMap { $0.kept.map(\.test) }
    let frontier = ParetoFrontier(of: all.filter { $0 != .null })
    let distances = system.kept.compactMap {
      frontier.distance(
        from: $0.test, cost: split.range.upper - split.range.lower, quality: best - worst)
    }
    return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
  }
}
