import Matrices
import Outcomes
import RouterBenchTesting
import Testing

@testable import Routing

@Suite("Expected calls")
struct CallsTests {
  @Test("times their prices are what a plan is expected to cost")
  func pay() throws {
    let table = Fixture(prompts: 30, models: 4, seed: 5).table
    let outcomes = RecordedOutcomes(table)
    let plans: [Plan] = [
      .none, .call(model: 2), .mixture(weights: [1, 0, 2, 1]),
      .cascade(
        Cascade(models: [0, 1, 3], threshold: 0.75, judge: .quality(error: 0.2))),
      .cascade(
        Cascade(
          models: [3, 1, 0, 2], threshold: 0.5, budget: 3e-3, rule: .reference,
          judge: .quality(error: 0.4))),
      .rerank(Rerank(models: [1, 2], judge: .quality(error: 0.1))),
      .mix([
        Plan.Share(probability: 0.25, plan: .call(model: 0)),
        Plan.Share(
          probability: 0.75,
          plan: .cascade(Cascade(models: [0, 3], threshold: 1, judge: .quality(error: 0)))),
      ]),
    ]
    for plan in plans {
      for row in 0..<table.count {
        var calls = [Double](repeating: 0, count: 4)
        try plan.addCalls(row: row, in: outcomes, to: &calls)
        let price = (0..<4).reduce(0.0) { $0 + calls[$1] * table.cost[row, $1] }
        let expected = try plan.expectation(row: row, in: outcomes).cost
        #expect(abs(price - expected) < 1e-15, "\(plan), row \(row)")
      }
    }
  }
}
