import CostQuality
import Foundation
import Matrices
import Outcomes
import Parallelism
import RouterBenchTesting
import Routing
import Testing

@testable import Routers

@Suite("Cascade and rerank routers")
struct CascadeRouterTests {
  private let fixture = Fixture(prompts: 90, models: 4, seed: 41, hasEvidence: true)

  private var lessons: Lessons { Lessons(fixture.table, features: fixture.features) }

  @Test("names say what is not usual")
  func names() {
    #expect(CascadeRouter().name == "cascade")
    #expect(CascadeRouter(judge: .quality(error: 0.1)).name == "cascade:e=0.1")
    #expect(
      CascadeRouter(
        judge: .confidence, order: .given(models: ["a", "b"]), threshold: -0.5, rule: .reference,
        budgets: [0.5, 1]
      ).name == "cascade:judge=confidence,t=-0.5,rule=reference,order=a>b,budgets=0.5+1.0")
    #expect(
      RerankRouter(judge: JudgeRecipe(.scorer, dollars: 0.25, milliseconds: 3)).name
        == "rerank:judge=scorer,dollars=0.25,ms=3.0")
  }

  @Test("budgets are the settings; several thresholds number them")
  func settings() throws {
    #expect(try CascadeRouter().fit(lessons).settings == CascadeRouter.paperBudgets)
    let swept = try CascadeRouter(judge: .confidence, budgets: [1, 0.5]).fit(lessons)
    #expect(swept.settings == (0..<40).map(Double.init))
    let given = try CascadeRouter(judge: .confidence, threshold: -1, budgets: [1, 0.5])
      .fit(lessons)
    #expect(given.settings == [0.5, 1])
    let order = CascadeOrder.byMeanCost(lessons)
    #expect(
      try given.plans(for: fixture.features.selecting(rows: [0]), at: 0.5) == [
        .cascade(Cascade(models: order, threshold: -1, budget: 0.5, judge: .confidence))
      ])
    #expect(try RerankRouter().fit(lessons).settings == [0])
  }

  @Test("the learned threshold is the best on the training prompts; equals go to the lowest")
  func learned() throws {
    for error in [0, 0.2] {
      let judge = Judge.quality(error: error)
      let trial = CascadeTrial(
        lessons, judge: judge, rule: .paper, budgets: CascadeRouter.paperBudgets)
      let order = CascadeOrder.byMeanCost(lessons)
      let fitted = try CascadeRouter(judge: .quality(error: error)).fit(lessons)
      let worths = [0, 0.25, 0.5, 0.75, 1].map { (trial.worth(order, thresholds: [$0]), $0) }
      let best = try #require(worths.max { $0.0 < $1.0 - 1e-12 })
      #expect(fitted.thresholds.count == 1)
      #expect(abs(fitted.thresholds[0] - best.1) <= 1e-12)
    }
  }

  @Test("a searched order is worth at least the usual one, and no single step improves it")
  func searched() throws {
    for judge in [JudgeRecipe.quality(error: 0.3), .confidence, .scorer] {
      let usual = try CascadeRouter(judge: judge, threshold: judge == .confidence ? -1 : 0.75)
        .fit(lessons)
      let found = try CascadeRouter(
        judge: judge, order: .searched, threshold: judge == .confidence ? -1 : 0.75
      ).fit(lessons)
      let trial = CascadeTrial(
        lessons, judge: found.judge, rule: .paper, budgets: CascadeRouter.paperBudgets)
      let worth = trial.worth(found.models, thresholds: found.thresholds)
      #expect(worth >= trial.worth(usual.models, thresholds: usual.thresholds))
      #expect(Set(found.models).count == found.models.count)
      #expect(
        trial.bestOrder(from: found.models, thresholds: found.thresholds) == found.models)
    }
  }

  @Test("training finds the answers that refuse")
  func scorer() {
    let scorer = ScorerTraining().scorer(of: fixture.table)
    func score(_ answer: String) -> Double {
      scorer.score(of: AnswerText(prompt: "What is 4 plus one?", answer: answer, model: 1))
    }
    #expect(score("It is 5.") > score("I cannot say what 4 is.") + 0.1)
    #expect(ScorerTraining().scorer(of: fixture.table) == scorer)
  }

  @Test("calibration finds the curves that answers were drawn from, and stays finite")
  func calibration() throws {
    let count = 20_000
    let truth = [(-0.5, 1.5), (2.0, 0.25)]
    var quality = Grid(rows: count, columns: 3)
    var confidence = quality
    var generator = SeededGenerator(seed: 9)
    for row in 0..<count {
      for (model, curve) in truth.enumerated() {
        let x = -4 * generator.unit()
        confidence[row, model] = x
        let chance = 1 / (1 + exp(-(curve.0 + curve.1 * x)))
        quality[row, model] = generator.unit() < chance ? 1 : 0
      }
      // Confidence tells right from wrong without fail.
      confidence[row, 2] = row % 2 == 0 ? -1 : -2
      quality[row, 2] = row % 2 == 0 ? 1 : 0
    }
    let ids = (0..<count).map { "\($0)" }
    let found = CalibrationTraining().calibration(
      of: OutcomeTable(
        models: ["a", "b", "c"], sampleIDs: ids, evalNames: ids, prompts: ids, quality: quality,
        cost: quality, confidence: confidence))
    for (model, curve) in truth.enumerated() {
      #expect(abs(found.intercepts[model] - curve.0) <= 0.15)
      #expect(abs(found.slopes[model] - curve.1) <= 0.08)
    }
    #expect(found.quality(confidence: -1, model: 2) > 0.99)
    #expect(found.quality(confidence: -2, model: 2) < 0.01)
  }

  @Test("a search refuses a missing confidence of any model, the last included")
  func searchedEvidence() throws {
    var confidence = try #require(fixture.table.confidence)
    let last = try #require(CascadeOrder.byMeanCost(lessons).last)
    confidence[5, last] = .nan
    let table = OutcomeTable(
      models: fixture.table.models, sampleIDs: fixture.table.sampleIDs,
      evalNames: fixture.table.evalNames, prompts: fixture.table.prompts,
      quality: fixture.table.quality, cost: fixture.table.cost, confidence: confidence)
    let lessons = Lessons(table, features: fixture.features)
    _ = try CascadeRouter(judge: .confidence).fit(lessons)
    let error = #expect(throws: RoutingError.self) {
      _ = try CascadeRouter(judge: .confidence, order: .searched).fit(lessons)
    }
    #expect(
      error?.description
        == "A judge needs the confidence of every answer, and 1 is missing (maker/model-3 1); leave "
        + "out the prompts that lack one first.")
  }

  @Test("bad settings are refused with a sentence")
  func refusals() throws {
    let bare = Fixture(prompts: 6, models: 2, seed: 4)
    let lessons = Lessons(bare.table, features: bare.features)
    let cases: [(any Router, String)] = [
      (
        CascadeRouter(judge: .quality(error: 1.5)),
        "The router cascade was given a judge of error 1.5; it needs a probability from 0 to 1."
      ),
      (
        RerankRouter(judge: .quality(error: -1)),
        "The router rerank was given a judge of error -1.0; it needs a probability from 0 to 1."
      ),
      (
        CascadeRouter(judge: JudgeRecipe(.quality(error: 0), dollars: -1)),
        "The router cascade was given -1.0 dollars a consultation; it needs a finite number of at "
          + "least 0."
      ),
      (
        CascadeRouter(threshold: .nan),
        "The router cascade was given the threshold nan; it needs a finite number."
      ),
      (
        CascadeRouter(budgets: []),
        "The router cascade was given no budget; it needs at least one."
      ),
      (
        CascadeRouter(budgets: [1, -1]),
        "The router cascade was given the budget -1.0; it needs finite dollars a prompt, at least "
          + "0."
      ),
      (
        CascadeRouter(order: .given(models: ["nobody"])),
        "The router cascade was given the model nobody; it needs some of maker/model-0, "
          + "maker/model-1."
      ),
      (
        CascadeRouter(order: .given(models: ["maker/model-1", "maker/model-1"])),
        "The router cascade was given the model maker/model-1 twice; it needs each model once at "
          + "most."
      ),
      (
        CascadeRouter(order: .given(models: [])),
        "The router cascade was given no model; it needs at least one."
      ),
      (
        CascadeRouter(judge: .confidence),
        "A judge needs the confidence of every answer, and the outcomes have none; read a file "
          + "that has them, or use another judge."
      ),
      (
        RerankRouter(judge: .scorer),
        "A judge needs the response of every answer, and the outcomes have none; read a file that "
          + "has them, or use another judge."
      ),
    ]
    for (recipe, sentence) in cases {
      let error = #expect(throws: RoutingError.self) { _ = try recipe.fit(lessons) }
      #expect(error?.description == sentence)
    }
    for recipe in [CascadeRouter(), RerankRouter()] as [any Router] {
      let error = #expect(throws: RoutingError.self) {
        _ = try recipe.fit(lessons.selecting(rows: []))
      }
      #expect(
        error?.description
          == "The router \(recipe.name) was given 0 training prompts and needs at least 1; choose a "
          + "smaller setting or give more data.")
    }
    let error = #expect(throws: RoutingError.self) {
      _ = try CascadeRouter().fit(lessons).plans(for: bare.features, at: 3)
    }
    #expect(
      error?.description
        == "The router cascade was given the setting 3.0; it needs one of its settings.")
  }
}
