import Foundation
import Testing

@testable import ForeignRouters

/// A small child written by a test, in a directory that goes away with it.
final class Script {
  let directory: String
  let command: String

  /// A POSIX shell script.
  convenience init(shell text: String) throws { try self.init(text, "/bin/sh") }

  /// A Python script of the standard library, or nil (said) where there is no python3.
  convenience init?(python text: String) throws {
    guard Script.hasPython else {
      print("skipped: needs python3")
      return nil
    }
    try self.init(text, "python3")
  }

  private init(_ text: String, _ interpreter: String) throws {
    directory = NSTemporaryDirectory() + "foreign-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try text.write(toFile: directory + "/child", atomically: true, encoding: .utf8)
    command = "\(interpreter) \(directory)/child"
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  static let hasPython: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "python3 -c 'import json' >/dev/null 2>&1"]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// Whether any process still names this script's directory on its command line.
  var isRunning: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.contains { name in
      guard Int(name) != nil,
        let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline")
      else { return false }
      return String(decoding: line, as: UTF8.self).contains(directory)
    }
  }

  /// The sentence with which the child is refused; nil where it is not.
  func refusal(idleLimit: Double = 20, lineLimit: Int = 1 << 20) -> String? {
    let router = ChildRouter(
      command: command, named: "mine", idleLimit: idleLimit, lineLimit: lineLimit, heard: nil)
    do {
      _ = try router.plans(for: PredictionsFileTests.request)
      return nil
    } catch {
      return "\(error)".replacing(directory, with: "DIR")
    }
  }
}
