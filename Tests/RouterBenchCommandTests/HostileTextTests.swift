import Foundation
import Loopback
import Testing

/// Names, files and messages that try to command the terminal or to forge lines, through every command.
@Suite("Hostile text on its way to a terminal")
struct HostileTextTests {
  /// A colour, a forged line of each kind of break, a title, a hidden and a reversed part.
  private static let hostile =
    "m\u{1B}[31mx\nerror: forged\r\nwarning: forged\u{2028}error: forged\u{85}y\u{9B}2J"
    + "\u{1B}]0;t\u{07}\u{202E}z\u{200B}\u{E0041}\u{7F}"
  /// A name that a file can have.
  private static let fileName = "f\u{1B}[31m\nerror: forged\u{202E}\u{9B}2J"

  /// Everything that commands read, hostile where it can be.
  private final class Place {
    let folder: ScratchDirectory
    let data: String
    let provider: ProviderServer
    let hub: LoopbackServer

    init() throws {
      folder = try ScratchDirectory()
      data = folder.path + "/" + fileName + ".csv"
      let names = [hostile + "1", "error: forged"]
      func quoted(_ text: String) -> String { "\"\(text)\"" }
      var rows =
        (["sample_id", "prompt", "eval_name"] + names.map(quoted)
        + names.map { quoted($0 + "|total_cost") }).joined(separator: ",") + "\r\n"
      for index in 0..<60 {
        let task = index < 30 ? "error: forged" : hostile
        let cells = [
          quoted(hostile + "\(index)"), quoted(hostile + " word\(index % 7)"), quoted(task),
        ]
        rows +=
          (cells + ["\(index % 2)", index % 5 == 0 ? "3" : "1", "0.0\(1 + index % 3)", "0.2"])
          .joined(separator: ",") + "\r\n"
      }
      try rows.write(toFile: data, atomically: false, encoding: .utf8)
      let message = #"no\u001b[31m\nerror: forged\u2028error: forged\u009b2J\u202e"#
      provider = try ProviderServer { ask in
        ask.text.contains("word1") ? .refusal(400, message) : .completion(message, model: message)
      }
      hub = try LoopbackServer { _ in
        Reply(
          500, [("X-Error-Message", "no\u{1B}[31m")], body: Array("\u{1B}[31m\nerror: forged".utf8))
      }
    }

    func path(_ name: String) -> String { folder.path + "/" + name }

    func write(_ text: String, to name: String) throws -> String {
      try text.write(toFile: path(name), atomically: false, encoding: .utf8)
      return path(name)
    }

