import Matrices
import RouterBenchTesting
import Routers
import Routing
import Testing

@Suite("Router contract")
struct RouterContractTests {
  static let recipes: [any Router] =
    [
      NullRouter(), SingleModelRouter(model: "maker/model-2"), RandomRouter(),
      RandomRouter(weights: [1, 0, 2, 5]), ZeroRouter(), NearestNeighborsRouter(neighbors: 1),
      NearestNeighborsRouter(neighbors: 7), NearestNeighborsRouter(neighbors: 60),
      CascadeRouter(),
      CascadeRouter(judge: .quality(error: 0.1), order: .searched, rule: .reference),
      CascadeRouter(judge: .confidence, budgets: [1e-3, 1]),
      CascadeRouter(
        judge: .scorer, order: .given(models: ["maker/model-2", "maker/model-0"]), budgets: [1]),
      CascadeRouter(judge: .calibrated, order: .searched, budgets: [1]), RerankRouter(),
      RerankRouter(judge: JudgeRecipe(.confidence, dollars: 1e-4)),
      RerankRouter(judge: .scorer),
      MultilayerPerceptronRouter(hiddenLayers: [9]),
      MultilayerPerceptronRouter(hiddenLayers: [6, 5]),
      validated, LinearSupportVectorRouter(),
    ] + estimating

  /// Each predictive router with each other estimate of cost.
  static let estimating: [any Router] = [
    .predicted, .tokenPrice(prices: nil), CostEstimationTests.prices,
  ].flatMap {
    [
      NearestNeighborsRouter(neighbors: 7).estimatingCosts(by: $0),
      MultilayerPerceptronRouter(hiddenLayers: [6, 5]).estimatingCosts(by: $0),
      LinearSupportVectorRouter().estimatingCosts(by: $0),
    ] as [any Router]
  }

  static let validated: MultilayerPerceptronRouter = {
    var recipe = MultilayerPerceptronRouter(hiddenLayers: [12])
    recipe.validationShare = 0.1
    return recipe
  }()

  @Test("is kept by every router", arguments: 0..<recipes.count)
  func kept(index: Int) {
    let recipe = Self.recipes[index]
    let lessons = Fixture(prompts: 60, models: 4, seed: 1, hasEvidence: true)
    let queries = Fixture(prompts: 23, models: 4, seed: 2).features
    let contract = RouterContract(
      lessons: Lessons(lessons.table, features: lessons.features), queries: queries)
    #expect(contract.violations(of: recipe) == [], "\(recipe.name)")
  }

  @Test("catches a router that looks at its neighbours in the batch")
  func catches() {
    let lessons = Fixture(prompts: 20, models: 3, seed: 3)
    let contract = RouterContract(
      lessons: Lessons(lessons.table, features: lessons.features), queries: lessons.features)
    #expect(!contract.violations(of: Gossip()).isEmpty)
  }

  @Test("bad settings are refused with a sentence")
  func refusals() throws {
    let fixture = Fixture(prompts: 6, models: 2, seed: 4)
    let lessons = Lessons(fixture.table, features: fixture.features)
    let cases: [(any Router, String)] = [
      (
        NearestNeighborsRouter(neighbors: 0),
        "The router knn was given 0 neighbours; it needs at least 1."
      ),
      (
        NearestNeighborsRouter(neighbors: 7),
        "The router knn:7 was given 6 training prompts and needs at least 7; choose a smaller "
          + "setting or give more data."
      ),
      (
        SingleModelRouter(model: "nobody"),
        "The router model was given the model nobody; it needs one of maker/model-0, "
          + "maker/model-1."
      ),
      (
        RandomRouter(weights: [1]),
        "The router random was given 1 weights [1.0]; it needs 2 finite weights, one a model, at "
          + "least 0 and not all 0."
      ),
    ]
    for (recipe, sentence) in cases {
      let error = #expect(throws: RoutingError.self) { _ = try recipe.fit(lessons) }
      #expect(error?.description == sentence)
    }
    let fitted = try NearestNeighborsRouter(neighbors: 2).fit(lessons)
    let error = #expect(throws: RoutingError.self) {
      _ = try fitted.estimates(for: Matrix(rows: 1, columns: 5, values: [1, 2, 3, 4, 5]))
    }
    #expect(
      error?.description
        == "The router knn:2 was fitted on features of 12 dimensions and was given 5; use the same "
        + "encoder and view for both.")
  }

  /// Breaks the contract: its plan depends on the size of the batch.
  private struct Gossip: Router {
    static let card = RouterCard(name: "gossip", summary: "Breaks the contract.", source: "None")

    func fit(_ lessons: Lessons) throws(RoutingError) -> Fitted { Fitted() }

    struct Fitted: FittedRouter {
      var settings: [Double] { [0] }

      func plans(for features: Matrix, at setting: Double) throws(RoutingError) -> [Plan] {
        [Plan](repeating: .call(model: features.rows % 2), count: features.rows)
      }
    }
  }
}
