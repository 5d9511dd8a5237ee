import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routers
import Routing
import Testing

@testable import Evaluation

@Suite("Latency beside cost and quality")
struct LatencyTests {
  private let fixture = Fixture(prompts: 120, models: 4, seed: 41, hasLatency: true)
  private let recipes: [any Router] = [
    NearestNeighborsRouter(neighbors: 7), LinearSupportVectorRouter(),
    CascadeRouter(judge: .quality(error: 0.1), budgets: [1e-4, 3e-4, 1e-3, 1]), RandomRouter(),
  ]

  private var lessons: Lessons {
    let rows = Array(0..<80)
    return Lessons(
      fixture.table.selecting(rows: rows), features: fixture.features.selecting(rows: rows))
  }

  private func exam(overhead: Overhead = .none) throws -> Exam {
    let rows = Array(80..<120)
    var exam = try Exam(
      fixture.table.selecting(rows: rows), features: fixture.features.selecting(rows: rows))
    exam.overhead = overhead
    return exam
  }

  private func recommendation(
    _ target: Recommendation.Target, within bound: Double?, _ recipes: [any Router]? = nil
  ) throws -> Recommendation {
    var exam = try exam()
    exam.ceiling = Ceiling(seconds: bound)
    return try Recommendation(
      for: target, among: recipes ?? self.recipes, exam: exam, taughtBy: lessons,
      bootstrap: Bootstrap(resamples: 60))
  }

  @Test(
    "every stop of a sweep takes the seconds that its replay takes", arguments: SweepGrid.allCases)
  func sweep(grid: SweepGrid) throws {
    let estimates = try NearestNeighborsRouter(neighbors: 5).fit(lessons)
      .estimates(for: fixture.features)
    let overhead = Overhead(dollars: 1, milliseconds: 125)
    let replay = Replay(fixture.table, overhead: overhead)
    for stop in Sweep(estimates, on: fixture.table, grid: grid, overhead: overhead).stops {
      let plans = estimates.plans(at: WillingnessToPay(dollars: stop.parameter?.value ?? -1))
      let seconds = plans.enumerated().reduce(0.125) { sum, plan in
        guard case .call(let model) = plan.element else { return .nan }
        return sum + (fixture.table.latency?[plan.offset, model] ?? .nan) / 120
      }
      #expect(abs((stop.seconds ?? .nan) - seconds) <= 1e-12)
      #expect(abs(replay.outcome(of: plans).seconds - seconds) <= 1e-12)
    }
  }

  @Test("kept points, models and their intervals tell seconds")
  func reported() throws {
    var experiment = Experiment(recipes)
    experiment.bootstrap = Bootstrap(resamples: 200)
    let outcome = try experiment.run(on: fixture.table, features: fixture.features)
    let split = try #require(outcome.tasks.first?.splits.first)
    #expect(split.systems.count == 1 + recipes.count)
    for reference in split.references {
      let interval = try #require(reference.intervals?.seconds)
      #expect(interval.contains(try #require(reference.seconds)), "\(reference.name)")
    }
    for system in split.systems {
      #expect(system.swept.allSatisfy { $0.seconds ?? 0 > 0 }, "\(system.name)")
      for kept in system.kept {
        #expect(kept.trainingSeconds ?? 0 > 0)
        let interval = try #require(kept.intervals?.seconds)
        #expect(interval.contains(try #require(kept.testSeconds)), "\(system.name)")
      }
    }
  }

