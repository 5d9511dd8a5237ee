import CostQuality
import Matrices
import Outcomes
import Parallelism
import RouterBenchTesting
import Routers
import Routing
import Testing

@testable import Evaluation

@Suite("Cascade grid")
struct CascadeGridTests {
  private func check(_ grid: CascadeGrid, _ table: OutcomeTable, _ plan: (Double, Double) -> Plan) {
    let replay = Replay(table)
    for (row, error) in grid.errors.enumerated() {
      for (column, budget) in grid.budgets.enumerated() {
        let point = replay.point(of: [Plan](repeating: plan(error, budget), count: table.count))
        #expect(abs(grid.points[row][column].cost - point.cost) <= 1e-13 * max(1, point.cost))
        #expect(abs(grid.points[row][column].quality - point.quality) <= 1e-13)
      }
    }
  }

  @Test("equals the plain replay in every cell, in any order of budgets", arguments: 0..<6)
  func twin(seed: Int) {
    let table = Fixture(prompts: 700, models: 5, seed: UInt64(seed)).table
    let models = [[0, 1, 2, 3, 4], [4, 2, 0]][seed % 2]
    let rule = BudgetRule.allCases[seed / 3]
    let threshold = [0, 0.25, 0.5, 0.75, 1, 2][seed]
    let errors = CascadeGrid.paperErrors + [0.5, 1]
    let budgets = [1, 2e-4, 0, 1e-3, 5e-4, .infinity]
    let grid = CascadeGrid(
      models: models, threshold: threshold, errors: errors, budgets: budgets, rule: rule, on: table)
    check(grid, table) { error, budget in
      .cascade(
        Cascade(
          models: models, threshold: threshold, budget: budget, rule: rule,
          judge: .quality(error: error)))
    }
    for threads in [1, 3] {
      #expect(
        CascadeGrid(
          models: models, threshold: threshold, errors: errors, budgets: budgets, rule: rule,
          on: table, threads: Threads(threads)) == grid)
    }
  }

  @Test("the order of rows changes no cell")
  func permutation() {
    let table = Fixture(prompts: 300, models: 4, seed: 31).table
    let turned = table.selecting(rows: (0..<300).map { $0 * 77 % 300 })
    func grid(_ table: OutcomeTable) -> CascadeGrid {
      CascadeGrid(
        models: [0, 1, 2, 3], threshold: 0.75, budgets: CascadeRouter.paperBudgets, on: table)
    }
    for (left, right) in zip(grid(table).points.joined(), grid(turned).points.joined()) {
      #expect(abs(left.cost - right.cost) <= 1e-15)
      #expect(abs(left.quality - right.quality) <= 1e-13)
    }
  }

  @Test("the 88 cells of the paper on 11,000 prompts x 11 models equal the replay, far faster")
  func paperSize() {
    let table = Fixture(prompts: 11_000, models: 11, seed: 5).table
    let models = Array(0..<11)
    let clock = ContinuousClock()
    var grid = CascadeGrid(models: models, threshold: 1, budgets: [1], on: table)
    let fast = clock.measure {
      grid = CascadeGrid(
        models: models, threshold: 1, budgets: CascadeRouter.paperBudgets, on: table)
    }
    let plain = clock.measure {
      check(grid, table) { error, budget in
        .cascade(
          Cascade(
            models: models, threshold: 1, budget: budget, judge: .quality(error: error)))
      }
    }
    print("88 cells of 11,000 prompts x 11 models: \(fast), by replay \(plain)")
    #expect(grid.points.count == 8 && grid.points.allSatisfy { $0.count == 11 })
  }
}
