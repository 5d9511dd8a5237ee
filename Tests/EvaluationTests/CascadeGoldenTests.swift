import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routing
import Testing

@testable import Evaluation

@Suite("Published cascades and reranks")
struct CascadeGoldenTests {
  /// The models by their mean cost over all rows, ties to the lower index.
  private func order(_ table: OutcomeTable) -> [Int] {
    let costs = table.cost.columnMeans()
    return table.models.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
  }

  private func cells(_ name: String, _ table: OutcomeTable?) throws
    -> (table: OutcomeTable, golden: GoldenCascades, plans: [[Plan]])?
  {
    guard let table, let golden = try Shared.json(GoldenCascades.self, "golden/\(name).json")
    else { return nil }
    let order = order(table)
    #expect(order.map { table.models[$0].name } == golden.order)
    let plans = golden.cells.map { cell in
      [Plan](
        repeating: .cascade(
          Cascade(
            models: order, threshold: cell.threshold, budget: cell.budget,
            rule: BudgetRule(rawValue: cell.budget_rule ?? "paper") ?? .paper,
            judge: .quality(error: cell.judge_error))),
        count: table.count)
    }
    return (table, golden, plans)
  }

  private func check(_ name: String, _ table: OutcomeTable?) throws {
    guard let (table, golden, plans) = try cells(name, table) else { return }
    for (cell, plans) in zip(golden.cells, plans) {
      let point = Replay(table).point(of: plans)
      #expect(abs(point.cost - cell.expected_cost) <= 1e-12)
      #expect(abs(point.quality - cell.expected_quality) <= 1e-12)
    }
  }

  @Test("the 96 cells of Winogrande equal the golden values to 1e-12")
  func winogrande() throws {
    try check("cascade_winogrande", Shared.winogrande())
  }

  @Test("the 96 cells of graded rows, both budget rules, equal the golden values to 1e-12")
  func graded() throws {
    try check("cascade_sample365", Shared.sample365())
  }

  @Test("reranks equal the golden values to 1e-12")
  func rerank() throws {
    guard let golden = try Shared.json(GoldenRerank.self, "golden/rerank.json") else { return }
    for (name, table) in try [
      ("winogrande", Shared.winogrande()), ("sample365", Shared.sample365()),
    ] {
      guard let table else { continue }
      let replay = Replay(table)
      for cell in golden.cells[name] ?? [] {
        let plan = Plan.rerank(
          Rerank(models: order(table), judge: .quality(error: cell.judge_error)))
        let point = replay.point(of: [Plan](repeating: plan, count: table.count))
        #expect(abs(point.cost - cell.cost_per_prompt) <= 1e-12)
        #expect(abs(point.quality - cell.expected_quality) <= 1e-12)
      }
    }
  }

  @Test("sampled runs of Winogrande lie in the simultaneous interval over all cells")
  func sampledWinogrande() throws {
    try checkSampled(cells("cascade_winogrande", Shared.winogrande()))
  }

  @Test("sampled runs of graded rows lie in the simultaneous interval over all cells")
  func sampledGraded() throws {
    try checkSampled(cells("cascade_sample365", Shared.sample365()))
  }

  @Test("sampled reranks lie in the simultaneous interval over all errors of the judge")
  func sampledRerank() throws {
    guard let golden = try Shared.json(GoldenRerank.self, "golden/rerank.json"),
      let table = try Shared.winogrande()
    else { return }
    for cell in golden.cells["winogrande"] ?? [] {
      let plan = Plan.rerank(Rerank(models: order(table), judge: .quality(error: cell.judge_error)))
      checkSampled(
        [Plan](repeating: plan, count: table.count), on: table,
        Point(cost: cell.cost_per_prompt, quality: cell.expected_quality))
    }
  }

  /// Golden expectations against means of sampled runs, all cells of one table together.
  private func checkSampled(
    _ cells: (table: OutcomeTable, golden: GoldenCascades, plans: [[Plan]])?
  ) throws {
    guard let (table, golden, plans) = cells else { return }
    for (cell, plans) in zip(golden.cells, plans) {
      checkSampled(
        plans, on: table, Point(cost: cell.expected_cost, quality: cell.expected_quality))
    }
    func run(_ seed: UInt64) -> Point { Replay(table, sampling: seed).point(of: plans[6]) }
    #expect(run(3) == run(3))
  }

  private func checkSampled(_ plans: [Plan], on table: OutcomeTable, _ golden: Point) {
    let draws = 40
    let runs = (0..<draws).map { Replay(table, sampling: UInt64($0)).point(of: plans) }
    for (values, expected) in [
      (runs.map(\.cost), golden.cost), (runs.map(\.quality), golden.quality),
    ] {
      let spread = Spread(values)
      // Student's t with 39 degrees of freedom exceeds 5.1 with a chance of 1e-5 on two sides: over
      // 192 numbers one interval fails with a chance of 0.002.
      let margin = 5.1 * (spread.standardDeviation ?? 0) / Double(draws).squareRoot()
      #expect(abs(spread.mean - expected) <= margin + 1e-12)
    }
  }
}
