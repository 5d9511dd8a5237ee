import Foundation
import Matrices
import Outcomes
import Parallelism
import RouterBenchTesting
import Routing
import Testing

@testable import Routers

@Suite("Multilayer perceptron")
struct MultilayerPerceptronRouterTests {
  private func recipe(
    _ hidden: [Int] = [9], epochs: Int = 6, seed: UInt64 = 0
  ) -> MultilayerPerceptronRouter {
    var recipe = MultilayerPerceptronRouter(hiddenLayers: hidden, seed: seed)
    recipe.epochs = epochs
    recipe.batchSize = 32
    return recipe
  }

  private func lessons(prompts: Int = 150, models: Int = 4) -> Lessons {
    let fixture = Fixture(prompts: prompts, models: models, seed: 9)
    return Lessons(fixture.table, features: fixture.features)
  }

  @Test("the defaults are scikit-learn's, and the name is what the command line takes")
  func defaults() {
    let recipe = MultilayerPerceptronRouter()
    #expect(recipe.hiddenLayers == [100] && recipe.batchSize == 200 && recipe.epochs == 200)
    #expect(recipe.learningRate == 0.001 && recipe.penalty == 1e-4 && recipe.tolerance == 1e-4)
    #expect(recipe.patience == 10 && recipe.validationShare == nil)
    #expect(recipe.name == "mlp:100")
    #expect(MultilayerPerceptronRouter(hiddenLayers: [100, 50]).name == "mlp:100,50")
  }

  @Test("networks are the same bits for any number of threads", arguments: [[9], [8, 5]])
  func threads(hidden: [Int]) throws {
    let lessons = lessons()
    let one = try recipe(hidden).fit(lessons, threads: Threads(1))
    for count in [2, 3, 8] {
      #expect(try recipe(hidden).fit(lessons, threads: Threads(count)).networks == one.networks)
    }
  }

  @Test("a model trained alone gets the network that it gets among others")
  func alone() throws {
    let lessons = lessons()
    let together = try recipe().fit(lessons)
    for model in 0..<4 {
      let table = lessons.table.selecting(models: [lessons.table.models[model]])
      let alone = try recipe().fit(Lessons(table, features: lessons.features))
      #expect(alone.networks == [together.networks[model]])
    }
  }

  @Test("another seed and another model begin elsewhere")
  func seeds() throws {
    let lessons = lessons()
    let first = try recipe().fit(lessons).networks
    #expect(try recipe(seed: 1).fit(lessons).networks != first)
    #expect(first[0].layers[0] != first[1].layers[0])
  }

  @Test("it learns what depends on the features")
  func learns() throws {
    let fixture = Fixture(prompts: 400, models: 1, seed: 10)
    var quality = Grid(rows: 400, columns: 1)
    for row in 0..<400 {
      quality[row, 0] = fixture.features[row, 0] * fixture.features[row, 1] > 0 ? 1 : 0
    }
    let table = OutcomeTable(
      models: fixture.table.models, sampleIDs: fixture.table.sampleIDs,
      evalNames: fixture.table.evalNames, prompts: fixture.table.prompts, quality: quality,
      cost: fixture.table.cost)
    let lessons = Lessons(table, features: fixture.features)
    var recipe = MultilayerPerceptronRouter(hiddenLayers: [40])
    recipe.learningRate = 0.01
    let estimates = try recipe.fit(lessons).estimates(for: fixture.features)
    let wrong = (0..<400).filter { (estimates.quality[$0, 0] > 0.5) != (quality[$0, 0] > 0.5) }
    #expect(wrong.count < 40)
    recipe.validationShare = 0.1
    let checked = try recipe.fit(lessons).estimates(for: fixture.features)
    let missed = (0..<400).filter { (checked.quality[$0, 0] > 0.5) != (quality[$0, 0] > 0.5) }
    #expect(missed.count < 100)
  }

  @Test("estimates carry the mean training costs")
  func costs() throws {
    let lessons = lessons()
    let estimates = try recipe().fit(lessons).estimates(for: lessons.features)
    #expect(estimates.cost == .perModel(lessons.meanCosts))
  }

  @Test("the hyperparameters survive being saved")
  func saved() throws {
    var recipe = MultilayerPerceptronRouter(hiddenLayers: [7, 5], seed: 12)
    (recipe.learningRate, recipe.penalty, recipe.tolerance) = (0.5, 0.25, 0.125)
    (recipe.batchSize, recipe.epochs, recipe.patience) = (3, 4, 5)
    recipe.validationShare = 0.2
    let loaded = try JSONDecoder().decode(
      MultilayerPerceptronRouter.self, from: JSONEncoder().encode(recipe))
    #expect(try JSONEncoder().encode(loaded).count == JSONEncoder().encode(recipe).count)
    #expect(loaded.hiddenLayers == [7, 5] && loaded.seed == 12 && loaded.learningRate == 0.5)
    #expect(loaded.penalty == 0.25 && loaded.tolerance == 0.125 && loaded.batchSize == 3)
    #expect(loaded.epochs == 4 && loaded.patience == 5 && loaded.validationShare == 0.2)
  }

  @Test("saved networks that do not fit together are refused")
  func corrupted() throws {
    let layers = [Matrix(rows: 4, columns: 2, values: [Float](repeating: 1, count: 8))]
    let bytes = try JSONEncoder().encode(layers)
    #expect(throws: DecodingError.self) {
      _ = try JSONDecoder().decode(PerceptronNetwork.self, from: bytes)
    }
    let empty = Data(#"{"name":"mlp:100","networks":[],"costs":[]}"#.utf8)
    #expect(throws: DecodingError.self) {
      _ = try JSONDecoder().decode(MultilayerPerceptronRouter.Fitted.self, from: empty)
    }
  }

  @Test("settings that cannot work are refused with a sentence")
  func refusals() throws {
    let lessons = lessons(prompts: 12)
    func sentence(_ change: (inout MultilayerPerceptronRouter) -> Void) -> String? {
      var recipe = recipe()
      change(&recipe)
      return #expect(throws: RoutingError.self) { _ = try recipe.fit(lessons) }?.description
    }
    #expect(
      sentence { $0.hiddenLayers = [5, 0] }
        == "The router mlp was given hidden layers of widths [5, 0]; it needs one hidden layer or "
        + "more, each of at least 1.")
    #expect(
      sentence { $0.learningRate = -1 }
        == "The router mlp was given the learning rate -1.0; it needs a positive one.")
    #expect(
      sentence { $0.batchSize = 0 }
        == "The router mlp was given batches of 0; it needs batches of at least 1.")
    #expect(
      sentence { $0.validationShare = 1 }
        == "The router mlp was given the validation share 1.0; it needs one from 0.01 to 0.99.")
    #expect(
      sentence { $0.validationShare = 0.05 }
        == "The router mlp:9,batch=32,epochs=6,validation=0.05 was given 12 training prompts and "
        + "needs at least 21; choose a smaller setting or give more data.")
    #expect(
      sentence { $0.learningRate = 1e38 }
        == "The router mlp:9,rate=1e+38,batch=32,epochs=6 was given features or a learning rate that "
        + "make the weights overflow; it needs finite features of moderate size and a smaller learning rate."
    )
    let fitted = try recipe().fit(lessons)
    let error = #expect(throws: RoutingError.self) {
      _ = try fitted.estimates(for: Matrix(rows: 1, columns: 2, values: [1, 2]))
    }
    #expect(
      error?.description
        == "The router mlp:9,batch=32,epochs=6 was fitted on features of 12 dimensions and was given "
        + "2; use the same encoder and view for both.")
  }
}
