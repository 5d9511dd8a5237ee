import Files
import Foundation
import Loopback
import Testing

/// The command that collects, against a provider on this machine.
@Suite("Collecting answers")
struct CollectTests {
  /// Writes a plan and its questions.
  private func plan(
    _ server: ProviderServer, _ folder: ScratchDirectory, questions: Int, concurrency: Int = 4,
    store: String = "answers.sqlite", key: String = "none"
  ) throws -> String {
    var rows = "id,question,answer\n"
    for index in 0..<questions { rows += "\(index),What is item \(index)?,\(index)\n" }
    try rows.write(toFile: folder.path + "/q.csv", atomically: true, encoding: .utf8)
    let model = "provider: openai-compatible, endpoint: \(server.address)/v1, key_env: \(key)"
    let text = """
      store: \(store)
      defaults:
        sampling: {max_tokens: 16, temperature: 0}
        limits: {concurrency: \(concurrency)}
      models:
        - {name: small, \(model), prices: {input: 1, output: 2}}
        - {name: large, \(model), prices: {input: 10, output: 20}}
      tasks:
        - {name: mine, file: q.csv, id: id, prompt: question, reference: answer, scorer: contains}
      """
    let path = folder.path + "/\(store).yaml"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// The same answer to the same question, whenever it is asked.
  private func provider(
    keepsAsks: Bool = true, count: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> ProviderServer {
    try ProviderServer(keepsAsks: keepsAsks) { ask in
      let text = ask.text
      count(text)
      let number = text.firstMatch(of: #/item ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
      let isRight = text.contains("\"large\"") || number.isMultiple(of: 3)
      return .completion(isRight ? "It is \(number)." : "Who knows?", usage: (10, number % 7 + 1))
    }
  }

  @Test("The public tasks are listed, for people and for programs")
  func tasks() throws {
    let list = try Tool.run("collect", "tasks")
    #expect(list.status == 0 && list.output.contains("14,042"))
    let cards = try JSONSerialization.jsonObject(
      with: Data(try Tool.run("collect", "tasks", "--json").output.utf8))
    let names = (cards as? [[String: Any]])?.compactMap { $0["name"] as? String }
    #expect(names?.count == 8 && names?.first == "mmlu")
    #expect(try Tool.run("collect", "plan.yaml", "--json").status == 2)
  }

  @Test("From a plan over a dry run, answers and grades to an evaluation")
  func wholeWay() throws {
    let (server, folder) = (try provider(), try ScratchDirectory())
    let path = try plan(server, folder, questions: 40)
    let store = folder.path + "/answers.sqlite"
    let dry = try Tool.run("collect", path, "--dry-run")
    #expect(dry.status == 0)
    #expect(dry.output.contains("80 calls in all"))
    #expect(server.count == 0)
    #expect(!FileManager.default.fileExists(atPath: store))

    let first = try Tool.run("collect", path, "--max-calls", "50")
    #expect(first.status == 1)
    #expect(first.remarks.contains("The limit on calls is reached."))
    #expect(server.count == 50)
    let second = try Tool.run("collect", path)
    #expect(second.status == 0, "\(second.remarks)")
    #expect(server.count == 80)
    #expect(try Tool.run("collect", path).status == 0)
    #expect(server.count == 80)

    let scored = try Tool.run("score", store).output
    #expect(scored.hasSuffix("\n80 answers graded.\n"), "\(scored)")
    let rows = scored.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.contains(["large", "40", "40", "1.000", "0", "0", "0"]), "\(scored)")
    for name in ["o.csv", "o.jsonl", "o.rbt"] {
      let out = folder.path + "/" + name
      #expect(try Tool.run("export", store, out).status == 0)
      let inspected = try Tool.run("inspect", out)
      #expect(inspected.output.contains("40 rows, 2 models, 1 task"), "\(inspected.output)")
      #expect(inspected.output.contains("large   1.0000"), "\(inspected.output)")
    }
    let answer = try Tool.run(
      "evaluate", folder.path + "/o.csv", "--encoder", "builtin", "--routers", "knn:2", "--quiet",
      "--out", folder.path + "/report")
    #expect(answer.status == 0, "\(answer.remarks)")
    #expect(server.count == 80)
  }

  @Test("A limit on cost holds, and is refused where a price is unknown")
  func maxCost() throws {
    let (server, folder) = (try provider(), try ScratchDirectory())
    let path = try plan(server, folder, questions: 200)
    let answer = try Tool.run("collect", path, "--max-cost", "0.01")
    #expect(answer.status == 1)
    #expect(answer.remarks.contains("The limit on cost is reached"))
    var spent = 0.0
    for ask in server.asks {
      let number = ask.text.firstMatch(of: #/item ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
      let unit = ask.text.contains("\"large\"") ? 1e-5 : 1e-6
      spent += 10 * unit + Double(number % 7 + 1) * 2 * unit
    }
    #expect(spent <= 0.01 && spent > 0.005)

    let unknown = folder.path + "/unknown.yaml"
    try String(contentsOfFile: path, encoding: .utf8)
      .replacing(", prices: {input: 10, output: 20}", with: "")
      .write(toFile: unknown, atomically: true, encoding: .utf8)
    let count = server.count
    let refused = try Tool.run("collect", unknown, "--max-cost", "1")
    #expect(refused.status == 3)
    #expect(refused.remarks.contains("that of large is unknown"))
    #expect(server.count == count)
    #expect(try Tool.run("collect", unknown, "--dry-run").output.contains("unknown"))
  }

  @Test("A plan with mistakes sends nothing and names them with their lines")
  func mistakes() throws {
    let (server, folder) = (try provider(), try ScratchDirectory())
    let path = try plan(server, folder, questions: 3)
    let bad = try String(contentsOfFile: path, encoding: .utf8).replacing(
      "temperature", with: "temprature")
    try bad.write(toFile: path, atomically: true, encoding: .utf8)
    let answer = try Tool.run("collect", path)
    #expect(answer.status == 3)
    #expect(answer.remarks.contains("line 3: 'temprature' is no setting of sampling; did you mean"))
    #expect(server.count == 0)
  }

  @Test("A key is sent, and stands neither in the output nor in the store")
  func keys() throws {
    let server = try ProviderServer { ask in
      ask.earlier == 0
        ? .refusal(400, "you sent \(ask.headers["authorization"] ?? "")") : .completion("sk-test-1")
    }
    let folder = try ScratchDirectory()
    let path = try plan(server, folder, questions: 2, concurrency: 1, key: "MADE_KEY")
    let missing = try Tool.run("collect", path, environment: ["MADE_KEY": ""])
    #expect(missing.status == 3)
    #expect(missing.remarks.contains("taken from MADE_KEY, which is not set"))
    let answer = try Tool.run("collect", path, environment: ["MADE_KEY": "sk-test-1"])
    #expect(server.asks.allSatisfy { $0.headers["authorization"] == "Bearer sk-test-1" })
    #expect(answer.remarks.contains("you sent Bearer [key]"))
    var kept: [UInt8] = Array((answer.output + answer.remarks).utf8)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      kept += try MappedFile(path: folder.path + "/" + name).withUnsafeBytes { [UInt8]($0) }
    }
    #expect(!String(decoding: kept, as: UTF8.self).contains("sk-test-1"))
  }

  @Test("Two processes on one store are refused with a sentence")
  func lock() throws {
    let (server, folder) = (
      try ProviderServer { _ in ProviderReply(200, [], "x", .hang(0)) }, try ScratchDirectory()
    )
    let path = try plan(server, folder, questions: 3)
    let first = try Tool.start(["collect", path])
    defer {
      kill(first.processIdentifier, SIGKILL)
      first.waitUntilExit()
    }
    while server.count == 0 { Thread.sleep(forTimeInterval: 0.01) }
    let second = try Tool.run("collect", path)
    #expect(second.status == 3)
    #expect(second.remarks.contains("is in use by another process that collects or scores"))
  }

  @Test("The commented plan that init writes can be read; a file that is there is left alone")
  func commentedPlan() throws {
    let folder = try ScratchDirectory()
    let path = folder.path + "/plan.yaml"
    #expect(try Tool.run("collect", "init", path).status == 0)
    #expect(try Tool.run("collect", "init", path).status == 3)
    try "id,question,answer\n1,a,b\n".write(
      toFile: folder.path + "/questions.csv", atomically: true, encoding: .utf8)
    let dry = try Tool.run("collect", path, "--dry-run")
    #expect(dry.status == 0, "\(dry.remarks)")
    #expect(dry.output.contains("2 calls in all"))
    #expect(try Tool.run("collect", "init").output.hasPrefix("# What to ask whom."))
  }
}
