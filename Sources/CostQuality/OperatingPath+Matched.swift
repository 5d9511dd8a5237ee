extension CostRange {
  /// The range, and as far as a path goes on to dearer points.
  public func reaching(_ path: OperatingPath) -> CostRange {
    let dearest = path.points.map(\.cost).max() ?? upper
    return (try? CostRange(lower: lower, upper: max(upper, dearest))) ?? self
  }
}

extension OperatingPath {
  /// The least cost at which the path reaches a quality; nil when it never does.
  ///
  /// A point that lies below it by rounding alone (1e-12) reaches it.
  ///
  /// - Parameter range: Where to look; dollars per prompt.
  public func leastCost(reaching quality: Double, over range: CostRange) -> Double? {
    let line = polyline(over: range)
    guard let first = line.first else { return nil }
    let enough = quality - 1e-12
    if first.quality >= enough { return first.cost }
    for (left, right) in zip(line, line.dropFirst()) where right.quality >= enough {
      // A jump stands at one cost.
      guard right.quality > left.quality, right.cost > left.cost else { return right.cost }
      let share = min(1, (quality - left.quality) / (right.quality - left.quality))
      return left.cost + share * (right.cost - left.cost)
    }
    return nil
  }

  /// The share of a single model's cost that is saved at its quality (CostSave); nil when its quality is
  /// never reached, negative when that costs more.
  ///
  /// - Parameter reference: The single model of the best quality.
  /// - Source: cost at matched quality; FrugalGPT, arXiv:2305.05176, section 4 ("cost savings to match
  ///   the best model").
  public func costSaved(matching reference: Point, over range: CostRange) -> Double? {
    guard reference.cost > 0 else { return nil }
    return leastCost(reaching: reference.quality, over: range).map { 1 - $0 / reference.cost }
  }

  /// The quality gained over a single model at its cost (PerfGain).
  ///
  /// - Source: quality at matched cost; FrugalGPT, arXiv:2305.05176, section 4.
  public func qualityGained(atCostOf reference: Point) -> Double {
    quality(atCost: reference.cost) - reference.quality
  }

  /// The share of the gap between the best single model and the Oracle that the path's best quality
  /// closes; nil when there is no gap.
  ///
  /// - Source: percent of the Oracle gap recovered; RouterEval, arXiv:2503.10657.
  public func oracleGapRecovered(
    bestModel: Point, oracle: Point, over range: CostRange
  ) -> Double? {
    guard oracle.quality > bestModel.quality else { return nil }
    let best = polyline(over: range).map(\.quality).max() ?? 0
    return (best - bestModel.quality) / (oracle.quality - bestModel.quality)
  }
}
