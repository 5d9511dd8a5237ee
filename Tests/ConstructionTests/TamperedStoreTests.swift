import Files
import Foundation
import Matrices
import Outcomes
import Providers
import Testing

@testable import Construction

@Suite("Stores that another program has changed")
struct TamperedStoreTests {
  /// A store with an answer, an error, a verdict and a score, and the plan that made it.
  private func made(_ folder: Scratch) async throws -> (CollectionPlan, [PromptItem]) {
    let path = folder.path + "/a.sqlite"
    let store = try AnswerStore(path: path, for: .writing)
    var plan = Made.plan([Made.model("a"), Made.model("b")], store: path)
    plan.judges = [
      PlannedJudge(model: Made.model("j"), method: .grade(least: 1, most: 10), rubric: "Rate.")
    ]
    let items = [
      PromptItem(
        sampleID: "t.0", task: "t", turns: ["q", "r"], reference: .answers(["x", "y"]),
        scorer: "judge", judge: "j"),
      PromptItem(
        sampleID: "t.1", task: "t", turns: ["q"], reference: .choice("A"),
        choices: [Choice(label: "A", text: "x"), Choice(label: "B", text: "y")], scorer: "choice"),
    ]
    let provider = MadeProvider { request in
      if request.messages.contains(where: { $0.text.contains("Rate.") }) {
        return .success(Made.reply(saying: "[[7]]"))
      }
      if request.model == "b" {
        return .failure(ProviderFault(.badRequest, isRetryable: false, "no"))
      }
      var reply = Made.reply(saying: "A")
      reply.remark = "odd"
      return .success(reply)
    }
    _ = try await Collector(
      plan, items: items, store: store, providers: [provider, provider], judges: [provider]
    ).run()
    _ = try store.score(with: Scorers.builtIn)
    return (plan, items)
  }

  /// All that is ever read of a store.
  private func use(_ plan: CollectionPlan, _ items: [PromptItem]) async throws {
    let provider = MadeProvider { _ in .success(Made.reply(saying: "[[3]]")) }
    var failure: (any Error)?
    func attempt(_ body: () async throws -> Void) async {
      do { try await body() } catch {
        #expect(error is ConstructionError, "\(error)")
        #expect("\(error)".hasSuffix(".") || "\(error)".hasSuffix("\""), "\(error)")
        failure = failure ?? error
      }
    }
    await attempt {
      let store = try AnswerStore(path: plan.store, for: .reading)
      await attempt { try store.forEachAnswer { _ in } }
      await attempt { _ = try store.outcomes(includeResponses: true) }
      await attempt { _ = try store.errors() }
      await attempt { _ = try store.remarks() }
      await attempt { _ = try plan.forecast(items) }
    }
    await attempt {
      let store = try AnswerStore(path: plan.store, for: .writing)
      await attempt { _ = try store.score(with: Scorers.builtIn) }
      await attempt {
        _ = try await Collector(
          plan, items: items, store: store, providers: [provider, provider], judges: [provider]
        ).run(retriesErrors: true)
      }
      await attempt { _ = try store.judgingCost() }
      await attempt { _ = try store.outcomes(includeResponses: false) }
    }
    if let failure { throw failure }
  }

  /// Takes all rules off the tables, so that anything may stand in them.
  private func free(_ database: SQLiteDatabase, _ table: String) throws {
    try database.run("CREATE TABLE freed AS SELECT * FROM \(table)")
    try database.run("DROP TABLE \(table)")
    try database.run("ALTER TABLE freed RENAME TO \(table)")
  }

  private static let tables = [
    "facts", "models", "prompts", "prices", "answers", "errors", "judges", "judgements", "verdicts",
    "verdict_errors", "scores", "price_details", "answer_details", "verdict_details",
  ]

  @Test(
    "Any value in any column is used, passed over or refused with a sentence", arguments: tables)
  func mutations(table: String) async throws {
    let values = [
      "NULL", "-1", "9223372036854775807", "1.5", "9e999", "'x'", "x'00ff'", "char(0)",
    ]
    let source = try Scratch()
    let (plan, items) = try await made(source)
    let database = try SQLiteDatabase(path: plan.store)
    let columns = try database.run("SELECT name FROM pragma_table_info('\(table)')").compactMap {
      if case .text(let name) = $0[0] { name } else { nil }
    }
    #expect(!columns.isEmpty)
    try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    for column in columns {
      for value in values {
        let folder = try Scratch()
        var changed = plan
        changed.store = folder.path + "/b.sqlite"
        try FileManager.default.copyItem(atPath: plan.store, toPath: changed.store)
        let copy = try SQLiteDatabase(path: changed.store)
        try free(copy, table)
        try copy.run("UPDATE \(table) SET \(column) = \(value)")
        do { try await use(changed, items) } catch is ConstructionError {}
      }
    }
  }

