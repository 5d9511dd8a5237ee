import Files
import Foundation
import Loopback
import Outcomes
import Providers
import Synchronization
import Testing
import Transport

@testable import Construction

/// The whole way from a plan to the store, against a provider that fails as providers do.
@Suite("Collecting")
struct CollectorTests {
  /// What became of a single question.
  private struct Outcome {
    let progress: CollectionProgress.Model
    let errors: [AnswerStore.ErrorCount]
    let charged: CallCharge
    let answers: [JSONValue]
    /// Seconds that were waited, on the made clock.
    let waited: Double
    let asked: Int
  }

  private func collect(
    _ model: PlannedModel, questions: Int = 1, asked server: ProviderServer? = nil
  ) async throws -> Outcome {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let clock = MadeClock()
    let start = clock.now
    let http = try HTTPClient()
    let summary = try await Collector(
      Made.plan([model], store: store.path), items: Made.items(questions), store: store,
      providers: [model.client(http: http)], clock: clock.clock
    ).run()
    var answers: [JSONValue] = []
    try store.forEachAnswer { answers.append($0) }
    return Outcome(
      progress: summary.progress.models[0], errors: try store.errors(),
      charged: try store.charged(), answers: answers, waited: clock.now - start,
      asked: server?.count ?? 0)
  }

  /// Fails the first time and answers the second.
  private func once(_ reply: ProviderReply) async throws -> Outcome {
    let server = try ProviderServer { $0.earlier == 0 ? reply : .completion("fine") }
    let outcome = try await collect(Made.model(endpoint: server.address), asked: server)
    #expect(outcome.asked == 2)
    isAnswered(outcome)
    return outcome
  }

  private func isAnswered(_ outcome: Outcome) {
    #expect(outcome.errors.isEmpty)
    #expect(outcome.progress.answered == 1 && outcome.progress.retried == outcome.asked - 1)
    #expect(outcome.answers.first?["model_response"]?.text == "fine")
    #expect(outcome.charged.calls == outcome.asked)
  }

  /// Fails the first time by a timeout. On a busy machine the short timeouts here may end good
  /// answers too, which are asked for again, so the attempts are counted and not foreseen.
  private func timesOut(_ course: ProviderReply.Course, _ timeouts: HTTPTimeouts) async throws {
    let server = try ProviderServer {
      $0.earlier == 0
        ? ProviderReply.completion("lost").failing(course) : .completion("fine")
    }
    let outcome = try await collect(
      Made.model(endpoint: server.address, attempts: 1000, timeouts: timeouts), asked: server)
    #expect(outcome.asked >= 2 && outcome.charged.possiblySpent > .zero)
    isAnswered(outcome)
  }

  @Test(
    "429, 500, 503 and 529 without a wait: asked again after a wait of our own, not billed",
    arguments: [429, 500, 503, 529])
  func busy(status: Int) async throws {
    let outcome = try await once(.refusal(status))
    #expect(outcome.charged.possiblySpent == .zero)
    #expect(outcome.waited > 0 && outcome.waited < 0.5)
  }

  @Test(
    "Retry-After in seconds and as a date is kept to, whatever the clock here says",
    arguments: [429, 503])
  func retryAfter(status: Int) async throws {
    let seconds = try await once(.refusal(status, headers: [("Retry-After", "7")]))
    #expect(seconds.waited >= 7 && seconds.waited < 9)
    let date = try await once(
      .refusal(
        status,
        headers: [
          // The server's clock is years off, and so may ours be.
          ("Date", "Wed, 21 Oct 2015 07:28:00 GMT"),
          ("Retry-After", "Wed, 21 Oct 2015 07:28:30 GMT"),
        ]))
    #expect(date.waited >= 30 && date.waited < 35)
  }

  @Test("A wait beyond the deadline is not begun: the error is kept")
  func deadline() async throws {
    let server = try ProviderServer { _ in .refusal(429, headers: [("Retry-After", "100000")]) }
    let outcome = try await collect(Made.model(endpoint: server.address), asked: server)
    #expect(outcome.asked == 1)
    #expect(outcome.errors.map(\.cause) == ["rateLimited"])
    #expect(outcome.waited < 1)
  }

