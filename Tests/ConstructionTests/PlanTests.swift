import Foundation
import Providers
import Testing
import Transport

@testable import Construction

@Suite("Plans")
struct PlanTests {
  private func parse(_ text: String) throws -> CollectionPlan {
    try CollectionPlan.parse(
      text, file: "plan.yaml", folder: URL(fileURLWithPath: "/data"),
      scorers: ["exact", "contains"])
  }

  private func sentence(_ text: String) -> String {
    do {
      _ = try parse(text)
      return "no error"
    } catch { return "\(error)" }
  }

  private let whole = """
    store: s.sqlite
    repeats: 2
    budget: {max_cost: 1.5, max_calls: 100}
    defaults:
      sampling: {max_tokens: 64, temperature: 0}
      limits: {concurrency: 3}
    models:
      - name: a
        provider: openai-compatible
        endpoint: http://h/v1/
        model: a-remote
        prices: {input: 1, output: 2, cached: 0.5, request: 0.01, date: 2026-01-02}
        sampling: {max_tokens: 8, stop: [x, y], extra: {min_p: 0.1, flags: [true, "1"]}}
        limits: {requests_per_minute: 60}
        timeouts: {first_byte: 5}
        retries: {attempts: 2}
      - {name: gpt-4o-mini, provider: openai}
      - {name: unknown-model, provider: anthropic, key_env: MY_KEY}
    tasks:
      - {name: t, file: q.csv, template: "{q}?", reference: a, scorer: exact, limit: 5}
    """