  @Test(
    "What cannot be true is refused with a sentence that names it",
    arguments: [
      (
        "answers", "repeat = -1",
        "repeat in its table answers is -1 where a whole number of at least 0"
      ),
      ("answers", "text = NULL", "text in its table answers is missing where a text is needed"),
      ("answers", "input_tokens = 'many'", "input_tokens in its table answers is 'many' where"),
      ("answers", "cost = -0.5", "cost in its table answers is -0.5 where a number of at least 0"),
      ("answers", "seconds = 9e999", "seconds in its table answers is inf where"),
      ("answers", "earlier = 'x'", "earlier in its table answers is no list of texts"),
      ("errors", "repeat = 1.5", "repeat in its table errors is 1.5 where"),
      ("errors", "message = x'00'", "message in its table errors is bytes where a text"),
      ("scores", "score = 7", "score in its table scores is 7.0 where a number from 0 to 1"),
      ("prompts", "turns = '[]'", "turns in its table prompts cannot be read"),
      ("prompts", "reference = '{}'", "reference in its table prompts cannot be read"),
      ("judges", "settings = '{}'", "settings in its table judges are not those of a judge"),
      ("verdicts", "cost = 'free'", "cost in its table verdicts is 'free' where"),
    ])
  func sentences(table: String, change: String, words: String) async throws {
    let folder = try Scratch()
    let (plan, items) = try await made(folder)
    let database = try SQLiteDatabase(path: plan.store)
    try free(database, table)
    try database.run("UPDATE \(table) SET \(change)")
    var found: [String] = []
    for body in [
      { try AnswerStore(path: plan.store, for: .reading).forEachAnswer { _ in } },
      { _ = try AnswerStore(path: plan.store, for: .reading).errors() },
      { _ = try AnswerStore(path: plan.store, for: .writing).judgingCost() },
      { _ = try AnswerStore(path: plan.store, for: .writing).score(with: Scorers.builtIn) },
      { _ = try AnswerStore(path: plan.store, for: .writing).enrol(plan, items) },
      {
        let store = try AnswerStore(path: plan.store, for: .writing)
        _ = try store.texts(of: AnswerStore.Place(model: 1, prompt: 1, repeat: 0))
      },
    ] as [() throws -> Void] {
      do { try body() } catch { found.append("\(error)") }
    }
    #expect(
      found.contains {
        $0.hasPrefix("\(plan.store) is damaged, or another program has changed it: \(words)")
          && $0.hasSuffix("Restore a copy of it, or collect into another store.")
      }, "\(found)")
  }

  @Test(
    "A counter that is no whole number of at least 0 refuses the store",
    arguments: ["calls", "spent", "possibly_spent", "in_flight_calls", "in_flight_dollars"])
  func counters(name: String) async throws {
    for (value, shown) in [
      ("-1", "-1"), ("9223372036854775807", "9223372036854775807"), ("9.3e18", "9.3e+18"),
      ("0.0", "0.0"), ("'7'", "'7'"), ("NULL", "missing"), ("x'00'", "bytes"),
    ] {
      let folder = try Scratch()
      let path = folder.path + "/a.sqlite"
      _ = try AnswerStore(path: path, for: .writing)
      try SQLiteDatabase(path: path).run("UPDATE facts SET value = \(value) WHERE name = '\(name)'")
      for use in [AnswerStore.Use.reading, .writing] {
        do {
          _ = try AnswerStore(path: path, for: use)
          Issue.record("\(name) = \(value) is accepted")
        } catch {
          let unit = name.hasSuffix("calls") ? "calls" : "trillionths of a dollar"
          #expect(
            error.description
              == "\(path): its counter '\(name)' is \(shown) where a whole number from 0 to "
              + "9000000000000000000 is needed, so no limit could be kept. Restore a copy of the "
              + "store, or set the counter to what was really used, in \(unit): sqlite3 \(path) "
              + "\"UPDATE facts SET value = ... WHERE name = '\(name)'\"")
        }
      }
    }
  }

  @Test("Counters add up to their bound, stay whole and keep the limit")
  func saturation() async throws {
    let folder = try Scratch()
    let path = folder.path + "/a.sqlite"
    do {
      let store = try AnswerStore(path: path, for: .writing)
      for _ in 0..<12 {
        try await store.keep(
          CallCharge(
            calls: 1, spent: Money(dollars: 1e300), possiblySpent: Money(trillionths: .max)))
      }
      try await store.keep(mark: CallCharge(calls: 3, possiblySpent: .most))
    }
    let store = try AnswerStore(path: path, for: .writing)
    try store.settleEarlierRuns()
    let charged = try store.charged()
    #expect(charged == CallCharge(calls: 15, spent: .most, possiblySpent: .most))
    #expect(
      SpendingCap(dollars: 1e300, calls: nil, charged: charged).reserve(Money(dollars: 1))
        == .noDollars)
    let kinds = try SQLiteDatabase(path: path).run("SELECT DISTINCT typeof(value) FROM facts")
    #expect(Set(kinds) == [[.text("integer")], [.text("text")]])
  }

  @Test("A store from before there were details goes on")
  func older() async throws {
    let folder = try Scratch()
    let (plan, items) = try await made(folder)
    let database = try SQLiteDatabase(path: plan.store)
    for table in ["price_details", "answer_details", "verdict_details"] {
      try database.run("DROP TABLE \(table)")
    }
    var count = 0
    try AnswerStore(path: plan.store, for: .reading).forEachAnswer { _ in count += 1 }
    #expect(count == 2)
    try await use(plan, items)
  }
}