  @Test("A broken or truncated answer is asked for again and counted as possibly billed")
  func broken() async throws {
    let whole = ProviderReply.completion("lost")
    for course in [
      ProviderReply.Course.reset(0), .cut(0), .reset(60), .cut(120), .cut(200),
    ] {
      let outcome = try await once(whole.failing(course))
      #expect(outcome.charged.possiblySpent > .zero, "\(course)")
    }
    var wrong = whole.failing(.cut(10_000))
    wrong.headers.append(("Content-Length", "5000"))
    _ = try await once(wrong)
    wrong.headers[1].1 = "20"
    _ = try await once(wrong)
  }

  @Test("Hangs before and inside the answer, and one that only trickles, end by their timeouts")
  func slow() async throws {
    try await timesOut(.hang(0), HTTPTimeouts(firstByte: 0.3))
    try await timesOut(.hang(120), HTTPTimeouts(idle: 0.3))
    try await timesOut(.trickle(bytes: 1, seconds: 0.02), HTTPTimeouts(total: 1))
  }

  @Test("Pages, broken JSON and empty answers at 200 are asked again")
  func unreadable() async throws {
    for body in ["<html>Busy</html>", "{\"choices\": [", "{\"choices\": []}", ""] {
      _ = try await once(ProviderReply(200, [("Content-Type", "text/html")], body))
    }
  }

  @Test("A reply without usage is kept with an estimate that says so")
  func noUsage() async throws {
    let server = try ProviderServer { _ in .completion("eight by", usage: nil) }
    let outcome = try await collect(Made.model(endpoint: server.address))
    #expect(outcome.answers.first?["tokens_estimated"] == .integer(1))
    #expect(outcome.answers.first?["output_tokens"] == .integer(2))
    #expect(outcome.answers.first?["cost"]?.double ?? 0 > 0)
  }

  @Test(
    "Impossible counts of tokens keep the answer, at an estimate, and are named",
    arguments: ["9223372036854775807", "1e12", "-1", "1e400", "\"lots\""])
  func impossibleUsage(count: String) async throws {
    let server = try ProviderServer { _ in
      ProviderReply(
        200, [],
        #"{"choices": [{"message": {"content": "fine"}, "finish_reason": "stop"}], "#
          + #""usage": {"prompt_tokens": \#(count), "completion_tokens": 1}}"#)
    }
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let plan = Made.plan(
      [Made.model(endpoint: server.address)], store: store.path, repeats: 12)
    let provider = try plan.models[0].client(http: HTTPClient())
    let summary = try await Collector(
      plan, items: Made.items(2, turns: 3), store: store, providers: [provider]
    ).run()
    #expect(summary.progress.models[0].answered == 24 && server.count == 72)
    #expect(try store.errors().isEmpty)
    let remarks = try store.remarks()
    #expect(remarks.map(\.count) == [24])
    #expect(remarks[0].example.hasPrefix("The provider reports impossible token counts"))
    try store.forEachAnswer { answer in
      #expect(answer["tokens_estimated"] == .integer(1))
      #expect(answer["remark"]?.text == remarks[0].example)
      #expect(answer["cost"]?.double ?? 1 < 0.001)
    }
    #expect(try store.charged().spent < Money(dollars: 0.1))
  }

  @Test("A provider that states the greatest counts in its own type overflows nothing")
  func greatestUsage() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    var model = Made.model()
    model.sampling.maxTokens = .max
    model.limits.concurrency = .max
    model.prices = TokenPrices(input: 1e300, output: 1e300, date: "d", source: "s")
    model.limits.concurrency = 8
    let provider = MadeProvider { _ in
      var reply = Made.reply
      reply.usage = TokenUsage(input: .max, output: .max, cached: .max, reasoning: .max)
      return .success(reply)
    }
    let plan = Made.plan([model], store: store.path, repeats: 3)
    let items = Made.items(5, turns: 2)
    _ = PlanForecast(plan, items: items)
    let summary = try await Collector(plan, items: items, store: store, providers: [provider]).run()
    #expect(summary.progress.models[0].answered == 15)
    #expect(try store.charged() == CallCharge(calls: 30, spent: .most))
    try AnswerStore(path: store.path, for: .reading).forEachAnswer {
      #expect($0["cost"] == .number(2e6))
    }
  }

