extension Plan {
  /// Whether every model is one of so many, none is asked twice, and shares are probabilities.
  ///
  /// Plans that are made are sound; one that was read from a file need not be.
  public func isSound(models count: Int) -> Bool {
    func fits(_ models: [Int], _ judge: Judge) -> Bool {
      let known = Set(models)
      guard !models.isEmpty, known.count == models.count,
        known.allSatisfy({ (0..<count).contains($0) })
      else { return false }
      switch judge.source {
      case .quality, .confidence: return true
      case .calibrated(let calibration):
        return calibration.slopes.count == count && calibration.intercepts.count == count
      case .scorer(let scorer):
        return !scorer.weights.isEmpty && scorer.weights.allSatisfy(\.isFinite)
      }
    }
    switch self {
    case .none: return true
    case .call(let model): return (0..<count).contains(model)
    case .mix(let shares):
      let sum = shares.reduce(0) { $0 + $1.probability }
      return abs(sum - 1) <= 1e-9 && shares.allSatisfy { $0.probability >= 0 }
        && shares.allSatisfy { $0.plan.isSound(models: count) }
    case .cascade(let cascade): return fits(cascade.models, cascade.judge)
    case .rerank(let rerank): return fits(rerank.models, rerank.judge)
    }
  }
}
