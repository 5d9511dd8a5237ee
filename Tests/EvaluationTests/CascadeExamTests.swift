import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routers
import Routing
import Testing

@testable import Evaluation

@Suite("Cascades in an exam")
struct CascadeExamTests {
  private func lessons(_ seed: UInt64, hasEvidence: Bool = true) -> Lessons {
    let fixture = Fixture(prompts: 80, models: 3, seed: seed, hasEvidence: hasEvidence)
    return Lessons(fixture.table, features: fixture.features)
  }

  @Test("decisions name the sequence and its expected outcome, over stretches of budgets")
  func decisions() throws {
    var experiment = Experiment([
      CascadeRouter(judge: .quality(error: 0.1)), RerankRouter(judge: .quality(error: 0.1)),
      NearestNeighborsRouter(neighbors: 3),
    ])
    experiment.seeds = [1, 2]
    let lessons = lessons(3)
    let outcome = try experiment.run(on: lessons.table, features: lessons.features)
    #expect(outcome.tasks[0].notes == [])
    for seed in experiment.seeds {
      let split = try #require(outcome.tasks[0].splits.first { $0.seed == seed })
      let mine = outcome.decisions.filter { $0.seed == seed }
      let cascade = mine.filter { $0.system == "cascade:e=0.1" }
      #expect(cascade.allSatisfy { $0.model.split(separator: ">").count == 3 })
      #expect(cascade.allSatisfy { $0.expectedQuality == nil })
      let rerank = mine.filter { $0.system == "rerank:e=0.1" }
      #expect(rerank.count == split.testCount)
      #expect(rerank.allSatisfy { $0.model.split(separator: "|").count == 3 })
      let mean = rerank.reduce(0) { $0 + $1.quality } / Double(split.testCount)
      #expect(abs(mean - split.systems[2].kept[0].test.quality) <= 1e-12)
      #expect(mine.filter { $0.system == "knn:3" }.allSatisfy { $0.expectedQuality != nil })
    }
  }

  @Test("sampled runs spread around the exact points, and change nothing that is sure")
  func sampled() throws {
    var experiment = Experiment([
      CascadeRouter(judge: .quality(error: 0.3), budgets: [1]),
      RerankRouter(judge: .quality(error: 0.3)), NearestNeighborsRouter(neighbors: 3),
    ])
    experiment.bootstrap = nil
    let lessons = lessons(3)
    func run(_ seed: UInt64?) throws -> (TaskResult, [Decision]) {
      experiment.sampling = seed
      let outcome = try experiment.run(on: lessons.table, features: lessons.features)
      return (outcome.tasks[0], outcome.decisions)
    }
    let (exact, _) = try run(nil)
    let runs = try (0..<100).map { try run(UInt64($0)) }
    let systems = runs.map { $0.0.splits[0].systems }
    for place in 1...2 {
      let wanted = exact.splits[0].systems[place].kept[0].test
      let drawn = systems.map { $0[place].kept[0].test }
      for (values, wanted) in [
        (drawn.map(\.quality), wanted.quality), (drawn.map(\.cost), wanted.cost),
      ] {
        let spread = Spread(values)
        // Five standard errors.
        #expect(abs(spread.mean - wanted) <= 0.5 * (spread.standardDeviation ?? 0) + 1e-12)
      }
      #expect(Set(drawn.map(\.quality)).count > 5)
    }
    for systems in systems {
      #expect(systems[0] == exact.splits[0].systems[0] && systems[3] == exact.splits[0].systems[3])
    }
    #expect(try run(7).0 == runs[7].0)
    let rerank = runs[7].1.filter { $0.system == "rerank:e=0.3" }
    let mean = rerank.reduce(0) { $0 + $1.quality } / Double(rerank.count)
    #expect(abs(mean - systems[7][2].kept[0].test.quality) <= 1e-12)
  }

  @Test("an exam without a judge's confidences refuses with a count")
  func refusal() throws {
    let test = lessons(4, hasEvidence: false)
    let exam = try Exam(test.table, features: test.features)
    let error = #expect(throws: RoutingError.self) {
      _ = try exam.examine(CascadeRouter(judge: .confidence), taughtBy: lessons(5))
    }
    #expect(
      error?.description
        == "A judge needs the confidence of every answer, and the outcomes have none; read a file "
        + "that has them, or use another judge.")
  }

  @Test("a scorer's operating points are chosen by scorers that have not seen the answers")
  func folded() throws {
    let (training, test) = (lessons(6), lessons(7))
    let recipe = CascadeRouter(judge: .scorer, budgets: [1])
    let result = try Exam(test.table, features: test.features)
      .examine(recipe, taughtBy: training)
    #expect(result.swept.count == 20)
    let honest = try OutOfSample.stops(
      recipe, training, settings: recipe.fit(training).settings, folds: 5)
    for kept in result.kept {
      #expect(honest.contains { $0.parameter == kept.parameter && $0.point == kept.training })
    }
  }

  @Test("what is learned is not judged on the answers that it was learned from")
  func leavesOut() throws {
    let fixture = Fixture(prompts: 40, models: 4, seed: 3)
    let lessons = Lessons(fixture.table, features: fixture.features)
    func best(_ stops: [SweptPoint]) -> Double { stops.map(\.point.quality).max() ?? 0 }
    func points(_ recipe: CascadeRouter) throws -> (kept: [SweptPoint], own: [SweptPoint]) {
      let rehearsal = try Rehearsal(recipe, taughtBy: lessons)
      return (
        rehearsal.kept,
        try SweptPoint.onHull(
          Exam.stops(of: rehearsal.fitted, lessons.features, lessons.table, overhead: .none))
      )
    }
    let judge = JudgeRecipe.quality(error: 0.3)
    let given = try points(CascadeRouter(judge: judge, threshold: 0.5))
    #expect(given.kept == given.own)
    let learned = try points(CascadeRouter(judge: judge, order: .searched))
    #expect(learned.kept != learned.own)
    #expect(best(learned.kept) <= best(learned.own))
  }
}