  @Test("Text behind a character of number 0 is stored, scored and exported")
  func zeroCharacters() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let provider = MadeProvider { _ in .success(Made.reply(saying: "a\0b it is 0")) }
    let items = [
      PromptItem(
        sampleID: "t.0", task: "t", turns: ["x\0y"], question: "x\0y", reference: .text("it is 0"),
        scorer: "contains")
    ]
    let plan = Made.plan([Made.model()], store: store.path)
    for _ in 0..<2 {
      _ = try await Collector(plan, items: items, store: store, providers: [provider]).run()
    }
    #expect(try store.charged().calls == 1)
    #expect(try store.score(with: Scorers.builtIn).models.map(\.mean) == [1])
    try store.forEachAnswer { #expect($0["model_response"]?.text == "a\0b it is 0") }
    let outcomes = try store.outcomes(includeResponses: true)
    #expect(outcomes.table.prompts[0] == "x\0y")
    #expect(outcomes.table.responses?[0, 0] == "a\0b it is 0")
  }

  @Test("Tokens written to a cache and steps of prices are stored with the answer")
  func details() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let provider = MadeProvider { _ in
      var reply = Made.reply
      reply.usage = TokenUsage(input: 300, output: 5, cacheWritten: 100, cacheWrittenLong: 50)
      return .success(reply)
    }
    for (place, steps) in [[], [PriceStep(above: 200, input: 2)]].enumerated() {
      let prices = TokenPrices(
        input: 1, output: 1, cacheWrite: 3, cacheWriteLong: 4, steps: steps, date: "d", source: "s")
      let plan = Made.plan(
        [Made.model("m", prices: prices)], store: store.path, repeats: 2 * place + 2)
      _ = try await Collector(
        plan, items: Made.items(1), store: store, providers: [provider]
      ).run()
    }
    var costs: [Double] = []
    try store.forEachAnswer {
      costs.append($0["cost"]?.double ?? 0)
      #expect($0["cache_written_tokens"] == .integer(100))
      #expect($0["cache_written_long_tokens"] == .integer(50) && $0["remark"] == nil)
    }
    #expect(costs == [655, 655, 805, 805])
    let database = try SQLiteDatabase(path: store.path)
    #expect(try database.run("SELECT count(*) FROM prices") == [[.integer(2)]])
    #expect(try database.run("SELECT count(*) FROM price_details") == [[.integer(2)]])
  }

  @Test("A huge body is given up, not read")
  func huge() async throws {
    let server = try ProviderServer { _ in
      ProviderReply(200, [("Content-Length", "99999999999")], "{")
    }
    let outcome = try await collect(Made.model(endpoint: server.address), asked: server)
    #expect(outcome.asked == 1)
    #expect(outcome.errors.map(\.cause) == ["tooLarge"])
  }

  @Test("A redirect stops the model: the key goes nowhere else")
  func redirect() async throws {
    let other = try ProviderServer { _ in .completion("stolen") }
    let server = try ProviderServer { _ in
      ProviderReply(308, [("Location", other.address + "/chat/completions")])
    }
    let outcome = try await collect(
      Made.model(endpoint: server.address, concurrency: 1), questions: 5, asked: server)
    #expect(other.count == 0 && outcome.asked == 1)
    #expect(outcome.errors.map(\.cause) == ["redirected"])
    #expect(outcome.progress.stopped != nil)
  }

  @Test("A refused connection is tried as often as allowed and kept as an error, unbilled")
  func refused() async throws {
    let outcome = try await collect(Made.model(attempts: 3))
    #expect(outcome.errors.map(\.cause) == ["noConnection"])
    #expect(outcome.charged.calls == 3 && outcome.charged.possiblySpent == .zero)
  }

  @Test(
    "A wrong key, no credit or no such model stops that model alone",
    arguments: [401, 402, 403, 404])
  func fatal(status: Int) async throws {
    let server = try ProviderServer { ask in
      ask.text.contains("\"good\"") ? .completion("fine") : .refusal(status)
    }
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let models = ["bad", "good"].map {
      Made.model($0, endpoint: server.address, concurrency: 2)
    }
    let http = try HTTPClient()
    let summary = try await Collector(
      Made.plan(models, store: store.path), items: Made.items(30), store: store,
      providers: models.map { try $0.client(http: http) }
    ).run()
    #expect(summary.progress.models[0].stopped != nil)
    #expect(summary.progress.models[0].failed <= 2)
    #expect(summary.progress.models[1].answered == 30)
    #expect(try store.charged().calls <= 32)
  }

  @Test("Twenty calls in a row that were given up stop a model")
  func breaker() async throws {
    let outcome = try await collect(Made.model(concurrency: 1, attempts: 1), questions: 100)
    #expect(outcome.progress.failed == 20)
    #expect(outcome.progress.stopped?.hasPrefix("20 calls in a row") == true)
  }

  @Test("Errors wait for --retry-errors and are gone once answered; answers are never asked twice")
  func retryErrors() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let isDown = Mutex(true)
    let asked = Mutex<[String: Int]>([:])
    let provider = MadeProvider { request in
      let text = request.messages[0].text
      asked.withLock { $0[text, default: 0] += 1 }
      return text.contains("prompt 3 ") && isDown.withLock { $0 }
        ? .failure(ProviderFault(.badRequest, isRetryable: false, "Too odd."))
        : .success(Made.reply)
    }
    func run(_ retriesErrors: Bool) async throws -> Collector.Summary {
      try await Collector(
        Made.plan([Made.model()], store: store.path), items: Made.items(10), store: store,
        providers: [provider]
      ).run(retriesErrors: retriesErrors)
    }
    #expect(try await run(false).progress.models[0].failed == 1)
    isDown.withLock { $0 = false }
    let second = try await run(false)
    #expect(second.progress.models[0].leftAlone == 1 && second.progress.models[0].answered == 0)
    let third = try await run(true)
    #expect(third.progress.models[0].answered == 1)
    #expect(try store.errors().isEmpty)
    #expect(asked.withLock { $0.values.reduce(0, +) } == 11)
  }

  @Test("Two turns are one conversation and one answer, each turn charged")
  func turns() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let requests = Mutex<[ChatRequest]>([])
    let provider = MadeProvider { request in
      requests.withLock { $0.append(request) }
      return .success(Made.reply)
    }
    let summary = try await Collector(
      Made.plan([Made.model()], store: store.path), items: Made.items(1, turns: 2), store: store,
      providers: [provider]
    ).run()
    #expect(requests.withLock { $0.map(\.messages.count) } == [1, 3])
    #expect(summary.progress.charged.calls == 2)
    var answers: [JSONValue] = []
    try store.forEachAnswer { answers.append($0) }
    #expect(answers.count == 1)
    #expect(answers[0]["earlier_responses"]?.text == #"["fine"]"#)
    #expect(answers[0]["input_tokens"] == .integer(20))
    #expect(answers[0]["latency_seconds"]?.double == 1)
  }

  @Test("Told to stop, it ends what is under way, keeps it and can go on later")
  func stops() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    let stop = StopSignal()
    let made = Mutex(0)
    let provider = MadeProvider { _ in
      if made.withLock({
        $0 += 1; return $0
      }) == 10 {
        stop.stop()
      }
      return .success(Made.reply)
    }
    func collector() throws -> Collector {
      try Collector(
        Made.plan([Made.model()], store: store.path), items: Made.items(100), store: store,
        providers: [provider])
    }
    let first = try await collector().run(stop: stop)
    #expect(first.ending == .stopped)
    let kept = first.progress.models[0].answered
    #expect(kept >= 10 && kept < 20)
    let second = try await collector().run()
    #expect(second.progress.models[0].before == kept)
    #expect(second.progress.models[0].answered == 100 - kept)
    #expect(made.withLock { $0 } == 100)
  }

  @Test("No more calls at once than the plan says")
  func concurrency() async throws {
    let server = try ProviderServer { _ in
      Thread.sleep(forTimeInterval: 0.002)
      return .completion("fine")
    }
    let outcome = try await collect(
      Made.model(endpoint: server.address, concurrency: 5), questions: 200, asked: server)
    #expect(outcome.progress.answered == 200 && outcome.asked == 200)
    #expect(server.mostAtOnce <= 5)
  }
}