    /// A plan whose model and task have hostile names, as JSON, which a plan may be.
    func plan() throws -> String {
      let price = ["input": 1, "output": 2]
      let model: [String: Any] = [
        "name": hostile, "provider": "openai-compatible", "endpoint": provider.address,
        "prices": price, "retries": ["attempts": 1],
      ]
      let task: [String: Any] = [
        "name": hostile, "file": data, "id": "sample_id", "prompt": "prompt",
        "reference": "eval_name", "scorer": "contains",
      ]
      let plan: [String: Any] = [
        "store": path("s\(fileName).sqlite"), "models": [model], "tasks": [task],
      ]
      let bytes = try JSONSerialization.data(withJSONObject: plan)
      // YAML knows no such characters but by their numbers.
      let text = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
        (0x7F...0xFFFF).contains(scalar.value)
          ? "\\u" + String(scalar.value + 0x10000, radix: 16).dropFirst() : String(scalar)
      }
      return try write(text.joined(), to: "plan\(fileName).json")
    }
  }

  /// What each command is called with, in order; a run's files are there for the next.
  private func calls(_ place: Place) throws -> [(command: String, calls: [[String]])] {
    let (data, quick) = (place.data, ["--resamples", "0"])
    let report = place.path("r" + Self.fileName)
    let store = place.path("s\(Self.fileName).sqlite")
    let router = place.path("k" + Self.fileName)
    return [
      (
        "inspect",
        [
          ["inspect", data], ["inspect", data, "--json"],
          ["inspect", data, "--tasks", Self.hostile],
          ["inspect", try place.write("a,b\n1,\"2", to: "bad" + Self.fileName + ".csv")],
          [
            "inspect", try place.write("{\"\(Self.fileName)", to: "bad" + Self.fileName + ".jsonl"),
          ],
        ]
      ),
      (
        "evaluate",
        [
          ["evaluate", data, "--routers", "knn:3", "--out", report] + quick,
          ["evaluate", data, "--routers", "knn:3", "--out", report, "--json"] + quick,
          ["evaluate", data, "--routers", "model:" + Self.hostile, "--out", report] + quick,
          [
            "evaluate", data, "--verbose", "--out", report, "--command",
            "printf 'a\\033[31m\\nerror: forged\\r\\n' >&2; exit 3",
          ] + quick,
        ]
      ),
      ("convert", [["convert", data, place.path(Self.fileName + ".jsonl")]]),
      (
        "collect",
        [
          ["collect", try place.plan(), "--dry-run"], ["collect", try place.plan()],
          ["collect", "tasks"], ["collect", "init", place.path("p" + Self.fileName)],
          ["collect", "init", place.path("p" + Self.fileName)],
          ["collect", try place.write("\"\(Self.fileName)\": 1\nstore: 2\n", to: "bad.yaml")],
          ["collect", try place.write("a: [\u{1B}[31m\n", to: "worse.yaml")],
        ]
      ),
      ("score", [["score", store], ["score", data]]),
      ("export", [["export", store, place.path("e" + Self.fileName + ".csv")]]),
      (
        "recommend",
        [["recommend", data, "--routers", "knn:3", "--budget", "1", "--resamples", "100"]]
          + [["recommend", data, "--routers", "knn:3", "--quality", "0.9", "--save", router]]
      ),
      (
        "fit",
        [
          ["fit", data, "--router", "knn:3", "--out", router],
          ["fit", data, "--router", "knn:3", "--out", router, "--json"],
        ]
      ),
      ("route", [["route", router], ["route", router, "--show"], ["route", data]]),
      ("report", [["report", report], ["report", place.path(Self.fileName)]]),
      ("compare", [["compare", report, report], ["compare", report, place.path(Self.fileName)]]),
      ("pool", [["pool", data, "--routers", "knn:3"] + quick]),
      ("explain", [["explain", data, "--router", "knn:3"]]),
      ("curve", [["curve", data, "--routers", "knn:3", "--shares", "1", "--seeds", "0"] + quick]),
      (
        "reproduce",
        [["reproduce", data, "--exhibits", "table-1", "--out", place.path("x" + Self.fileName)]]
      ),
      ("split", [["split", data, "--out", place.path("d" + Self.fileName + ".csv")]]),
      ("features", [["features", data, place.path("f" + Self.fileName + ".npy")]]),
      (
        "models",
        [
          ["models", "list"], ["models", "path", Self.hostile],
          ["models", "pull", Self.fileName, "--endpoint", place.hub.address],
          ["models", "pull", "made", "--endpoint", place.hub.address],
        ]
      ),
      (
        "demo",
        [
          ["demo", "--prompts", "200", "--routers", "knn:3", "--out", report] + quick,
          ["demo", "--routers", Self.hostile], ["demo", "--prompts", Self.hostile],
        ]
      ),
      ("completions", [["completions", "bash"], ["completions", Self.hostile]]),
    ]
  }

  private func expectInert(_ answer: Tool.Answer, _ arguments: [String]) {
    let call = arguments.prefix(2).joined(separator: " ").debugDescription
    for text in [answer.output, answer.remarks] {
      for scalar in Set(text.unicodeScalars) where scalar != "\n" {
        let isHarmless =
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: false
          default: true
          }
        #expect(isHarmless, "U+\(String(scalar.value, radix: 16)) by \(call)")
      }
    }
    for line in answer.output.split(separator: "\n") {
      #expect(!line.hasPrefix("error:") && !line.hasPrefix("warning:"), "\(line) by \(call)")
    }
    let lines = answer.remarks.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("error:") } == (answer.status > 1 ? 1 : 0), "\(call)")
    for line in lines {
      #expect(!line.hasPrefix("error: forged") && !line.hasPrefix("warning: forged"), "\(call)")
    }
  }

  @Test("No command lets names, files or messages act on the terminal or forge a line")
  func everyCommand() throws {
    let place = try Place()
    let environment = ["XDG_CACHE_HOME": place.path("cache")]
    let help = try Tool.run("--help").output
    let listed = help.split(separator: "\n").drop { $0 != "COMMANDS" }.dropFirst()
      .prefix { $0.hasPrefix(" ") }.filter { !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    let calls = try calls(place)
    // A new command needs its lines above.
    #expect(Set(listed) == Set(calls.map(\.command)))
    let prompt = #"{"id": "a\u001b[31m\u2028b", "prompt": "word\u001b"}"# + "\n"
    var refused: [String] = []
    for (command, calls) in calls {
      let wrong = [[command, "--" + Self.hostile], [command, place.path("no" + Self.fileName)]]
      for arguments in calls + wrong {
        let answer = try Tool.run(arguments, environment: environment, input: prompt)
        expectInert(answer, arguments)
        if answer.status > 1, arguments == calls[0] { refused.append(command + answer.remarks) }
      }
    }
    // Each command has come as far as its results at least once.
    #expect(refused == [])
  }

  @Test("JSON on standard output keeps what it escapes")
  func json() throws {
    let place = try Place()
    let answer = try Tool.run("inspect", place.data, "--json", "--quiet")
    let value = try #require(
      try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    #expect(value["models"] as? [String] == [Self.hostile + "1", "error: forged"])
    #expect(value["file"] as? String == place.data)
  }

  @Test("Under a name that is honest in any script, nothing changes")
  func honest() throws {
    let folder = try ScratchDirectory()
    let path = folder.path + "/d.csv"
    let names = ["日本語モデル", "naïve-é", "👩\u{200D}💻", "می\u{200C}خواهم"]
    let rows = (0..<4).map { "\($0),p,t,1,1,1,1,1,1,1,1\n" }.joined()
    try
      ("sample_id,prompt,eval_name," + names.joined(separator: ",")
      + names.map { ",\($0)|total_cost" }.joined() + "\n" + rows)
      .write(toFile: path, atomically: false, encoding: .utf8)
    let answer = try Tool.run("inspect", path)
    for name in names { #expect(answer.output.contains("  \(name) "), "\(name)") }
  }
}
