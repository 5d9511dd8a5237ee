// A whole router in one file, held to the contract that every router must keep.

import RouterBench
import RouterBenchTesting

/// Sends every prompt to the model that was best on average.
struct MeanRouter: Router {
  static let card = RouterCard(
    name: "mean", summary: "Best model on average, whatever the prompt.",
    source: "Baseline; no reference.")

  init() {}

  func fit(_ lessons: Lessons) throws(RoutingError) -> Fitted {
    Fitted(quality: lessons.table.quality.columnMeans(), cost: lessons.meanCosts)
  }

  struct Fitted: EstimatingRouter {
    let quality: [Double]
    let cost: [Double]

    func estimates(for features: Matrix) throws(RoutingError) -> Estimates {
      Estimates(quality: .rows(quality, count: features.rows), cost: .perModel(cost))
    }
  }
}

let fixture = Fixture(prompts: 60, models: 4, seed: 1)
let contract = RouterContract(
  lessons: Lessons(fixture.table, features: fixture.features), queries: fixture.features)
print(contract.violations(of: MeanRouter()))
