import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routing
import Testing

@testable import Routers

@Suite("Estimates of cost")
struct CostEstimationTests {
  static let prices = CostEstimation.tokenPrice(prices: [
    "maker/model-0": 2e-6, "maker/model-1": 1e-7, "maker/model-2": 3e-5, "maker/model-3": 0,
  ])

  private let lessons: Lessons = {
    let fixture = Fixture(prompts: 60, models: 4, seed: 21)
    return Lessons(fixture.table, features: fixture.features)
  }()

  private static let recipes: [any PredictiveRouter] = [
    NearestNeighborsRouter(neighbors: 7), MultilayerPerceptronRouter(hiddenLayers: [8]),
    LinearSupportVectorRouter(),
  ]

  private func estimates(
    _ recipe: some PredictiveRouter, _ estimation: CostEstimation, _ lessons: Lessons
  ) throws -> Estimates {
    try recipe.estimatingCosts(by: estimation).fit(lessons).estimates(for: lessons.features)
  }

  @Test("quality is predicted the same whatever the estimate of cost", arguments: recipes.indices)
  func quality(index: Int) throws {
    let recipe = Self.recipes[index]
    let usual = try estimates(recipe, .trainingMean, lessons)
    #expect(usual.cost == .perModel(lessons.meanCosts))
    let priced = try estimates(recipe, Self.prices, lessons)
    #expect(priced == Estimates(quality: usual.quality, cost: .perModel([2e-6, 1e-7, 3e-5, 0])))
    let predicted = try estimates(recipe, .predicted, lessons)
    #expect(predicted.quality == usual.quality)
    guard case .perPrompt(let costs) = predicted.cost else {
      Issue.record("\(recipe.name) predicts no cost for each prompt")
      return
    }
    #expect(Set(costs.values).count > 20)
  }

  @Test("predicted costs have the scale of the model's costs", arguments: recipes.indices)
  func scale(index: Int) throws {
    var table = lessons.table
    var dear = table.cost
    for cell in dear.values.indices { dear.values[cell] *= 1024 }
    table = table.replacingCost(with: dear, in: .dollars)
    let recipe = Self.recipes[index]
    let usual = try estimates(recipe, .predicted, lessons)
    let scaled = try estimates(recipe, .predicted, Lessons(table, features: lessons.features))
    for row in 0..<60 {
      for model in 0..<4 {
        let (low, high) = (
          usual.cost.dollars(row: row, model: model), scaled.cost.dollars(row: row, model: model)
        )
        #expect(abs(high - 1024 * low) <= 1e-9 * abs(high))
      }
    }
  }

  @Test("the nearest neighbours' predicted cost is their mean, the prompt's own sample left out")
  func neighbors() throws {
    let recipe = NearestNeighborsRouter(neighbors: 5).estimatingCosts(by: .predicted)
    let fitted = try recipe.fit(lessons)
    let lists = fitted.index.neighbors(5, of: lessons.features)
    let alone = fitted.index.neighborsWithoutGroup(5, groups: Array(0..<60))
    let estimates = try fitted.estimates(for: lessons.features)
    let without = try #require(try recipe.estimatesWithoutSelf(lessons))
    for row in 0..<60 {
      for model in 0..<4 {
        for (list, found) in [(lists[row], estimates), (alone[row], without)] {
          let mean = list.reduce(0) { $0 + lessons.table.cost[$1, model] } / 5
          #expect(abs(found.cost.dollars(row: row, model: model) - mean) <= 1e-15)
        }
      }
    }
  }

  @Test("a model that costs nothing is predicted to, and one of a flat price near it")
  func constants() throws {
    var flat = lessons.table.cost
    for row in 0..<60 {
      flat[row, 0] = 0
      flat[row, 1] = 0.25
    }
    let table = lessons.table.replacingCost(with: flat, in: .dollars)
    for recipe in Self.recipes {
      let estimates = try estimates(
        recipe, .predicted, Lessons(table, features: lessons.features))
      let first = (0..<60).map { estimates.cost.dollars(row: $0, model: 0) }
      #expect(first.allSatisfy { $0 == 0 }, "\(recipe.name)")
      let mean = (0..<60).reduce(0) { $0 + estimates.cost.dollars(row: $1, model: 1) } / 60
      #expect(abs(mean - 0.25) < 0.1, "\(recipe.name)")
    }
  }

  @Test("a model without a price is refused with a sentence")
  func refusal() {
    for (prices, sentence) in [
      (["maker/model-0": 1e-6], "no price for a token of maker/model-1"),
      (["maker/model-0": -1], "the price -1.0 for a token of maker/model-0"),
    ] {
      let error = #expect(throws: RoutingError.self) {
        _ = try estimates(
          NearestNeighborsRouter(neighbors: 3), .tokenPrice(prices: prices), lessons)
      }
      #expect(
        error?.description
          == "The router knn:3@tokenPrice was given \(sentence); it needs finite dollars of at least 0 for each "
          + "model.")
    }
  }

  @Test("without a price a token costs the dollars over the tokens of the training prompts")
  func recordedTokens() throws {
    let fixture = Fixture(prompts: 40, models: 3, seed: 5, hasEvidence: true)
    let router = NearestNeighborsRouter(neighbors: 5).estimatingCosts(by: .tokenPrice(prices: nil))
    let found = try router.fit(Lessons(fixture.table, features: fixture.features))
      .estimates(for: fixture.features)
    let tokens = try #require(fixture.table.inputTokens)
    for model in 0..<3 {
      let dollars = (0..<40).map { fixture.table.cost[$0, model] }.reduce(0, +)
      let count = 2 * (0..<40).map { tokens[$0, model] }.reduce(0, +)
      #expect(abs(found.cost.dollars(row: 0, model: model) - dollars / count) <= 1e-15)
    }
    let bare = Fixture(prompts: 40, models: 3, seed: 5)
    let error = #expect(throws: RoutingError.self) {
      _ = try router.fit(Lessons(bare.table, features: bare.features))
    }
    #expect(
      error?.description
        == "The router knn:5@tokenPrice was given outcomes without tokens; it needs columns "
        + "input_tokens and output_tokens for each model, or a file of prices.")
  }
}
