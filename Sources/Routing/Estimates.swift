public import Matrices

/// What a model is expected to cost, when a router decides.
public enum CostEstimates: Sendable, Hashable {
  /// One figure a model, in dollars per prompt.
  case perModel([Double])
  /// One figure a prompt and model, in dollars.
  case perPrompt(Grid)

  /// The estimate for one prompt and model.
  public func dollars(row: Int, model: Int) -> Double {
    switch self {
    case .perModel(let costs): costs[model]
    case .perPrompt(let grid): grid[row, model]
    }
  }
}

/// Predicted quality and cost of every model on every prompt.
public struct Estimates: Sendable, Hashable {
  /// Predicted quality P, prompts x models.
  public let quality: Grid
  /// Predicted dollars per prompt.
  public let cost: CostEstimates

  /// Makes estimates.
  ///
  /// - Precondition: The shapes agree.
  public init(quality: Grid, cost: CostEstimates) {
    switch cost {
    case .perModel(let costs):
      precondition(costs.count == quality.columns, "Estimates need one cost a model.")
    case .perPrompt(let grid):
      precondition(
        grid.rows == quality.rows && grid.columns == quality.columns,
        "Estimates of quality and cost need one shape.")
    }
    self.quality = quality
    self.cost = cost
  }

  /// The model for a prompt: the greatest lambda P - cost; ties go to the cheaper, then the higher P,
  /// then the lower index.
  ///
  /// - Complexity: O(*M*) in the models.
  /// - Source: arXiv:2403.12031, section 5.1.
  public func choice(row: Int, at willingness: WillingnessToPay) -> Int {
    var best = 0
    for model in 1..<max(1, quality.columns) where isBetter(model, than: best, row, willingness) {
      best = model
    }
    return best
  }

  /// The plan for every prompt.
  public func plans(at willingness: WillingnessToPay) -> [Plan] {
    (0..<quality.rows).map { .call(model: choice(row: $0, at: willingness)) }
  }

  private func isBetter(
    _ model: Int, than best: Int, _ row: Int, _ willingness: WillingnessToPay
  ) -> Bool {
    let (p, c) = (quality[row, model], cost.dollars(row: row, model: model))
    let (bestP, bestC) = (quality[row, best], cost.dollars(row: row, model: best))
    if willingness.dollars == .infinity {
      return (p, -c) > (bestP, -bestC)
    }
    let score = willingness.dollars * p - c
    let bestScore = willingness.dollars * bestP - bestC
    if score != bestScore { return score > bestScore }
    return (-c, p) > (-bestC, bestP)
  }
}
