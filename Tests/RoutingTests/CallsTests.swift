import CostQuality
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

  @Test(
    "a budget ends a cascade's calls where it ends its costs, in the unit that costs are counted in"
  )
  func units() throws {
    let whole = Fixture(prompts: 60, models: 3, seed: 5, hasLatency: true).table
    let latency = try #require(whole.latency)
    for (table, budgets) in [
      (whole, [2e-3, 5e-3, 1]), (whole.replacingCost(with: latency, in: .seconds), [4, 9, 1e3]),
    ] {
      let outcomes = RecordedOutcomes(table)
      let judge = Judge(.quality(error: 0), dollars: 1e-3, milliseconds: 4000)
      let fee = judge.overhead.cost(in: table.costUnit)
      for budget in budgets {
        let plan = Plan.cascade(
          Cascade(models: [0, 1, 2], threshold: 0.9, budget: budget, judge: judge))
        for row in 0..<table.count {
          var calls = [Double](repeating: 0, count: 3)
          try plan.addCalls(row: row, in: outcomes, to: &calls)
          let paid = (0..<3).reduce(0.0) { $0 + calls[$1] * table.cost[row, $1] }
          let fees = (try plan.expectation(row: row, in: outcomes).cost - paid) / fee
          // The judge is asked about every answer or about all but the last.
          let asked = calls.reduce(0, +)
          #expect(
            abs(fees - asked) < 1e-9 || abs(fees - (asked - 1)) < 1e-9,
            "\(table.costUnit), budget \(budget), row \(row)")
        }
      }
    }
  }
}
