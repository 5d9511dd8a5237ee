import Matrices
import Outcomes
import Parallelism
import Routing

extension Lessons {
  /// How many columns are predicted: each model's quality and, with predicted costs, then each
  /// model's cost.
  func columns(_ estimation: CostEstimation) -> Int {
    (estimation == .predicted ? 2 : 1) * table.models.count
  }

  /// The targets of one column, in the order of the prompts: qualities, or costs in units of the
  /// model's figure; all 0 for a model that costs nothing.
  func targets(ofColumn column: Int, figures: [Double]) -> [Double] {
    let model = column % figures.count
    return (0..<count).map {
      if column == model { return table.quality[$0, model] }
      return figures[model] == 0 ? 0 : table.cost[$0, model] / figures[model]
    }
  }

  /// The random numbers of one column: those of a model's cost are not those of its quality, which so
  /// is predicted the same with and without costs.
  func generator(ofColumn column: Int, seed: UInt64) -> SeededGenerator {
    let model = column % table.models.count
    let stream = SeededGenerator.stream(of: table.models[model].name)
    return SeededGenerator(seed: seed, stream: column == model ? stream : ~stream)
  }
}
