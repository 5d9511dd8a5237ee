import Foundation
import Loopback

/// Measures how fast the built command collects from a provider that answers at once, and how much
/// memory it takes over the run. The provider runs in this process, on the same processors.

let arguments = CommandLine.arguments
guard arguments.count >= 2 else {
  print("usage: CollectionBenchmark ROUTERBENCH [CALLS] [CONCURRENCY]")
  exit(2)
}
let calls = arguments.count > 2 ? Int(arguments[2]) ?? 100_000 : 100_000
let concurrency = arguments.count > 3 ? Int(arguments[3]) ?? 64 : 64

let folder = NSTemporaryDirectory() + "routerbench-collection-\(UUID().uuidString)"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }

let reply = ProviderReply.completion("The answer is (B), because the others are not.")
let server = try ProviderServer(keepsAsks: false) { _ in reply }

var rows = "id,question\n"
for index in 0..<(calls / 2) {
  rows += "\(index),\"Question \(index): which of these is so? (A) this (B) that (C) neither\"\n"
}
try rows.write(toFile: folder + "/q.csv", atomically: true, encoding: .utf8)
let model =
  "provider: openai-compatible, endpoint: '\(server.address)', prices: {input: 1, output: 2}"
try """
store: answers.sqlite
defaults: {sampling: {max_tokens: 64}, limits: {concurrency: \(concurrency / 2)}}
models: [{name: a, \(model)}, {name: b, \(model)}]
tasks: [{name: t, file: q.csv, id: id, prompt: question}]
""".write(toFile: folder + "/plan.yaml", atomically: true, encoding: .utf8)

/// A process's memory in use, in MiB, as Linux tells it.
func memory(of process: Int32) -> Double? {
  guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else {
    return nil
  }
  let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
  return line.flatMap { Double($0.filter(\.isNumber)) }.map { $0 / 1024 }
}

let process = Process()
process.executableURL = URL(fileURLWithPath: arguments[1])
process.arguments = ["collect", folder + "/plan.yaml", "--quiet", "--max-cost", "1000000"]
process.standardOutput = FileHandle.nullDevice
let start = Date()
try process.run()

/// A tenth of the calls each: how many, seconds since the start, and memory.
var steps: [(calls: Int, seconds: Double, memory: Double)] = []
while process.isRunning {
  let (count, resident) = (server.count, memory(of: process.processIdentifier))
  if let resident, count >= (steps.count + 1) * calls / 10 {
    steps.append((count, Date().timeIntervalSince(start), resident))
  }
  Thread.sleep(forTimeInterval: 0.01)
}
process.waitUntilExit()
let seconds = Date().timeIntervalSince(start)
guard process.terminationStatus == 0 else {
  print("The command ended with \(process.terminationStatus).")
  exit(1)
}

print("| calls | seconds | calls a second | memory, MiB |")
print("|--:|--:|--:|--:|")
var before: (calls: Int, seconds: Double) = (0, 0)
for step in steps {
  let rate = Double(step.calls - before.calls) / (step.seconds - before.seconds)
  print(
    "| \(step.calls) | \(String(format: "%.2f", step.seconds)) "
      + "| \(String(format: "%.0f", rate)) | \(String(format: "%.1f", step.memory)) |")
  before = (step.calls, step.seconds)
}
print(
  "\(server.count) calls in \(String(format: "%.2f", seconds)) s, "
    + "\(String(format: "%.0f", Double(server.count) / seconds)) a second with start and end, "
    + "\(concurrency) at once, \(ProcessInfo.processInfo.activeProcessorCount) processors "
    + "shared with the provider.")
