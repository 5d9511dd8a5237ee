import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routers
import Routing
import Testing

@testable import Evaluation

@Suite("What routers and judges take themselves")
struct OverheadTests {
  private let fixture = Fixture(prompts: 90, models: 3, seed: 31)
  private let overhead = Overhead(dollars: 0.125, milliseconds: 2000)

  /// The fixture with its costs under another name.
  private func table(in unit: CostUnit) -> OutcomeTable {
    fixture.table.replacingCost(with: fixture.table.cost, in: unit)
  }

  private func result(_ recipe: some Router, _ unit: CostUnit, _ overhead: Overhead) throws
    -> SystemResult
  {
    let (training, test) = (Array(0..<60), Array(60..<90))
    let table = table(in: unit)
    var exam = try Exam(
      table.selecting(rows: test), features: fixture.features.selecting(rows: test))
    exam.overhead = overhead
    return try exam.examine(
      recipe,
      taughtBy: Lessons(
        table.selecting(rows: training), features: fixture.features.selecting(rows: training)))
  }

  @Test(
    "a router that looks at prompts pays for each of them, in the unit of the costs",
    arguments: [(CostUnit.dollars, 0.125), (.seconds, 2), (.calls, 0)])
  func shift(unit: CostUnit, fee: Double) throws {
    for recipe in [NearestNeighborsRouter(neighbors: 5), LinearSupportVectorRouter()]
      as [any Router]
    {
      let (free, charged) = (
        try result(recipe, unit, .none), try result(recipe, unit, overhead)
      )
      #expect(free.swept.map(\.parameter) == charged.swept.map(\.parameter))
      #expect(free.kept.map(\.parameter) == charged.kept.map(\.parameter))
      let pairs = [
        (free.swept.map(\.point), charged.swept.map(\.point)),
        (free.kept.map(\.test), charged.kept.map(\.test)),
        (free.kept.compactMap(\.training), charged.kept.compactMap(\.training)),
      ]
      for (before, after) in pairs {
        #expect(!before.isEmpty && before.map(\.quality) == after.map(\.quality))
        for (left, right) in zip(before, after) {
          #expect(abs(right.cost - left.cost - fee) <= 1e-12)
        }
      }
    }
  }

  @Test("constants, cascades and reranks do not look at prompts and pay nothing")
  func constants() throws {
    for recipe in [
      NullRouter(), RandomRouter(), ZeroRouter(), SingleModelRouter(model: "maker/model-1"),
      CascadeRouter(), RerankRouter(),
    ] as [any Router] {
      #expect(
        try result(recipe, .dollars, .none) == result(recipe, .dollars, overhead),
        "\(recipe.name)")
    }
  }

  @Test("decisions and intervals include it")
  func decisions() throws {
    var experiment = Experiment([NearestNeighborsRouter(neighbors: 3)])
    experiment.overhead = overhead
    experiment.bootstrap = Bootstrap(resamples: 50)
    let outcome = try experiment.run(on: fixture.table, features: fixture.features)
    let split = try #require(outcome.tasks.first?.splits.first)
    let kept = split.systems[1].kept
    for point in kept {
      let decisions = outcome.decisions.filter { decision in
        guard let parameter = point.parameter, let from = decision.from,
          let through = decision.through
        else { return false }
        return from <= parameter && parameter <= through
      }
      #expect(decisions.count == split.testCount)
      let mean = decisions.reduce(0) { $0 + $1.cost } / Double(split.testCount)
      #expect(abs(mean - point.test.cost) <= 1e-12)
      #expect(point.intervals.map { $0.cost.lower > 0.125 } == true)
    }
  }

  @Test("a judge takes dollars or seconds, as costs are counted")
  func judges() {
    let judge = Judge(.quality(error: 0.2), dollars: 0.5, milliseconds: 250)
    let free = Judge.quality(error: 0.2)
    for (unit, fee) in [(CostUnit.dollars, 0.5), (.seconds, 0.25), (.calls, 0)] {
      let replay = Replay(table(in: unit))
      for (with, without, consultations) in [
        (
          Plan.rerank(Rerank(models: [0, 1, 2], judge: judge)),
          Plan.rerank(Rerank(models: [0, 1, 2], judge: free)), 3.0
        ),
        // A threshold that no score reaches: every answer but the last is judged and rejected.
        (
          .cascade(Cascade(models: [0, 1, 2], threshold: 2, judge: judge)),
          .cascade(Cascade(models: [0, 1, 2], threshold: 2, judge: free)), 2
        ),
      ] {
        for row in 0..<5 {
          let (after, before) = (
            replay.outcome(of: with, row: row), replay.outcome(of: without, row: row)
          )
          #expect(abs(after.cost - before.cost - consultations * fee) <= 1e-12)
          #expect(after.quality == before.quality)
        }
      }
    }
  }

  @Test("a cascade's budget counts the judge in the unit of the costs")
  func budgets() {
    let judge = Judge(.quality(error: 0), dollars: 100, milliseconds: 1)
    let cascade = Plan.cascade(
      Cascade(models: [0, 1], threshold: 2, budget: 50, judge: judge))
    let dollars = Replay(table(in: .dollars)).outcome(of: cascade, row: 0)
    let seconds = Replay(table(in: .seconds)).outcome(of: cascade, row: 0)
    #expect(dollars.quality == fixture.table.quality[0, 0])
    #expect(seconds.quality == fixture.table.quality[0, 1])
  }
}
