import Matrices
import Routing

extension Estimates {
  /// Splits predictions: a column a model's quality and, where costs are predicted, another its cost.
  ///
  /// - Parameter costs: A figure a model: its estimated cost, or what its predicted cost is
  ///   multiplied by.
  init(predictions: Grid, costs: [Double]) {
    let models = costs.count
    guard predictions.columns > models else {
      self.init(quality: predictions, cost: .perModel(costs))
      return
    }
    var cost = predictions.selecting(columns: Array(models..<(2 * models)))
    for row in 0..<cost.rows {
      for model in 0..<models { cost[row, model] *= costs[model] }
    }
    self.init(
      quality: predictions.selecting(columns: Array(0..<models)), cost: .perPrompt(cost))
  }
}
