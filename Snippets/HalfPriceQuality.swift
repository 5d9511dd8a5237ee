// A metric of one's own, from the same points as AIQ.

import RouterBench
import RouterBenchTesting

extension OperatingPath {
  /// The quality that is left at half of a single model's cost.
  func qualityAtHalfPrice(of reference: Point) -> Double {
    quality(atCost: reference.cost / 2)
  }
}

let training = Fixture(prompts: 60, models: 4, seed: 1)
let test = Fixture(prompts: 40, models: 4, seed: 2)
let exam = try Exam(test.table, features: test.features)
let result = try exam.examine(
  NearestNeighborsRouter(neighbors: 5),
  taughtBy: Lessons(training.table, features: training.features))
let models = exam.modelPoints
if let best = models.max(by: { $0.quality < $1.quality }) {
  print("quality at half the best model's price: \(result.deployable.qualityAtHalfPrice(of: best))")
}
