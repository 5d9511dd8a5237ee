import Files
import Foundation
import Loopback
import Synchronization
import Testing

/// The collector is killed again and again; the provider counts what it is asked.
@Suite("Killing the collector")
struct CollectKillTests {
  private static let questions = 600
  private static let concurrency = 8
  private static let kills = 60

  private final class Book: Sendable {
    let counts = Mutex<[String: Int]>([:])
    private let gate = NSCondition()
    private let most = Mutex(Int.max)

    /// Answers no more than so many requests, so that nothing ends before it is killed.
    func answer(_ count: Int) {
      gate.lock()
      most.withLock { $0 = count }
      gate.broadcast()
      gate.unlock()
    }

    /// Waits until a request may be answered.
    func wait(_ earlier: Int) {
      gate.lock()
      while most.withLock({ $0 }) <= earlier { gate.wait() }
      gate.unlock()
    }
  }

  /// A provider that answers each question always the same way and counts them.
  private func provider(_ book: Book) throws -> ProviderServer {
    try ProviderServer(keepsAsks: false) { ask in
      let text = ask.text
      book.counts.withLock { $0[text, default: 0] += 1 }
      book.wait(ask.earlier)
      let number = text.firstMatch(of: #/item ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
      Thread.sleep(forTimeInterval: Double(number % 5) / 1000)
      // Some answers need a second attempt.
      if number.isMultiple(of: 50), number % 100 == 0 || ask.earlier.isMultiple(of: 2) {
        let isFirst = book.counts.withLock { $0[text] == 1 }
        if isFirst { return .refusal(500) }
      }
      return .completion("It is \(number).", usage: (number % 11 + 1, number % 7 + 1))
    }
  }

  private func plan(_ server: ProviderServer, _ folder: ScratchDirectory) throws -> String {
    var rows = "id,question,answer\n"
    for index in 0..<Self.questions { rows += "\(index),What is item \(index)?,\(index)\n" }
    try rows.write(toFile: folder.path + "/q.csv", atomically: true, encoding: .utf8)
    let model =
      "provider: openai-compatible, endpoint: \(server.address), prices: {input: 1, output: 2}"
    let text = """
      store: answers.sqlite
      defaults:
        sampling: {max_tokens: 16}
        limits: {concurrency: \(Self.concurrency / 2)}
        retries: {attempts: 10, first_delay: 0.001, longest_delay: 0.01}
      models:
        - {name: a, \(model)}
        - {name: b, \(model)}
      tasks:
        - {name: t, file: q.csv, id: id, prompt: question, reference: answer, scorer: contains}
      """
    try text.write(toFile: folder.path + "/plan.yaml", atomically: true, encoding: .utf8)
    return folder.path + "/plan.yaml"
  }

  /// All that a store holds but times, attempts and what was charged for them.
  private func content(_ folder: ScratchDirectory) throws -> [[SQLiteValue]] {
    let database = try SQLiteDatabase(path: folder.path + "/answers.sqlite")
    var rows = try database.run("SELECT id, name FROM models ORDER BY id")
    rows += try database.run(
      "SELECT id, sample_id, task, system, turns, reference, scorer FROM prompts ORDER BY id")
    rows += try database.run(
      """
      SELECT model, prompt, repeat, text, earlier, finish, input_tokens, output_tokens,
        cached_tokens, reasoning_tokens, is_estimated, cost, version
      FROM answers ORDER BY model, prompt, repeat
      """)
    rows += try database.run("SELECT * FROM errors")
    return rows
  }

  /// The questions that a store has answers to, as the texts that the provider would be asked.
  private func answered(_ folder: ScratchDirectory) throws -> [(model: String, question: String)] {
    guard FileManager.default.fileExists(atPath: folder.path + "/answers.sqlite") else { return [] }
    let database = try SQLiteDatabase(path: folder.path + "/answers.sqlite")
    let tables = try database.run("SELECT name FROM sqlite_master WHERE name = 'answers'")
    if tables.isEmpty { return [] }
    return try database.run(
      """
      SELECT m.name, p.turns FROM answers a JOIN models m ON m.id = a.model
      JOIN prompts p ON p.id = a.prompt
      """
    ).compactMap { row in
      guard case .text(let model) = row[0], case .text(let turns) = row[1] else { return nil }
      return (model, String(turns.dropFirst(2).dropLast(2)))
    }
  }

  @Test("Killed sixty times over one run: no answer lost, none paid twice that was on record")
  func kills() throws {
    let (calm, calmFolder) = (try provider(Book()), try ScratchDirectory())
    #expect(try Tool.run("collect", plan(calm, calmFolder), "--quiet").status == 0)

    let book = Book()
    let (server, folder) = (try provider(book), try ScratchDirectory())
    let path = try plan(server, folder)
    var state: UInt64 = 12345
    func chance(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    /// How often each answered question had been asked when it was first seen on record.
    var onRecord: [String: Int] = [:]
    var (kills, interrupted) = (0, 0)
    while kills < Self.kills {
      let before = server.count
      book.answer(before + 18)
      let process = try Tool.start(["collect", path, "--quiet"])
      let target = before + 1 + chance(18)
      while server.count < target, process.isRunning { usleep(200) }
      usleep(UInt32(chance(8000)))
      if process.isRunning { interrupted += 1 }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      kills += 1
      // What the killed process had sent may still be on its way to the provider's count.
      book.answer(.max)
      server.drain()
      let counts = book.counts.withLock { $0 }
      for (model, question) in try answered(folder) {
        let body = body(model, question)
        #expect(counts[body] != nil, "\(question) was answered and never asked.")
        if onRecord[body] == nil { onRecord[body] = counts[body] }
      }
    }
    #expect(interrupted >= 50, "Only \(interrupted) kills met a living process.")
    #expect(!onRecord.isEmpty)
    let last = try Tool.run("collect", path, "--quiet")
    #expect(last.status == 0, "\(last.remarks)")

    #expect(try content(folder) == content(calmFolder))
    let counts = book.counts.withLock { $0 }
    #expect(counts.count == 2 * Self.questions)
    for (body, count) in onRecord { #expect(counts[body] == count, "\(body) was asked again.") }
    let total = counts.values.reduce(0, +)
    let twice = total - 2 * Self.questions
    // Ten or so questions fail at first by design; the rest were under way when a kill came.
    #expect(twice <= Self.kills * Self.concurrency + 24)
    let database = try SQLiteDatabase(path: folder.path + "/answers.sqlite")
    guard
      case .integer(let charged)? = try database.run(
        "SELECT value FROM facts WHERE name = 'calls'"
      ).first?.first
    else {
      Issue.record("The store does not say how many calls it took.")
      return
    }
    // The store's own count includes all that may have been made by processes that were killed.
    #expect(Int(charged) >= total)
    print(
      "killed \(interrupted) of \(Self.kills) times while it ran; \(total) calls for "
        + "\(2 * Self.questions) answers, \(twice) of them again; \(onRecord.count) answers seen on "
        + "record between kills, none asked again")
  }

  @Test("A limit on calls holds over kills")
  func limit() throws {
    let book = Book()
    let (server, folder) = (try provider(book), try ScratchDirectory())
    let path = try plan(server, folder)
    for round in 0..<20 {
      let process = try Tool.start(["collect", path, "--quiet", "--max-calls", "200"])
      let target = server.count + round
      while server.count < target, process.isRunning { usleep(200) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(try Tool.run("collect", path, "--quiet", "--max-calls", "200").status == 1)
    server.drain()
    #expect(server.count <= 200)
  }

  private func body(_ model: String, _ question: String) -> String {
    #"{"max_tokens":16,"messages":[{"content":"\#(question)","role":"user"}],"#
      + #""model":"\#(model)","stream":false}"#
  }
}