  @Test("A whole plan")
  func reads() throws {
    let plan = try parse(whole)
    #expect(plan.store == "/data/s.sqlite")
    #expect(plan.repeats == 2 && plan.maxCost == 1.5 && plan.maxCalls == 100)
    let a = plan.models[0]
    #expect(a.endpoint == "http://h/v1" && a.remoteName == "a-remote" && a.key == .none)
    #expect(a.prices?.input == 1e-6 && a.prices?.cached == 5e-7 && a.prices?.request == 0.01)
    #expect(a.sampling.maxTokens == 8 && a.sampling.temperature == 0)
    #expect(a.sampling.stop == ["x", "y"])
    #expect(
      a.sampling.extra == [
        "min_p": .number(0.1), "flags": .array([.boolean(true), .string("1")]),
      ])
    #expect(a.limits.concurrency == 3 && a.limits.requestsPerMinute == 60)
    #expect(a.timeouts.firstByte == 5 && a.retries.attempts == 2)
    #expect(a.line == 8)
    let mini = plan.models[1]
    #expect(mini.key == .variable("OPENAI_API_KEY"))
    #expect(mini.prices == PriceList.builtIn["gpt-4o-mini"])
    #expect(plan.models[2].key == .variable("MY_KEY"))
    #expect(plan.models[2].prices == nil)
    #expect(
      plan.tasks[0].source
        == .file(QuestionFile(file: "/data/q.csv", turns: ["{q}?"], reference: "a")))
    #expect(plan.tasks[0].selection == .first(5))
  }

  @Test("The same in JSON, with escapes that YAML does not know")
  func json() throws {
    let plan = try parse(
      """
      {"store": "s", "models": [{"name":"a","provider":"you","model":"smart"}],
       "tasks": [{"name": "t", "file": "f.csv", "template": "\\ud83d\\ude00 {q}\\n"}]}
      """)
    #expect(
      plan.tasks[0].source == .file(QuestionFile(file: "/data/f.csv", turns: ["😀 {q}\n"])))
  }

  @Test("Our own prices are not those of a server that uses a provider's names")
  func otherEndpoint() throws {
    let text = whole.replacing("provider: openai}", with: "provider: openai, endpoint: http://h}")
    #expect(try parse(text).models[1].prices == nil)
  }

  @Test("The commented example is a plan")
  func example() throws {
    let plan = try parse(CollectionPlan.example)
    #expect(plan.models.count == 2 && plan.tasks.count == 1)
    #expect(plan.models.allSatisfy { $0.mostOutputTokens == 512 })
  }

  @Test("All that is wrong is told at once, with lines and suggestions")
  func problems() {
    let text = whole.replacing("temperature: 0", with: "temprature: 0")
      .replacing("provider: openai}", with: "provider: openia}")
      .replacing("limit: 5", with: "limit: 0")
    #expect(
      sentence(text) == """
        plan.yaml, line 5: 'temprature' is no setting of sampling; did you mean 'temperature'?
        plan.yaml, line 5: 'temprature' is no setting of sampling; did you mean 'temperature'?
        plan.yaml, line 17: provider needs one of openai, together, perplexity, openai-compatible, \
        anthropic, you; found 'openia'; did you mean 'openai'?
        plan.yaml, line 20: limit needs a whole number of at least 1; found '0'.
        """)
  }

  @Test(
    "Mistakes",
    arguments: [
      ("a: [", "plan.yaml, line 2: did not find expected node content."),
      ("", "plan.yaml is empty; needed is a plan."),
      ("- a", "plan.yaml, line 1: the plan needs settings such as 'store: ...'; found a list."),
      ("a: 1\na: 2", "plan.yaml, line 2: 'a' stands here twice; remove one."),
      (
        "a: &x 1",
        "plan.yaml, line 1: anchors and aliases (& and *) are not read; write shared settings under "
          + "'defaults'."
      ),
      (
        "store: s\nmodels: []\ntasks: [{name: t, file: f}]",
        "plan.yaml, line 2: 'models' is empty; name at least one."
      ),
      (
        "store: s\ntasks: [{name: t, file: f}]\nmodels: [{name: a, provider: openai-compatible}]",
        "plan.yaml, line 3: A model of provider openai-compatible needs an 'endpoint', such as "
          + "http://127.0.0.1:8080/v1."
      ),
      (
        "store: s\ntasks: [{name: t, file: f}]\n"
          + "models: [{name: a, provider: openai, endpoint: 'http://u:p@h'}]",
        "plan.yaml, line 3: endpoint needs an address that begins with http:// or https:// and "
          + "holds no password; found 'http://h' with one; give it by key_env or key_file."
      ),
    ])
  func mistakes(text: String, expected: String) {
    let found = sentence(text)
    #expect(found.split(separator: "\n").first.map(String.init) == expected)
  }

  @Test(
    "Numbers that no run can use are refused",
    arguments: [
      ("sampling: {max_tokens: 9223372036854775807}", "max_tokens", "whole ", "1000000000"),
      ("limits: {concurrency: 9223372036854775807}", "concurrency", "whole ", "10000"),
      ("retries: {attempts: 9223372036854775807}", "attempts", "whole ", "1000000"),
      ("timeouts: {connect: 1e300}", "connect", "", "1000000"),
      ("timeouts: {total: 1e9}", "total", "", "1000000"),
      ("prices: {input: 1e300, output: 1}", "input", "", "1000000000"),
      ("prices: {input: 1, output: 1e10}", "output", "", "1000000000"),
      ("prices: {input: 1, output: 1, request: 1e6}", "request", "", "1000"),
      (
        "prices: {input: 1, output: 1, steps: [{input: 1, above: 9000000000}]}", "above", "whole ",
        "1000000000"
      ),
      (
        "prices: {input: 1, output: 1, steps: [{above: 9, cache_write: 1e300}]}", "cache_write", "",
        "1000000000"
      ),
    ])
  func greatNumbers(setting: String, name: String, kind: String, most: String) throws {
    let text =
      "store: s\ntasks: [{name: t, file: f}]\nmodels: [{name: a, provider: openai, \(setting)}]"
    let value = try #require(setting.matches(of: /[0-9e]{3,}/).last?.output)
    #expect(
      sentence(text)
        == "plan.yaml, line 3: \(name) needs a \(kind)number of at most \(most); found '\(value)'.")
    #expect(
      sentence("repeats: 9223372036854775807\n" + text).hasPrefix(
        "plan.yaml, line 1: repeats needs a whole number of at most 10000;"))
  }

  @Test("A plan gives prices of cache writes and prices above a number of tokens")
  func steppedPrices() throws {
    let text = """
      store: s
      tasks: [{name: t, file: f}]
      models:
        - name: a
          provider: openai
          prices:
            input: 2
            output: 8
            cached: 0.5
            cache_write: 2.5
            cache_write_1h: 4
            steps:
              - {above: 272000, output: 32}
              - {above: 200000, input: 4, output: 16, cached: 1, reasoning: 20, cache_write: 5}
      """
    let prices = try #require(try parse(text).models[0].prices)
    #expect(
      prices
        == TokenPrices(
          input: 2e-6, output: 8e-6, cached: 0.5e-6, cacheWrite: 2.5e-6, cacheWriteLong: 4e-6,
          steps: [
            PriceStep(
              above: 200_000, input: 4e-6, output: 16e-6, cached: 1e-6, reasoning: 20e-6,
              cacheWrite: 5e-6), PriceStep(above: 272_000, output: 32e-6),
          ], date: "", source: "the plan"))
    for (change, expected) in [
      (("above: 272000", "above: 200000"), "There are two steps above 200000 tokens; remove one."),
      (("above: 272000, ", ""), "a step has no 'above'; add it."),
      ((", output: 32", ""), "A step needs a price, such as 'input'; found none."),
      (("output: 32", "outputs: 32"), "'outputs' is no setting of a step; did you mean 'output'?"),
      (("output: 32", "output: -1"), "output needs a number of at least 0; found '-1'."),
    ] {
      #expect(sentence(text.replacing(change.0, with: change.1)).contains(expected), "\(expected)")
    }
  }

  @Test("A limit on cost needs prices and longest answers")
  func bounds() throws {
    var plan = try parse(whole)
    plan.models = [plan.models[2]]
    #expect(throws: ConstructionError.self) { try plan.requireBounds() }
    plan.models[0].prices = TokenPrices(input: 1, output: 1, date: "", source: "")
    try plan.requireBounds()
    plan.models[0].sampling.maxTokens = nil
    // Anthropic's protocol demands a limit, so there always is one.
    try plan.requireBounds()
    plan.models[0].provider = .together
    #expect(throws: ConstructionError.self) { try plan.requireBounds() }
  }

  @Test("A forecast adds up calls and costs, and knows what it does not know")
  func forecast() throws {
    var plan = try parse(whole)
    plan.tasks[0].name = "t"
    let items = Made.items(3, turns: 2)
    let forecast = PlanForecast(plan, items: items) { model, item, repeated in
      model == 0 && item == 0 && repeated == 1
    }
    #expect(forecast.rows.map(\.answers) == [5, 6, 6])
    #expect(forecast.rows.map(\.calls) == [10, 12, 12])
    #expect(forecast.rows[0].mostOutputTokens == 80)
    let (least, most) = (
      try #require(forecast.rows[0].leastCost), try #require(forecast.rows[0].mostCost)
    )
    #expect(least >= 0.1 && most > least)
    #expect(forecast.rows[2].leastCost == nil && forecast.rows[2].mostCost == nil)
    #expect(forecast.mostCost == nil)
  }
}
