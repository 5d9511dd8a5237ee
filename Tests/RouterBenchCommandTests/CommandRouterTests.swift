import Foundation
import Testing

@Suite("Routers that are programs")
struct CommandRouterTests {
  private static let hasPython: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "python3 -c 'import json' >/dev/null 2>&1"]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    if process.terminationStatus != 0 { print("skipped: needs python3") }
    return process.terminationStatus == 0
  }()

  /// Whether any process names this on its command line.
  private func isRunning(_ text: String) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.contains { name in
      guard Int(name) != nil,
        let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline")
      else { return false }
      return String(decoding: line, as: UTF8.self).contains(text)
    }
  }

  /// The swept points of a system, as the file spells them.
  private func points(of system: String, in directory: String) throws -> [Substring] {
    try String(contentsOfFile: directory + "/points.csv", encoding: .utf8)
      .split(whereSeparator: \.isNewline)
      .filter { $0.contains(",\(system),swept,") }
      .map { $0[($0.firstRange(of: ",swept,")?.lowerBound ?? $0.startIndex)...] }
  }

  @Test("KNN in plain Python on our features decides as our KNN does")
  func knn() throws {
    guard Self.hasPython else { return }
    let directory = try ScratchDirectory()
    let path = try PredictionsTests.outcomes(in: directory)
    try """
    import json, math, struct, sys

    def say(message): print(json.dumps(message), flush=True)
    def rows(count): return [json.loads(sys.stdin.readline()) for _ in range(count)]
    def single(x): return struct.unpack("f", struct.pack("f", x))[0]
    def unit(vector):
        vector = [single(x) for x in vector]
        return vector, math.sqrt(sum(x * x for x in vector))

    def quality(prompt):
        query, length = unit(prompt["features"])
        def similarity(item):
            vector, norm = item[1]
            if length == 0 or norm == 0: return 0.0
            return sum(a * b for a, b in zip(query, vector)) / (length * norm)
        scored = sorted((-similarity(item), item[0]) for item in enumerate(units))
        near = [lessons[place]["quality"] for _, place in scored[:5]]
        return [sum(column) / 5 for column in zip(*near)]

    for line in iter(sys.stdin.readline, ""):
        message = json.loads(line)
        if message["type"] == "hello": say({"type": "ready", "protocol": 1, "features": True})
        elif message["type"] == "fit":
            lessons = rows(message["rows"])
            units = [unit(x["features"]) for x in lessons]
            say({"type": "fitted"})
        elif message["type"] == "route":
            for prompt in rows(message["rows"]): say({"id": prompt["id"], "quality": quality(prompt)})
            say({"type": "routed"})
    """.write(toFile: directory.path + "/knn.py", atomically: true, encoding: .utf8)
    let out = directory.path + "/out"
    let run = try Tool.run(
      "evaluate", path, "--routers", "knn:5", "--command", "python3 \(directory.path)/knn.py",
      "--command-timeout", "60", "--out", out, "--quiet")
    #expect(run.status == 0, "\(run.remarks)")
    let ours = try points(of: "knn:5", in: out)
    #expect(ours.count > 4)
    #expect(try points(of: "knn", in: out) == ours)
    #expect(!isRunning(directory.path))
    let decisions = try String(contentsOfFile: out + "/decisions.csv", encoding: .utf8)
    #expect(decisions.contains(",knn,s"))

    // A manifest from elsewhere runs nothing unless it is allowed to.
    let manifest = out + "/manifest.json"
    let refused = try Tool.run("evaluate", "--manifest", manifest, "--out", out)
    #expect(refused.status == 3)
    #expect(
      refused.remarks
        == "error: The manifest \(manifest) runs the command 'python3 \(directory.path)/knn.py' on "
        + "this machine; if you trust it, repeat with --allow-commands.\n")
    let again = try Tool.run(
      "evaluate", "--manifest", manifest, "--allow-commands", "--quiet", "--out",
      directory.path + "/again")
    #expect(again.status == 0, "\(again.remarks)")
    for name in ["report.json", "decisions.csv", "manifest.json"] {
      #expect(
        FileManager.default.contentsEqual(
          atPath: out + "/" + name, andPath: directory.path + "/again/" + name), "\(name)")
    }
  }

  @Test("The shell example runs, and its remarks are shown when they are asked for")
  func shellExample() throws {
    let directory = try ScratchDirectory()
    let path = try PredictionsTests.outcomes(in: directory)
    let example = Tool.packageRoot + "/Examples/shell/cheapest.sh"
    let run = try Tool.run(
      "evaluate", path, "--routers", "zero", "--command", "echo starting >&2; sh '\(example)'",
      "--command", "short=sh '\(example)'", "--command-timeout", "30", "--verbose", "--quiet",
      "--out", directory.path + "/out")
    // A line of shell is named after the first file in it.
    #expect(run.status == 0, "\(run.remarks)")
    #expect(run.remarks.contains("starting\n"))
    #expect(try points(of: "short", in: directory.path + "/out").count == 2 * 7)
  }

  @Test("A program that fails ends the run with 3 and its last words", arguments: ["", "-v"])
  func fails(verbose: String) throws {
    let directory = try ScratchDirectory()
    let path = try PredictionsTests.outcomes(in: directory)
    let run = try Tool.run(
      ["evaluate", path, "--command", "mine=echo no weights >&2; exit 9", "--quiet", "--out"]
        + [directory.path + "/out"] + (verbose.isEmpty ? [] : [verbose]))
    #expect(run.status == 3)
    #expect(
      run.remarks == (verbose.isEmpty ? "" : "mine: no weights\n")
        + "error: The router mine ended with exit status 9 before it said that it is ready. Its last "
        + "words: no weights\n")
  }

  @Test(
    "An interrupted evaluation leaves no program running, and finds no fault with it",
    arguments: [SIGINT, SIGTERM, SIGHUP], [true, false])
  func interrupted(signal: Int32, isStubborn: Bool) throws {
    let directory = try ScratchDirectory()
    let path = try PredictionsTests.outcomes(in: directory)
    let marker = directory.path + "/started"
    let child = directory.path + "/stubborn.sh"
    try
      "\(isStubborn ? "trap '' TERM INT HUP; " : "")sh -c 'sleep 300' \"$0\" & : > '\(marker)'; while :; do sleep 1; done\n"
      .write(toFile: child, atomically: true, encoding: .utf8)
    let remarks = directory.path + "/remarks"
    #expect(FileManager.default.createFile(atPath: remarks, contents: nil))
    let errors = try #require(FileHandle(forWritingAtPath: remarks))
    let process = try Tool.start(
      [
        "evaluate", path, "--routers", "zero", "--command", "sh '\(child)'", "--out",
        directory.path + "/out",
      ], errors: errors)
    let deadline = Date().addingTimeInterval(20)
    while !FileManager.default.fileExists(atPath: marker), Date() < deadline { usleep(10_000) }
    #expect(isRunning(child))
    kill(process.processIdentifier, signal)
    let end = Date().addingTimeInterval(20)
    while process.isRunning, Date() < end { usleep(10_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == signal)
    usleep(200_000)
    #expect(!isRunning(child))
    #expect(!(try String(contentsOfFile: remarks, encoding: .utf8)).contains("error:"))
  }
}
