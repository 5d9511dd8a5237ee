import Files
import Foundation
import Matrices
import Outcomes
import Parallelism
import Providers
import Testing

@testable import Construction

@Suite("The store of answers")
struct AnswerStoreTests {
  private func answer(_ text: String, repeated: Int = 0) -> CollectedAnswer {
    CollectedAnswer(
      texts: [text], finish: .stop, usage: TokenUsage(input: 10, output: 5), cost: 0.5,
      prices: TokenPrices(input: 0.01, output: 0.08, date: "d", source: "s"), version: "v",
      seconds: 1, secondsToFirstByte: 0.5, attempts: 1, time: 7)
  }

  private func sentence(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("Two that write are refused with a sentence; one may read beside")
  func lock() throws {
    let folder = try Scratch()
    let path = folder.path + "/a.sqlite"
    let first = try AnswerStore(path: path, for: .writing)
    #expect(
      sentence { _ = try AnswerStore(path: path, for: .writing) }
        == "\(path) is in use by another process that collects or scores; wait for it to end, or "
        + "name another store.")
    _ = try AnswerStore(path: path, for: .reading)
    withExtendedLifetime(first) {}
  }

  @Test("What is no store is refused with a sentence")
  func noStore() throws {
    let folder = try Scratch()
    let path = try folder.write(
      "sample_id,prompt\n1,2\n" + String(repeating: "x", count: 900), to: "a.csv")
    #expect(sentence { _ = try AnswerStore(path: path, for: .writing) }.contains("is no store"))
    #expect(
      sentence { _ = try AnswerStore(path: folder.path + "/b", for: .reading) }
        == "\(folder.path)/b is not there; collect answers into it first.")
  }

  @Test("Many that keep at once are all kept, and an error goes when its answer comes")
  func keeps() async throws {
    let folder = try Scratch()
    let path = folder.path + "/a.sqlite"
    let store = try AnswerStore(path: path, for: .writing)
    let plan = Made.plan([Made.model()], store: path)
    let items = Made.items(300)
    let enrolment = try store.enrol(plan, items)
    func place(_ index: Int) -> AnswerStore.Place {
      AnswerStore.Place(
        model: enrolment.models[0], prompt: enrolment.prompts[index], repeat: 0)
    }
    let error = CollectedError(
      cause: .overloaded, status: 503, message: "Busy.", attempts: 3, time: 1)
    try await store.keep(error, at: place(0), charge: CallCharge(calls: 3))
    #expect(try store.errors().map(\.cause) == ["overloaded"])
    #expect(try store.enrol(plan, items).state(0, 0, 0) == .failed)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<300 {
        group.addTask {
          try await store.keep(
            self.answer("\(index)"), at: place(index),
            charge: CallCharge(calls: 1, spent: Money(dollars: 0.5)))
        }
      }
      try await group.waitForAll()
    }
    #expect(try store.errors().isEmpty)
    #expect(try store.charged() == CallCharge(calls: 303, spent: Money(dollars: 150)))
    let again = try store.enrol(plan, items)
    #expect((0..<300).allSatisfy { again.state(0, $0, 0) == .answered })
    // Another connection sees them: they are committed.
    let database = try SQLiteDatabase(path: path)
    #expect(try database.run("SELECT count(*) FROM answers") == [[.integer(300)]])
    #expect(try database.run("SELECT count(*) FROM prices") == [[.integer(1)]])
  }

  @Test("Other settings are taken for a model without answers, and its errors are forgotten")
  func unanswered() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    var plan = Made.plan([Made.model(), Made.model("other")], store: store.path)
    let enrolment = try store.enrol(plan, Made.items(2))
    let error = CollectedError(
      cause: .badSettings, status: 400, message: "No max_tokens.", attempts: 1, time: 1)
    for model in 0..<2 {
      try await store.keep(
        error, at: enrolment.place(model, 0, 0), charge: CallCharge(calls: 1))
    }
    plan.models[0].sampling.maxTokens = nil
    let again = try store.enrol(plan, Made.items(2))
    #expect(again.models == enrolment.models)
    #expect(again.state(0, 0, 0) == .missing && again.state(1, 0, 0) == .failed)
    #expect(try store.charged().calls == 2)
  }

  @Test("Other settings or another question under the same name are refused")
  func changes() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    var plan = Made.plan([Made.model()], store: store.path)
    let enrolment = try store.enrol(plan, Made.items(2))
    try await store.keep(
      answer("a"), at: enrolment.place(0, 0, 0), charge: CallCharge(calls: 1))
    plan.models[0].sampling.temperature = 0.7
    #expect(
      sentence { _ = try store.enrol(plan, Made.items(2)) }.contains(
        "with other settings: temperature was null and is 0.7."))
    plan.models[0].sampling.temperature = nil
    plan.models[0].prices = nil
    let changed = [PromptItem(sampleID: "t.0", task: "t", turns: ["other"])]
    #expect(
      sentence { _ = try store.enrol(plan, changed) }.contains("another question with the id t.0"))
    // Right answers may change: nothing has to be asked for that.
    let corrected = [
      PromptItem(sampleID: "t.0", task: "t", turns: ["prompt 0 turn 0"], reference: .text("new"))
    ]
    _ = try store.enrol(plan, corrected)
  }

  @Test("Repeats come out as means with their variance, and evaluate's reader takes every form")
  func export() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let plan = Made.plan([Made.model("a"), Made.model("b")], store: store.path, repeats: 2)
    let items = Made.items(3)
    let enrolment = try store.enrol(plan, items)
    for model in 0..<2 {
      for item in 0..<3 {
        for repeated in 0..<2 where !(model == 1 && item == 2) {
          let text = repeated == 0 || model == 1 ? "it is \(item)" : "unsure"
          try await store.keep(
            answer(text),
            at: AnswerStore.Place(
              model: enrolment.models[model], prompt: enrolment.prompts[item], repeat: repeated),
            charge: CallCharge(calls: 1))
        }
      }
    }
    #expect(throws: ConstructionError.self) { try store.outcomes(includeResponses: false) }
    let scoring = try store.score(with: Scorers.builtIn)
    #expect(scoring.scored == 10 && scoring.unscorable.isEmpty && scoring.withoutScorer == 0)
    #expect(scoring.models.map(\.answers) == [6, 4] && scoring.models.map(\.mean) == [0.5, 1])
    #expect(scoring.models.map(\.unread) == [3, 0])
    #expect(scoring.readings.map(\.rule) == ["contained", "none"])
    #expect(try store.score(with: Scorers.builtIn, threads: Threads(5)) == scoring)
    let outcomes = try store.outcomes(includeResponses: true)
    #expect(outcomes.table.quality[0, 0] == 0.5 && outcomes.table.quality[0, 1] == 1)
    #expect(outcomes.table.quality[2, 1].isNaN)
    let variance = try #require(outcomes.extras.first { $0.name == "quality_variance" })
    #expect(variance.cells[0] == [.number(0.5), .number(0)])
    #expect(variance.cells[2][1] == .missing)
    for (name, format, shape) in [
      ("o.csv", OutcomeFormat.csv, OutcomeShape.wide), ("l.csv", .csv, .long),
      ("o.jsonl", .jsonLines, .wide), ("l.jsonl", .jsonLines, .long), ("o.rbt", .native, .wide),
    ] {
      let path = folder.path + "/" + name
      try OutcomeWriter.write(
        outcomes.table, to: path, format: format, shape: shape, extras: outcomes.extras)
      let reading = try OutcomeReading.read(path)
      #expect(reading.diagnostics.isClean, "\(name): \(reading.diagnostics.summary)")
      #expect(reading.diagnostics.summary.isEmpty || format == .native || shape == .long)
      #expect(reading.table.models == outcomes.table.models)
      #expect(reading.table.quality[0, 0] == 0.5, "\(name)")
      #expect(reading.table.inputTokens?[0, 0] == 10, "\(name)")
      #expect(reading.table.latency?[0, 0] == 1, "\(name)")
      #expect(reading.table.trueLabels?[1] == "1", "\(name)")
    }
    var count = 0
    try store.forEachAnswer { answer in
      count += 1
      #expect(answer["price_source"]?.text == "s")
      #expect(answer["price_date"]?.text == "d")
    }
    #expect(count == 10)
  }
}
