import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routers
import Routing
import Testing

@testable import Evaluation

@Suite("Replay and references")
struct ReplayTests {
  @Test("a mixture's expectation is the mixture of expectations")
  func mixtures() {
    let fixture = Fixture(prompts: 31, models: 3, seed: 9)
    let replay = Replay(fixture.table)
    let count = fixture.table.count
    let points = (0..<3).map { replay.point(of: [Plan](repeating: .call(model: $0), count: count)) }
    let mixed = replay.point(
      of: [Plan](repeating: .mixture(weights: [1, 2, 1]), count: count))
    #expect(
      abs(mixed.cost - (points[0].cost + 2 * points[1].cost + points[2].cost) / 4) <= 1e-15)
    let nested = Plan.mix([
      .init(probability: 0.5, plan: .none),
      .init(probability: 0.5, plan: .mixture(weights: [0, 1, 0])),
    ])
    let half = replay.point(of: [Plan](repeating: nested, count: count))
    #expect(abs(half.quality - points[1].quality / 2) <= 1e-15)
  }

  @Test("the Oracle takes the best, then the cheapest, and pays the cheapest when nobody solves it")
  func oracle() {
    let names = ["a", "b", "c"]
    let oracle = Oracle(
      OutcomeTable(
        models: ["x", "y", "z"], sampleIDs: names, evalNames: names, prompts: names,
        quality: Grid(rows: 3, columns: 3, values: [1, 1, 0, 0, 0, 0, 0.5, 0.25, 0.75]),
        cost: Grid(rows: 3, columns: 3, values: [3, 2, 1, 3, 2, 4, 1, 1, 9])))
    #expect(oracle.choices == [1, 1, 2])
    #expect(abs(oracle.point.cost - 13.0 / 3) <= 1e-15)
    #expect(abs(oracle.pointFreeWhenUnsolved.cost - 11.0 / 3) <= 1e-15)
    #expect(abs(oracle.point.quality - 1.75 / 3) <= 1e-15)
  }

  @Test("the order of rows changes no sweep, range or AIQ")
  func permutation() throws {
    let train = Fixture(prompts: 80, models: 4, seed: 11)
    let test = Fixture(prompts: 60, models: 4, seed: 12)
    let lessons = Lessons(train.table, features: train.features)
    let order = (0..<60).map { ($0 * 37) % 60 }
    let first = try Exam(test.table, features: test.features)
      .examine(NearestNeighborsRouter(neighbors: 5), taughtBy: lessons)
    let second = try Exam(
      test.table.selecting(rows: order), features: test.features.selecting(rows: order)
    ).examine(NearestNeighborsRouter(neighbors: 5), taughtBy: lessons)
    #expect(abs(first.testHullAIQ - second.testHullAIQ) <= 1e-12)
    #expect(abs(first.deployableAIQ - second.deployableAIQ) <= 1e-12)
    #expect(first.swept.count == second.swept.count)
  }
}
