import Foundation
import Loopback
import Synchronization
import Testing

@Suite("Signals and full disks")
struct SignalTests {
  /// A provider whose answers wait until they may go out, and a plan of questions for it.
  private final class Asked {
    let folder: ScratchDirectory
    let server: ProviderServer
    let plan: String
    private let counts: Counts

    private final class Counts: Sendable {
      let texts = Mutex<[String: Int]>([:])
      let isOpen = Mutex(false)
    }

    init(questions: Int = 40) throws {
      let counts = Counts()
      self.counts = counts
      folder = try ScratchDirectory()
      server = try ProviderServer(keepsAsks: false) { ask in
        counts.texts.withLock { $0[ask.text, default: 0] += 1 }
        while !counts.isOpen.withLock({ $0 }) { usleep(1000) }
        return .completion("yes")
      }
      plan = folder.path + "/plan.yaml"
      let rows = (0..<questions).map { "\($0),What is item \($0)?,yes\n" }.joined()
      try ("id,question,answer\n" + rows).write(
        toFile: folder.path + "/q.csv", atomically: true, encoding: .utf8)
      try """
      store: answers.sqlite
      models:
        - {name: a, provider: openai-compatible, endpoint: \(server.address), prices: {input: 1, output: 2}, limits: {concurrency: 4}}
      tasks:
        - {name: t, file: q.csv, id: id, prompt: question, reference: answer, scorer: contains}
      """.write(toFile: plan, atomically: true, encoding: .utf8)
    }

    /// Lets answers go out.
    func open() { counts.isOpen.withLock { $0 = true } }

    var asked: Int { counts.texts.withLock { $0.values.reduce(0, +) } }
    var askedTwice: [String] { counts.texts.withLock { $0.filter { $1 > 1 }.map(\.key) } }
  }

  /// The signals that arrive, and how the collector ends.
  private static let endings: [(signals: [Int32], code: Int32)] = [
    ([SIGHUP], 129), ([SIGTERM], 143), ([SIGINT], 130), ([SIGUSR1], 138), ([SIGXCPU], 152),
    // A terminal that closes says so more than once, and so does a manager of services.
    ([SIGHUP, SIGHUP], 129), ([SIGHUP, SIGCONT, SIGHUP], 129), ([SIGTERM, SIGHUP], 143),
    // A wrapper passes on what the terminal has sent to all.
    ([SIGINT, SIGINT], 130),
  ]

  @Test("The collector stops in good order, and no answer is paid twice", arguments: endings)
  func stops(signals: [Int32], code: Int32) throws {
    let asked = try Asked()
    let process = try Tool.start(["collect", asked.plan])
    while asked.asked < 4, process.isRunning { usleep(1000) }
    for number in signals {
      kill(process.processIdentifier, number)
      usleep(20_000)
    }
    asked.open()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == code)
    #expect(asked.asked == 4)
    #expect(try Tool.run("collect", asked.plan, "--quiet").status == 0)
    #expect(asked.asked == 40)
    #expect(asked.askedTwice == [])
  }

  @Test("Under nohup a closed terminal stops nothing")
  func nohup() throws {
    let asked = try Asked()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "trap '' HUP; exec \"$0\" \"$@\"", Tool.path, "collect", asked.plan]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while asked.asked < 4, process.isRunning { usleep(1000) }
    kill(process.processIdentifier, SIGHUP)
    usleep(20_000)
    asked.open()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(asked.asked == 40)
  }

  @Test("A second request ends at once", arguments: [SIGINT, SIGTERM])
  func twice(number: Int32) throws {
    let asked = try Asked()
    let process = try Tool.start(["collect", asked.plan])
    while asked.asked < 4, process.isRunning { usleep(1000) }
    kill(process.processIdentifier, number)
    usleep(400_000)
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == number)
    asked.open()
  }

  @Test("A stop longer than the timeouts loses no answer")
  func suspended() throws {
    let asked = try Asked(questions: 8)
    let text = try String(contentsOfFile: asked.plan, encoding: .utf8)
    try text.replacing(
      "limits: {concurrency: 4}",
      with:
        "limits: {concurrency: 4}, timeouts: {first_byte: 1, idle: 1, total: 1.5}, retries: {attempts: 1}"
    ).write(toFile: asked.plan, atomically: true, encoding: .utf8)
    let process = try Tool.start(["collect", asked.plan])
    while asked.asked < 4, process.isRunning { usleep(1000) }
    kill(process.processIdentifier, SIGSTOP)
    asked.open()
    sleep(3)
    kill(process.processIdentifier, SIGCONT)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(asked.asked == 8)
  }

  /// Commands that write, with a folder for what they write.
  private static let writers: [@Sendable (_ data: String, _ out: String) -> [String]] = [
    { ["evaluate", $0, "--routers", "knn:3", "--resamples", "0", "--out", $1 + "/r"] },
    { ["convert", $0, $1 + "/o.jsonl"] }, { ["convert", $0, $1 + "/o.rbt"] },
    { ["split", $0, "--out", $1 + "/s.csv"] }, { ["features", $0, $1 + "/f.npy"] },
    { ["fit", $0, "--router", "knn:3", "--out", $1 + "/k.rbrouter"] },
  ]

  private func temporary(in folder: String) -> [String] {
    (FileManager.default.subpaths(atPath: folder) ?? []).filter { $0.hasSuffix(".tmp") }
  }

  @Test(
    "A signal leaves no temporary file and no part of a report, whenever it comes",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func killed(number: Int32) throws {
    let folder = try ScratchDirectory()
    let data = folder.path + "/d.csv"
    _ = try Tool.run(
      "demo", "--prompts", "200", "--outcomes", data, "--out", folder.path + "/x", "--routers",
      "knn:3", "--resamples", "0")
    for (index, writer) in Self.writers.enumerated() {
      for round in 0..<4 {
        let out = folder.path + "/out\(index)-\(round)"
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        let process = try Tool.start(writer(data, out) + ["--quiet"])
        // Most of all while files lie there that have not taken their places.
        while temporary(in: out).isEmpty, process.isRunning { usleep(100) }
        usleep(UInt32(round * round * 300))
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        let call = writer("DATA", "OUT").joined(separator: " ")
        #expect(temporary(in: out) == [], "\(call)")
        let report = (try? FileManager.default.contentsOfDirectory(atPath: out + "/r")) ?? []
        let written = report.filter { $0 != "figures" }
        #expect(written.isEmpty || written.contains("manifest.json"), "\(written)")
      }
    }
  }

  @Test("A limit on the size of files ends a command with a sentence and leaves nothing")
  func limited() throws {
    let folder = try ScratchDirectory()
    let data = folder.path + "/d.csv"
    _ = try Tool.run(
      "demo", "--prompts", "200", "--outcomes", data, "--out", folder.path + "/x", "--routers",
      "knn:3", "--resamples", "0")
    for writer in Self.writers {
      let out = folder.path + "/out"
      try? FileManager.default.removeItem(atPath: out)
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      let remarks = folder.path + "/remarks"
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments =
        ["-c", "exec 2>'\(remarks)'; ulimit -f 2; exec \"$0\" \"$@\"", Tool.path]
        + writer(data, out) + ["--quiet"]
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["XDG_CACHE_HOME": folder.path + "/cache"]) { $1 }
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let said = try String(contentsOfFile: remarks, encoding: .utf8)
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 3, "\(said)")
      #expect(
        said.hasPrefix("error: Cannot write \(out)/") && said.contains("ulimit -f"), "\(said)")
      #expect(temporary(in: out) == [])
    }
  }
}
