public import CostQuality
public import Matrices

extension OutcomeTable {
  /// The same outcomes with something else in the place of dollars, so that quality is traded for it.
  ///
  /// - Parameters:
  ///   - grid: One value a row and model; NaN where it is missing.
  ///   - unit: What it counts.
  public func replacingCost(with grid: Grid, in unit: CostUnit) -> OutcomeTable {
    OutcomeTable(
      models: models, sampleIDs: sampleIDs, evalNames: evalNames, prompts: prompts,
      quality: quality, cost: grid,
      dollars: unit == .dollars ? nil : costUnit == .dollars ? cost : dollars, latency: latency,
      confidence: confidence,
      inputTokens: inputTokens, outputTokens: outputTokens, trueLabels: trueLabels,
      responses: responses, costUnit: unit)
  }

  /// Costs that count calls of one model: 1 for it, 0 for the others.
  ///
  /// - Precondition: The table has the model.
  public func countingCalls(of model: ModelID) -> OutcomeTable {
    guard let column = index(of: model) else {
      preconditionFailure("The table has no model named \(model).")
    }
    var calls = Grid(rows: count, columns: models.count, repeating: 0)
    for row in 0..<count { calls[row, column] = 1 }
    return replacingCost(with: calls, in: .calls)
  }

  /// Costs from recorded tokens at given prices.
  ///
  /// - Parameters:
  ///   - prices: Dollars per million tokens read and written, and per request, one a model.
  /// - Returns: nil where the table has no tokens; cells without them stay missing.
  public func repriced(
    _ prices: [(input: Double, output: Double, request: Double)]
  ) -> OutcomeTable? {
    precondition(prices.count == models.count, "One price a model is needed.")
    guard let inputTokens, let outputTokens else { return nil }
    var costs = Grid(rows: count, columns: models.count)
    for row in 0..<count {
      for (model, price) in prices.enumerated() {
        costs[row, model] =
          (inputTokens[row, model] * price.input + outputTokens[row, model] * price.output) / 1e6
          + price.request
      }
    }
    return replacingCost(with: costs, in: .dollars)
  }
}
