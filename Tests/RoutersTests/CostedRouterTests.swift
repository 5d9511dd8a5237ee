import Matrices
import Outcomes
import RouterBenchTesting
import Routers
import Routing
import Testing

@Suite("Estimates of cost")
struct CostedRouterTests {
  private let fixture = Fixture(prompts: 40, models: 3, seed: 5, hasEvidence: true)

  private var lessons: Lessons { Lessons(fixture.table, features: fixture.features) }

  @Test("KNN predicts the mean cost of the same neighbours")
  func predictedByNeighbours() throws {
    let plain = NearestNeighborsRouter(neighbors: 5)
    let costed = try CostedRouter(plain, estimate: .predicted).fit(lessons)
    let queries = Fixture(prompts: 9, models: 3, seed: 6).features
    let found = try costed.estimates(for: queries)
    #expect(try found.quality == plain.fit(lessons).estimates(for: queries).quality)
    // KNN on the costs themselves, without their scale.
    let direct = try plain.fit(
      Lessons(
        fixture.table.replacingQuality(with: fixture.table.cost), features: fixture.features)
    ).estimates(for: queries).quality
    for row in 0..<9 {
      for model in 0..<3 {
        #expect(
          abs(found.cost.dollars(row: row, model: model) - direct[row, model])
            <= 1e-12 * direct[row, model])
      }
    }
  }

  @Test("a token's price is the dollars over the tokens of the training prompts")
  func priceOfTokens() throws {
    let router = CostedRouter(NearestNeighborsRouter(neighbors: 5), estimate: .tokenPrice)
    let found = try router.fit(lessons).estimates(for: fixture.features)
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
        + "input_tokens and output_tokens for each model.")
  }
}
