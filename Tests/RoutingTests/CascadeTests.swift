import Foundation
import Matrices
import Outcomes
import RouterBenchTesting
import Testing

@testable import Routing

@Suite("Cascades")
struct CascadeTests {
  private let table = Fixture(prompts: 40, models: 4, seed: 21).table

  private func near(_ found: ExpectedOutcome, _ expected: (cost: Double, quality: Double)) -> Bool {
    abs(found.cost - expected.cost) <= 1e-12 && abs(found.quality - expected.quality) <= 1e-12
  }

  @Test("equal the sum over every combination of errors, ties included", arguments: 1...4)
  func bruteForce(count: Int) throws {
    let outcomes = RecordedOutcomes(table)
    let models = Array([2, 0, 3, 1].prefix(count))
    for error in [0, 0.1, 0.5, 0.9, 1] {
      for threshold in [0, 0.25, 0.5, 0.75, 1, 1.5] {
        for budget in [0, 2e-4, 1e-3, 3e-3, .infinity] {
          for rule in BudgetRule.allCases {
            let cascade = Cascade(
              models: models, threshold: threshold, budget: budget, rule: rule,
              judge: .quality(error: error))
            for row in 0..<table.count {
              #expect(
                near(
                  try cascade.expectation(row: row, in: outcomes),
                  Brute.cascade(cascade, error: error, row: row, table: table)))
            }
          }
        }
      }
    }
  }

  @Test("without error and threshold the first answer is accepted")
  func first() throws {
    let outcomes = RecordedOutcomes(table)
    let cascade = Cascade(models: [3, 1], threshold: 0, judge: .quality(error: 0))
    for row in 0..<table.count {
      #expect(
        near(
          try cascade.expectation(row: row, in: outcomes),
          (table.cost[row, 3], table.quality[row, 3])))
    }
  }

  @Test("a judge that errs half the time does not see quality")
  func symmetric() throws {
    let turned = OutcomeTable(
      models: table.models, sampleIDs: table.sampleIDs, evalNames: table.evalNames,
      prompts: table.prompts,
      quality: Grid(rows: 40, columns: 4, values: table.quality.values.map { 1 - $0 }),
      cost: table.cost)
    for threshold in [0.25, 0.75, 1] {
      let cascade = Cascade(
        models: [0, 1, 2, 3], threshold: threshold, judge: .quality(error: 0.5))
      for row in 0..<table.count {
        let one = try cascade.expectation(row: row, in: RecordedOutcomes(table))
        let other = try cascade.expectation(row: row, in: RecordedOutcomes(turned))
        #expect(abs(one.cost - other.cost) <= 1e-12)
        #expect(abs(one.quality - (1 - other.quality)) <= 1e-12)
      }
    }
  }

  @Test("without a limit both budget rules agree")
  func unlimited() throws {
    let outcomes = RecordedOutcomes(table)
    for row in 0..<table.count {
      let both = try BudgetRule.allCases.map { rule in
        try Cascade(models: [0, 1, 2, 3], threshold: 1, rule: rule, judge: .quality(error: 0.2))
          .expectation(row: row, in: outcomes)
      }
      #expect(both[0].cost == both[1].cost && both[0].quality == both[1].quality)
    }
  }

  @Test("several budgets in one pass equal each alone")
  func budgets() throws {
    let outcomes = RecordedOutcomes(table)
    let budgets = [0, 1e-4, 5e-4, 1e-3, 2e-3, 1, .infinity]
    for rule in BudgetRule.allCases {
      let judge = Judge(.quality(error: 0.3), dollars: 1e-4)
      let cascade = Cascade(models: [1, 0, 3, 2], threshold: 0.75, rule: rule, judge: judge)
      for row in 0..<table.count {
        var found: [Int: ExpectedOutcome] = [:]
        try cascade.expectations(row: row, in: outcomes, budgets: budgets) { found[$0] = $1 }
        #expect(found.count == budgets.count)
        for (index, budget) in budgets.enumerated() {
          let alone = try Cascade(
            models: [1, 0, 3, 2], threshold: 0.75, budget: budget, rule: rule, judge: judge
          ).expectation(row: row, in: outcomes)
          #expect(found[index]?.cost == alone.cost && found[index]?.quality == alone.quality)
        }
      }
    }
  }

  @Test("thresholds compare with a tolerance: 1 - 0.9 reaches 0.1")
  func tolerance() {
    #expect(Opinion(score: 1 - 0.9).acceptance(threshold: 0.1) == 1)
    #expect(Opinion(score: 0.1 - 1e-9).acceptance(threshold: 0.1) == 0)
    #expect(Opinion(score: 0.9, flipped: 1 - 0.9, chance: 0.25).acceptance(threshold: 0.5) == 0.75)
  }

  @Test("the judge is paid for each consultation on which something depends")
  func price() throws {
    let names = ["a", "b", "c"]
    let table = OutcomeTable(
      models: ["x", "y", "z"], sampleIDs: names, evalNames: names, prompts: names,
      quality: Grid(rows: 3, columns: 3, values: [1, 1, 1, 0, 1, 1, 0, 0, 1]),
      cost: Grid(rows: 3, columns: 3, repeating: 2),
      latency: Grid(rows: 3, columns: 3, repeating: 1))
    let judge = Judge(.quality(error: 0), dollars: 0.5, milliseconds: 250)
    /// Cost, quality and seconds.
    func run(_ row: Int, _ budget: Double, _ rule: BudgetRule = .paper) throws -> [Double] {
      let found = try Cascade(
        models: [0, 1, 2], threshold: 1, budget: budget, rule: rule, judge: judge
      ).expectation(row: row, in: RecordedOutcomes(table))
      return [found.cost, found.quality, found.seconds]
    }
    // Accepted at once: one call, one consultation.
    #expect(try run(0, .infinity) == [2.5, 1, 1.25])
    // The last answer is returned whatever the judge says.
    #expect(try run(2, .infinity) == [7, 1, 3.5])
    // The budget ends with the first call, or with the consultation: nobody is consulted.
    #expect(try run(2, 2) == [2, 0, 1])
    #expect(try run(2, 2.5) == [2, 0, 1])
    #expect(try run(2, 2.6) == [4.5, 0, 2.25])
    #expect(try run(2, 4.5, .reference) == [2, 0, 1])
    #expect(try run(2, 4.6, .reference) == [4.5, 0, 2.25])
  }

  @Test("survives being saved, without a limit too")
  func saved() throws {
    let scorer = LearnedScorer(weights: [0.1, -2, 3])
    let judges = [
      Judge.quality(error: 0.1), .confidence, Judge(.scorer(scorer), dollars: 1, milliseconds: 2),
    ]
    for judge in judges {
      for budget in [0.5, .infinity] {
        let plan = Plan.cascade(
          Cascade(models: [1, 0], threshold: -0.25, budget: budget, judge: judge))
        let saved = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(Plan.self, from: saved) == plan)
      }
      let plan = Plan.rerank(Rerank(models: [1, 0], judge: judge))
      #expect(try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan)) == plan)
    }
  }

  @Test("plans are written under the names of their kinds, and read with the compiler's keys too")
  func keys() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let calibrated = Judge(
      .calibrated(ConfidenceCalibration(intercepts: [0.5, 1], slopes: [2, 4])))
    let (x, y) = (ModelID("x"), ModelID("y"))
    let judge = #"{"dollars":0,"milliseconds":0,"source":{"confidence":{}}}"#
    let cases: [(Plan, String, String)] = [
      (.none, #"{"none":{}}"#, #"{"none":{}}"#),
      (.call(model: 1), #"{"call":{"model":1}}"#, #"{"call":{"model":"y"}}"#),
      (
        .mixture(weights: [1, 3]),
        #"{"mix":[{"plan":{"call":{"model":0}},"probability":0.25},"#
          + #"{"plan":{"call":{"model":1}},"probability":0.75}]}"#,
        #"{"mix":[{"plan":{"call":{"model":"x"}},"probability":0.25},"#
          + #"{"plan":{"call":{"model":"y"}},"probability":0.75}]}"#
      ),
      (
        .cascade(Cascade(models: [1, 0], threshold: 0.5, budget: 2, judge: .confidence)),
        #"{"cascade":{"budget":2,"judge":\#(judge),"models":[1,0],"rule":"paper","threshold":0.5}}"#,
        #"{"cascade":{"budget":2,"judge":{"dollars":0,"milliseconds":0,"source":"confidence"},"#
          + #""models":["y","x"],"rule":"paper","threshold":0.5}}"#
      ),
      (
        .rerank(Rerank(models: [0], judge: calibrated)),
        #"{"rerank":{"judge":{"dollars":0,"milliseconds":0,"source":{"calibrated":"#
          + #"{"intercepts":[0.5,1],"slopes":[2,4]}}},"models":[0]}}"#,
        #"{"rerank":{"judge":{"curves":{"x":{"intercept":0.5,"slope":2},"y":{"intercept":1,"slope":4}},"#
          + #""dollars":0,"milliseconds":0,"source":"calibrated"},"models":["x"]}}"#
      ),
    ]
    for (plan, written, named) in cases {
      #expect(String(decoding: try encoder.encode(plan), as: UTF8.self) == written)
      let byName = try encoder.encode(NamedPlan(plan, models: [x, y]))
      #expect(String(decoding: byName, as: UTF8.self) == named)
    }
    let earlier =
      #"{"cascade":{"_0":{"budget":2,"judge":{"dollars":0,"milliseconds":0,"source":"#
      + #"{"scorer":{"_0":{"weights":[1,2]}}}},"models":[1],"rule":"paper","threshold":0.5}}}"#
    let scorer = Judge(.scorer(LearnedScorer(weights: [1, 2])))
    #expect(
      try JSONDecoder().decode(Plan.self, from: Data(earlier.utf8))
        == .cascade(Cascade(models: [1], threshold: 0.5, budget: 2, judge: scorer)))
    for text in [#"{}"#, #"{"ask":{}}"#, #"{"none":{},"call":{"model":0}}"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Plan.self, from: Data(text.utf8))
      }
    }
  }

  @Test("a saved plan that could not be made is refused, not run")
  func damaged() {
    let judge = #"{"source":{"confidence":{}},"dollars":0,"milliseconds":0}"#
    let wrong = #"{"source":{"quality":{"error":2}},"dollars":0,"milliseconds":0}"#
    let cascades = [
      #"{"models":[],"threshold":0,"rule":"paper","judge":\#(judge)}"#,
      #"{"models":[0],"threshold":0,"rule":"paper","judge":\#(wrong)}"#,
    ]
    for text in cascades {
      #expect(throws: DecodingError.self) {
        _ = try JSONDecoder().decode(Cascade.self, from: Data(text.utf8))
      }
    }
    #expect(throws: DecodingError.self) {
      _ = try JSONDecoder().decode(
        Rerank.self, from: Data(#"{"models":[],"judge":\#(judge)}"#.utf8))
    }
  }

  @Test("labels name what is asked")
  func labels() {
    let models = [ModelID("x"), ModelID("y")]
    let judge = Judge.confidence
    let cascade = Plan.cascade(Cascade(models: [1, 0], threshold: 0, judge: judge))
    #expect(cascade.label(models) == "y>x")
    #expect(Plan.rerank(Rerank(models: [0, 1], judge: judge)).label(models) == "x|y")
    #expect(Plan.mixture(weights: [1, 1]).label(models) == "0.5 x + 0.5 y")
    #expect(Plan.none.label(models) == "none")
  }
}
