import Foundation

/// Our side of `make bench`: prepares one piece of work, then does it once for each line of input.
///
///     RouterBenchMeasures prepare DIRECTORY PROMPTS     writes the data that both sides read
///     RouterBenchMeasures WORK DIRECTORY                speaks with Benchmarks/bench.py
///     RouterBenchMeasures WORK DIRECTORY ROWS MODELS    the same, on so many prompts and models
///
/// It prints `ready` once prepared, and after each line a record with the seconds that the work took and a
/// number by which both sides can be seen to have done the same.
@main
enum Measures {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 2, let name = arguments.first else {
      FileHandle.standardError.write(Data("usage: RouterBenchMeasures WORK DIRECTORY\n".utf8))
      exit(2)
    }
    let directory = arguments[arguments.startIndex + 1]
    if name == "prepare" {
      let prompts = arguments.count > 2 ? Int(arguments[arguments.startIndex + 2]) : nil
      try BenchData.prepare(directory, prompts: prompts ?? 36_497)
      return
    }
    guard let work = try work(name, BenchData(directory: directory), arguments.dropFirst(2)) else {
      FileHandle.standardError.write(Data("There is no work '\(name)'.\n".utf8))
      exit(2)
    }
    say("ready")
    while readLine() != nil {
      let clock = ContinuousClock()
      var check = 0.0
      let taken = try clock.measure { check = try work() }
      let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) * 1e-18
      say("{\"seconds\": \(seconds), \"check\": \(check), \"peak\": \(peakBytes)}")
    }
  }

  private static func work(
    _ name: String, _ data: BenchData, _ size: ArraySlice<String>
  ) throws -> Works.Work? {
    let size = size.compactMap { Int($0) }
    if size.count == 2 { return try Works.scaled(name, data, rows: size[0], models: size[1]) }
    return try Works.all[name].map { try $0(data) }
  }

  private static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// The most memory that this process has held.
  private static var peakBytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
  }
}