  @Test("the Oracle that pays nothing for unsolved prompts keeps its seconds and intervals")
  func freeOracle() throws {
    var experiment = Experiment([RandomRouter()])
    experiment.bootstrap = Bootstrap(resamples: 20)
    let task = try experiment.run(on: fixture.table, features: fixture.features).tasks[0]
    let free = try #require(task.splits[0].references.first { $0.role == .oracleFreeWhenUnsolved })
    let shown = try #require(
      task.withOracleFreeWhenUnsolved.splits[0].references.first { $0.role == .oracle })
    #expect(shown.point == free.point && shown.intervals == free.intervals)
    #expect(shown.seconds == free.seconds && shown.seconds != nil && shown.intervals != nil)
  }

  @Test("missing latencies take the seconds from every point, and nothing else")
  func gaps() throws {
    var latency = try #require(fixture.table.latency)
    // Any split has some of these rows on both sides.
    for row in stride(from: 0, to: 120, by: 2) { latency[row, 2] = .nan }
    let whole = fixture.table
    let table = OutcomeTable(
      models: whole.models, sampleIDs: whole.sampleIDs, evalNames: whole.evalNames,
      prompts: whole.prompts, quality: whole.quality, cost: whole.cost, latency: latency)
    let experiment = Experiment(recipes)
    let gapped = try experiment.run(on: table, features: fixture.features)
    let full = try experiment.run(on: whole, features: fixture.features)
    let (left, right) = (gapped.tasks[0].splits[0], full.tasks[0].splits[0])
    #expect(left.references.allSatisfy { $0.seconds == nil && $0.intervals?.seconds == nil })
    for (gap, known) in zip(left.systems, right.systems) {
      #expect(gap.kept.map(\.test) == known.kept.map(\.test))
      #expect(gap.kept.allSatisfy { $0.testSeconds == nil && $0.intervals?.seconds == nil })
    }
  }

  @Test("with a bound, only operating points that keep it are kept, and they are the best of those")
  func bounded() throws {
    for recipe in recipes { try checkBounds(recipe) }
  }

  private func checkBounds(_ recipe: some Router) throws {
    let free = try Rehearsal(recipe, taughtBy: lessons, grid: .exact)
    let seconds = free.kept.compactMap(\.seconds)
    #expect(seconds.count == free.kept.count)
    let bound = (try #require(seconds.min()) + (try #require(seconds.max()))) / 2
    let kept = try Rehearsal(recipe, taughtBy: lessons, within: Ceiling(seconds: bound)).kept
    #expect(kept.allSatisfy { $0.seconds ?? .infinity <= bound * (1 + 1e-12) })
    let best = try #require(kept.last)
    for stop in free.kept where stop.seconds ?? .infinity <= bound {
      #expect(stop.point.quality <= best.point.quality + 1e-12, "\(recipe.name)")
    }
    #expect(
      try Rehearsal(recipe, taughtBy: lessons, within: Ceiling(seconds: .infinity)).kept
        == free.kept)
    let error = #expect(throws: RoutingError.self) {
      _ = try Rehearsal(recipe, taughtBy: lessons, within: Ceiling(seconds: 0.01))
    }
    #expect(
      error?.description.hasPrefix(
        "The router \(recipe.name) has no operating point of at most 0.01 seconds a prompt on "
          + "average: the fastest takes ") == true)
  }

  @Test(
    "under a bound the test hull is of the points that keep it, resampled too; the fastest where none does"
  )
  func boundedHull() throws {
    for recipe in recipes { try checkHull(recipe) }
  }

  private func checkHull(_ recipe: some Router) throws {
    var exam = try exam()
    let free = try exam.examine(recipe, taughtBy: lessons)
    let seconds = free.swept.compactMap(\.seconds)
    let bound = (try #require(seconds.min()) + (try #require(seconds.max()))) / 2
    exam.ceiling = Ceiling(seconds: bound)
    let rehearsal = try Rehearsal(recipe, taughtBy: lessons, within: Ceiling(seconds: .infinity))
    let bounded = try exam.sit(rehearsal)
    let allowed = free.swept.filter { $0.seconds ?? .infinity <= bound * (1 + 1e-12) }
    #expect(bounded.result.swept == free.swept)
    #expect(try bounded.result.testHull == NonDecreasingHull(of: allowed.map(\.point)))
    #expect(bounded.result.testHullAIQ <= free.testHullAIQ + 1e-12)
    let once = PromptDraws(Grid(rows: 1, columns: 40, repeating: 1))
    let drawn = bounded.hullPoints(in: once)[0]
    #expect(drawn.count == allowed.count, "\(recipe.name)")
    for (drawn, stop) in zip(drawn, allowed) {
      #expect(abs(drawn.cost - stop.point.cost) <= 1e-12)
      #expect(abs(drawn.quality - stop.point.quality) <= 1e-12)
    }
    exam.ceiling = Ceiling(seconds: 0.001)
    let fastest = try exam.examine(rehearsal)
    let least = try #require(seconds.min())
    for vertex in fastest.testHull.vertices {
      #expect(
        free.swept.contains { $0.point == vertex && $0.seconds ?? .infinity <= least * (1 + 1e-12) }
      )
    }
  }

  @Test(
    "while latency is swept, every stop tells its dollars, which can be bounded alone or beside seconds"
  )
  func dollars() throws {
    let whole = fixture.table
    let table = whole.replacingCost(with: try #require(whole.latency), in: .seconds)
    #expect(table.dollars == whole.cost && table.selecting(rows: [3]).dollars?.rows == 1)
    let overhead = Overhead(dollars: 1e-4, milliseconds: 125)
    let lessons = Lessons(table, features: fixture.features)
    let estimates = try NearestNeighborsRouter(neighbors: 5).fit(lessons)
      .estimates(for: fixture.features)
    let replay = Replay(whole, overhead: overhead)
    for stop in Sweep(estimates, on: table, grid: .exact, overhead: overhead).stops {
      let plans = estimates.plans(at: WillingnessToPay(dollars: stop.parameter?.value ?? -1))
      #expect(abs((stop.dollars ?? .nan) - replay.outcome(of: plans).cost) <= 1e-15)
    }
    let judge = Judge(.quality(error: 0.3), dollars: 2e-4, milliseconds: 300)
    for plan in [
      Plan.cascade(Cascade(models: [0, 2, 1], threshold: 0.6, judge: judge)),
      .rerank(Rerank(models: [3, 1], judge: judge)), .mixture(weights: [1, 0, 2, 1]),
    ] {
      let plans = [Plan](repeating: plan, count: table.count)
      let (seconds, dollars) = (
        Replay(table, overhead: overhead).outcome(of: plans), replay.outcome(of: plans)
      )
      // Without a budget a plan is the same whatever costs count.
      #expect(abs(seconds.dollars - dollars.cost) <= 1e-15 && dollars.dollars.isNaN)
      #expect(abs(seconds.cost - dollars.seconds) <= 1e-12)
    }
    for recipe in recipes { try checkDollars(recipe, lessons) }
  }

  private func checkDollars(_ recipe: some Router, _ lessons: Lessons) throws {
    let free = try Rehearsal(recipe, taughtBy: lessons).kept.compactMap(\.dollars)
    let bound = (try #require(free.min()) + (try #require(free.max()))) / 2
    let kept = try Rehearsal(recipe, taughtBy: lessons, within: Ceiling(dollars: bound)).kept
    #expect(!kept.isEmpty && kept.allSatisfy { $0.dollars ?? .infinity <= bound * (1 + 1e-12) })
    let error = #expect(throws: RoutingError.self) {
      _ = try Rehearsal(recipe, taughtBy: lessons, within: Ceiling(seconds: 1e3, dollars: 1e-9))
    }
    #expect(
      error?.description.hasPrefix(
        "The router \(recipe.name) has no operating point of at most 1e-09 dollars a prompt on average: "
          + "the cheapest takes ") == true)
  }

  @Test("a recommendation keeps budget and latency at once, and loses nothing when both are loose")
  func recommended() throws {
    let means = try #require(lessons.table.completeLatency?.columnMeans())
    let fastest = try #require(means.min())
    for bound in [fastest, 1.5 * fastest, 2 * fastest, 1000] {
      for target in [
        Recommendation.Target.budget(.infinity), .budget(lessons.meanCosts[3]), .quality(0.5),
      ] {
        let found = try recommendation(target, within: bound)
        for choice in found.choices {
          let parts = [choice.cheaper, choice.dearer].compactMap { $0?.trainingSeconds }
          #expect(parts.allSatisfy { $0 <= bound * (1 + 1e-12) }, "\(choice.system)")
          #expect(choice.trainingSeconds ?? .infinity <= bound * (1 + 1e-12))
          let seconds = try #require(choice.testSeconds)
          #expect(choice.intervals.seconds?.contains(seconds) == true, "\(choice.system)")
          switch target {
          case .budget(let budget): #expect(choice.training.cost <= budget * (1 + 1e-12))
          case .quality(let quality): #expect(choice.training.quality >= quality - 1e-12)
          }
        }
        if bound == 1000 {
          let free = try recommendation(target, within: nil)
          #expect(found.choices == free.choices)
        } else if target == .budget(.infinity) {
          #expect(found.choices.contains { $0.system == "zero" })
        }
      }
    }
  }

  @Test("a model off the hull of cost and quality is recommended where only it is fast enough")
  func offTheHull() throws {
    var (quality, cost) = (fixture.table.quality, fixture.table.cost)
    var latency = try #require(fixture.table.latency)
    for row in 0..<120 {
      // The last model is the dearest, not the best, and the only quick one.
      (quality[row, 3], cost[row, 3], latency[row, 3]) = (0.25, 1, 0.1)
    }
    let table = OutcomeTable(
      models: fixture.table.models, sampleIDs: fixture.table.sampleIDs,
      evalNames: fixture.table.evalNames, prompts: fixture.table.prompts, quality: quality,
      cost: cost, latency: latency)
    let rows = Array(0..<80)
    let lessons = Lessons(
      table.selecting(rows: rows), features: fixture.features.selecting(rows: rows))
    var exam = try Exam(
      table.selecting(rows: Array(80..<120)),
      features: fixture.features.selecting(rows: Array(80..<120)))
    func best(_ bound: Double?) throws -> Recommendation.Choice? {
      exam.ceiling = Ceiling(seconds: bound)
      return try Recommendation(
        for: .budget(.infinity), among: [], exam: exam, taughtBy: lessons,
        bootstrap: Bootstrap(resamples: 5)
      ).choices.first
    }
    #expect(try best(nil)?.dearer.model != "maker/model-3")
    #expect(try best(0.2)?.dearer.model == "maker/model-3")
    #expect(abs((try best(0.2)?.trainingSeconds ?? 0) - 0.1) <= 1e-12)
    #expect(try best(0.05) == nil)
  }

  @Test("what a router takes itself counts towards the bound")
  func overhead() throws {
    let recipe = NearestNeighborsRouter(neighbors: 7)
    let bound = try #require(Rehearsal(recipe, taughtBy: lessons).kept.compactMap(\.seconds).max())
    #expect(throws: Never.self) {
      try Rehearsal(recipe, taughtBy: lessons, within: Ceiling(seconds: bound))
    }
    #expect(throws: RoutingError.self) {
      try Rehearsal(
        recipe, taughtBy: lessons, overhead: Overhead(milliseconds: 10_000),
        within: Ceiling(seconds: bound))
    }
  }
}
