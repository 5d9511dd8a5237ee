import Foundation

/// A headless Chromium that a test drives over its DevTools protocol.
///
/// The protocol runs over a pair of pipes, one JSON text after another with a zero byte between, so that
/// nothing listens on any port.
final class Browser {
  /// What went wrong, in words.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  private let sending = Pipe()
  private let receiving = Pipe()
  private let profile: ScratchDirectory
  private var unread: [UInt8] = []
  private var lastID = 0
  /// Events that arrived while answers were awaited, by session.
  private(set) var events: [(session: String, method: String, parameters: [String: Any])] = []

  /// The installed browser's path, or nil (said once) where there is none.
  static func installed() -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    for folder in folders {
      for name in ["chromium", "chromium-browser", "google-chrome"] {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path) { return path }
      }
    }
    print("skipped: needs chromium")
    return nil
  }

  /// Starts one; nil where none is installed.
  init?() throws {
    guard let path = Self.installed() else { return nil }
    profile = try ScratchDirectory()
    // A process of Foundation's has three streams; the browser wants its pipes as the fourth and fifth.
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", "sh", path,
      "--headless=new", "--remote-debugging-pipe", "--user-data-dir=\(profile.path)",
      // Tests may run as root or in a container, where the sandbox cannot start.
      "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-extensions", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--hide-scrollbars", "about:blank",
    ]
    process.standardInput = sending
    process.standardOutput = receiving
    try process.run()
    try receiving.fileHandleForWriting.close()
    try sending.fileHandleForReading.close()
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  /// Sends a command and waits for its answer.
  @discardableResult
  func send(
    _ method: String, _ parameters: [String: Any] = [:], session: String? = nil
  ) throws -> [String: Any] {
    lastID += 1
    var message: [String: Any] = ["id": lastID, "method": method, "params": parameters]
    message["sessionId"] = session
    var bytes = try JSONSerialization.data(withJSONObject: message)
    bytes.append(0)
    try sending.fileHandleForWriting.write(contentsOf: bytes)
    while true {
      let answer = try receive()
      guard answer["id"] as? Int == lastID else { continue }
      if let error = answer["error"] as? [String: Any] {
        throw Failure(description: "\(method): \(error["message"] ?? error)")
      }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  /// Waits for an event of a session, unless it has come already.
  func wait(for method: String, session: String) throws {
    while !events.contains(where: { $0.session == session && $0.method == method }) {
      _ = try receive()
    }
    events.removeAll { $0.session == session && $0.method == method }
  }

  /// One message; events are kept.
  private func receive() throws -> [String: Any] {
    while true {
      if let end = unread.firstIndex(of: 0) {
        let text = Data(unread[..<end])
        unread.removeSubrange(...end)
        guard let message = try JSONSerialization.jsonObject(with: text) as? [String: Any] else {
          continue
        }
        if let method = message["method"] as? String {
          events.append(
            (
              message["sessionId"] as? String ?? "", method,
              message["params"] as? [String: Any] ?? [:]
            ))
        }
        return message
      }
      let more = receiving.fileHandleForReading.availableData
      if more.isEmpty { throw Failure(description: "The browser has ended.") }
      unread.append(contentsOf: more)
    }
  }
}
