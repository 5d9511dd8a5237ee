import Foundation
import Testing

/// Runs the built command as a user would.
enum Tool {
  struct Answer {
    let status: Int32
    let output: String
    let remarks: String
  }

  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The path of something under `../shared`, or nil (said once) where it is not there.
  static func shared(_ path: String) -> String? {
    let whole = packageRoot + "/../shared/" + path
    if FileManager.default.fileExists(atPath: whole) { return whole }
    print("skipped: needs ../shared/\(path)")
    return nil
  }

  /// The command stands beside the test bundle.
  private static var executable: URL {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let places = [
      beside.appendingPathComponent("routerbench"),
      URL(fileURLWithPath: packageRoot + "/.build/release/routerbench"),
      URL(fileURLWithPath: packageRoot + "/.build/debug/routerbench"),
    ]
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? places[1]
  }

  /// Where the command is, for shells that start it.
  static var path: String { executable.path }

  /// Starts it and does not wait; what it says is lost.
  static func start(_ arguments: [String], errors: FileHandle = .nullDevice) throws -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    return process
  }

  static func run(
    _ arguments: String..., environment: [String: String] = [:], input: String? = nil
  ) throws -> Answer {
    try run(arguments, environment: environment, input: input)
  }

  static func run(
    _ arguments: [String], environment: [String: String] = [:], input: String? = nil,
    output: String? = nil
  ) throws -> Answer {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files, not pipes: a full pipe would stop a command that writes to both.
    let directory = try ScratchDirectory()
    let paths = [directory.path + "/out", directory.path + "/err"]
    process.standardInput = FileHandle.nullDevice
    if let input {
      let source = URL(fileURLWithPath: directory.path + "/in")
      try Data(input.utf8).write(to: source)
      process.standardInput = try FileHandle(forReadingFrom: source)
    }
    for path in paths { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: output ?? paths[0]))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[1]))
    try process.run()
    process.waitUntilExit()
    let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
    return Answer(status: process.terminationStatus, output: texts[0], remarks: texts[1])
  }
}

/// A directory that goes away with its owner.
final class ScratchDirectory {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "routerbench-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
