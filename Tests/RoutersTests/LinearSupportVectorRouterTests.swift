import Foundation
import Matrices
import Outcomes
import Parallelism
import RouterBenchTesting
import Routing
import Testing

@testable import Routers

@Suite("Linear support vector regression")
struct LinearSupportVectorRouterTests {
  private func lessons(prompts: Int = 150, models: Int = 4) -> Lessons {
    let fixture = Fixture(prompts: prompts, models: models, seed: 19)
    return Lessons(fixture.table, features: fixture.features)
  }

  /// Solves a problem and hands over the descent while its features are alive.
  private func solved<Result>(
    _ features: Matrix, _ targets: [Double], cost: Double = 1, epsilon: Double = 0,
    tolerance: Double = 1e-9, seed: UInt64 = 0, _ body: (DualCoordinateDescent) -> Result
  ) throws -> Result {
    try features.withUnsafeBufferPointer { values in
      let descent = DualCoordinateDescent(
        features: try #require(values.baseAddress), width: features.columns, targets: targets,
        cost: cost, epsilon: epsilon)
      descent.solve(
        tolerance: tolerance, passes: 1_000_000, visiting: LiblinearOrder(randomState: seed))
      return body(descent)
    }
  }

  @Test("objectives are scikit-learn's within 1e-6 and predictions within 1e-3")
  func golden() throws {
    let fixture = try LearnerFixtures.read([LearnerFixtures.Machine].self, "svr.json")
    #expect(fixture.count == 4)
    for golden in fixture {
      let features = LearnerFixtures.matrix(golden.features)
      try solved(features, golden.targets, cost: golden.cost, epsilon: golden.epsilon) { descent in
        #expect(abs(descent.primal - golden.objective) <= 1e-6 * golden.objective)
        #expect(descent.primal - descent.dual <= 1e-6 * golden.objective)
        for (query, wanted) in zip(golden.queries, golden.predictions) {
          let found = zip(query, descent.solution).reduce(descent.solution[query.count]) {
            $0 + Double($1.0) * $1.1
          }
          #expect(abs(found - wanted) <= 1e-3)
        }
      }
    }
  }

  @Test("stopped early, under any seed, passes are scikit-learn's and weights within 1e-8")
  func stopsWithTheOther() throws {
    for golden in try LearnerFixtures.read([LearnerFixtures.Machine].self, "svr.json") {
      for early in golden.early {
        try LearnerFixtures.matrix(golden.features).withUnsafeBufferPointer { values in
          let descent = DualCoordinateDescent(
            features: try #require(values.baseAddress), width: golden.features[0].count,
            targets: golden.targets, cost: golden.cost, epsilon: golden.epsilon)
          let passes = descent.solve(
            tolerance: 1e-4, passes: 1000, visiting: LiblinearOrder(randomState: early.seed))
          #expect(passes == early.passes)
          for (found, wanted) in zip(descent.solution, early.weights) {
            #expect(abs(found - wanted) <= 1e-8)
          }
        }
      }
    }
  }

  @Test("the router predicts what the 64-bit weights do", arguments: [1, 3, 12])
  func router(models: Int) throws {
    let lessons = lessons(models: models)
    var recipe = LinearSupportVectorRouter()
    (recipe.tolerance, recipe.passes) = (1e-7, 100_000)
    let estimates = try recipe.fit(lessons).estimates(for: lessons.features)
    #expect(estimates.cost == .perModel(lessons.meanCosts))
    for model in 0..<models {
      let targets = (0..<lessons.count).map { lessons.table.quality[$0, model] }
      let weights = try solved(lessons.features, targets) { $0.solution }
      for row in 0..<lessons.count {
        let wanted = zip(lessons.features[row: row], weights).reduce(weights[12]) {
          $0 + Double($1.0) * $1.1
        }
        #expect(abs(estimates.quality[row, model] - wanted) <= 1e-3)
      }
    }
  }

