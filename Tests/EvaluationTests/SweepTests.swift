import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routing
import Testing

@testable import Evaluation

@Suite("Exact sweep")
struct SweepTests {
  private func estimates(_ fixture: Fixture, _ seed: UInt64, perPrompt: Bool) -> Estimates {
    let other = Fixture(
      prompts: fixture.table.count, models: fixture.table.models.count, seed: seed)
    return Estimates(
      quality: other.table.quality,
      cost: perPrompt
        ? .perPrompt(other.table.cost) : .perModel(fixture.table.cost.columnMeans()))
  }

  @Test("every stop replays to its own point", arguments: 0..<12)
  func replays(seed: Int) {
    let fixture = Fixture(prompts: 40, models: 2 + seed % 5, seed: UInt64(seed))
    let estimates = estimates(fixture, UInt64(seed) + 100, perPrompt: seed % 2 == 0)
    let replay = Replay(fixture.table)
    for stop in Sweep(estimates, on: fixture.table, grid: .exact).stops {
      let again = replay.point(
        of: estimates.plans(at: WillingnessToPay(dollars: stop.parameter?.value ?? -1)))
      #expect(abs(again.cost - stop.point.cost) <= 1e-12)
      #expect(abs(again.quality - stop.point.quality) <= 1e-12)
    }
  }

  @Test("finds every point that any grid finds, and so a hull at least as high", arguments: 0..<12)
  func dominates(seed: Int) throws {
    let fixture = Fixture(prompts: 50, models: 5, seed: UInt64(seed) + 40)
    let estimates = estimates(fixture, UInt64(seed) + 200, perPrompt: seed % 2 == 1)
    let exact = Sweep(estimates, on: fixture.table, grid: .exact).stops.map(\.point)
    for grid in [SweepGrid.logarithmic, .reference] {
      for stop in Sweep(estimates, on: fixture.table, grid: grid).stops {
        #expect(
          exact.contains {
            abs($0.cost - stop.point.cost) <= 1e-12 && abs($0.quality - stop.point.quality) <= 1e-12
          }, "\(grid) at \(stop.parameter?.description ?? "")")
      }
    }
    let range = try CostRange(lower: 0, upper: 1e-2)
    let fine = (0..<4000).map { WillingnessToPay(dollars: Double($0) * 1e-6) }
    let gridded = try NonDecreasingHull(
      of: Sweep(estimates, on: fixture.table, at: fine).stops.map(\.point))
    #expect(
      try NonDecreasingHull(of: exact).averageImprovementInQuality(over: range)
        >= gridded.averageImprovementInQuality(over: range) - 1e-12)
  }

  @Test("the grids have the lengths and ends they promise")
  func grids() {
    #expect(WillingnessToPay.referenceGrid.count == 32)
    let grid = WillingnessToPay.logarithmicGrid()
    #expect(grid.count == 401)
    #expect(grid[0].dollars == 0)
    #expect(abs(grid[1].dollars - 1e-6) <= 1e-18 && abs(grid[400].dollars - 1e3) <= 1e-9)
  }

  @Test("ties go to the cheaper model, then the higher estimate, then the lower index")
  func ties() {
    func choice(_ quality: [Double], _ cost: [Double], _ dollars: Double) -> Int {
      Estimates(quality: .rows(quality, count: 1), cost: .perModel(cost))
        .choice(row: 0, at: WillingnessToPay(dollars: dollars))
    }
    #expect(choice([0.5, 1], [0.5, 1], 1) == 0, "equal scores: the cheaper")
    #expect(choice([0.2, 0.9], [1, 1], 0) == 1, "equal costs at 0: the higher estimate")
    #expect(choice([0.5, 0.5], [1, 1], 3) == 0, "equal in all: the lower index")
    #expect(choice([0.9, 0.9], [2, 1], .infinity) == 1, "only quality counts: the cheaper")
    #expect(choice([0.9, 0.2], [2, 1], 0) == 1, "0 means the cheapest")
  }
}