  @Test("the default tolerance ends close to the optimum, in any order of visits")
  func tolerance() throws {
    let lessons = lessons(models: 1)
    let targets = (0..<lessons.count).map { lessons.table.quality[$0, 0] }
    let best = try solved(lessons.features, targets) { $0.primal }
    for seed in 0..<5 as Range<UInt64> {
      let found = try solved(lessons.features, targets, tolerance: 1e-4, seed: seed) { $0.primal }
      #expect(found >= best - 1e-9 * best && found <= best + 1e-3 * best)
    }
  }

  @Test("rows of every width are multiplied and added like the plain twin's")
  func rows() {
    var generator = SeededGenerator(seed: 4)
    for width in 1...70 {
      let row = (0..<width).map { _ in Float(generator.unit() - 0.5) }
      var weights = (0..<width).map { _ in generator.unit() - 0.5 }
      let plain = zip(row, weights).reduce(0) { $0 + Double($1.0) * $1.1 }
      let moved = zip(row, weights).map { $1 + Double($0) * 0.25 }
      row.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        let dense = DenseRow(base, width)
        #expect(abs(dense.product(with: weights) - plain) <= 1e-14)
        dense.add(to: &weights, times: 0.25)
      }
      #expect(weights == moved)
    }
  }

  @Test("weights are the same bits for any number of threads")
  func threads() throws {
    let lessons = lessons()
    let one = try LinearSupportVectorRouter().fit(lessons, threads: Threads(1))
    for count in [2, 3, 8] {
      let several = try LinearSupportVectorRouter().fit(lessons, threads: Threads(count))
      #expect(several.weights == one.weights)
    }
  }

  @Test("a model solved alone gets the weights that it gets among others")
  func alone() throws {
    let lessons = lessons()
    let together = try LinearSupportVectorRouter().fit(lessons).weights
    for (index, model) in lessons.table.models.enumerated() {
      let table = lessons.table.selecting(models: [model])
      let alone = try LinearSupportVectorRouter()
        .fit(Lessons(table, features: lessons.features)).weights
      for row in 0..<alone.rows { #expect(alone[row, 0] == together[row, index]) }
    }
  }

  @Test("equal features predict the median")
  func median() throws {
    let features = Matrix(rows: 5, columns: 1, values: [0, 0, 0, 0, 0])
    try solved(features, [0, 0.25, 0.5, 1, 1], cost: 100) { descent in
      #expect(abs(descent.solution[1] - 0.5) <= 1e-6)
    }
  }

  @Test("settings that cannot work, and features of another width, are refused with a sentence")
  func refusals() throws {
    let lessons = lessons(prompts: 12)
    func sentence(_ change: (inout LinearSupportVectorRouter) -> Void) -> String? {
      var recipe = LinearSupportVectorRouter()
      change(&recipe)
      return #expect(throws: RoutingError.self) { _ = try recipe.fit(lessons) }?.description
    }
    #expect(
      sentence { $0.cost = 0 }
        == "The router svr was given the cost of errors 0.0; it needs a positive one.")
    #expect(
      sentence { $0.epsilon = -1 }
        == "The router svr was given the epsilon -1.0; it needs one of at least 0.")
    #expect(
      sentence { $0.passes = 0 } == "The router svr was given 0 passes; it needs at least 1.")
    let none = #expect(throws: RoutingError.self) {
      _ = try LinearSupportVectorRouter().fit(lessons.selecting(rows: []))
    }
    #expect(
      none?.description
        == "The router svr was given 0 training prompts and needs at least 1; choose a smaller "
        + "setting or give more data.")
    let fitted = try LinearSupportVectorRouter().fit(lessons)
    let error = #expect(throws: RoutingError.self) {
      _ = try fitted.estimates(for: Matrix(rows: 1, columns: 2, values: [1, 2]))
    }
    #expect(
      error?.description
        == "The router svr was fitted on features of 12 dimensions and was given 2; use the same "
        + "encoder and view for both.")
    let bytes = Data(#"{"name":"svr","weights":{"rows":1,"columns":0,"bytes":""},"costs":[]}"#.utf8)
    #expect(throws: DecodingError.self) {
      _ = try JSONDecoder().decode(LinearSupportVectorRouter.Fitted.self, from: bytes)
    }
  }
}
