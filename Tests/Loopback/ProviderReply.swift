import Foundation

/// What a provider sends back, and how it fails at it.
public struct ProviderReply: Sendable {
  /// How the sending goes.
  public enum Course: Sendable {
    /// At once and whole.
    case whole
    /// Nothing more comes after some bytes of head and body, until the client leaves.
    case hang(Int)
    /// The connection is closed after some bytes of head and body.
    case cut(Int)
    /// The connection is reset after some bytes of head and body.
    case reset(Int)
    /// A few bytes at a time, with some seconds between.
    case trickle(bytes: Int, seconds: Double)
  }

  /// The number in the first line.
  public var status: Int
  /// Names and values; the length is added unless the body's end is told here.
  public var headers: [(String, String)]
  /// What follows the head.
  public var body: [UInt8]
  /// How the sending goes.
  public var course = Course.whole

  /// A reply.
  public init(
    _ status: Int = 200, _ headers: [(String, String)] = [], _ body: String = "",
    _ course: Course = .whole
  ) {
    self.status = status
    self.headers = headers
    self.body = Array(body.utf8)
    self.course = course
  }

  /// An answer as OpenAI-compatible servers send it.
  public static func completion(
    _ text: String, model: String = "made-2026-01-01", finish: String = "stop",
    usage: (input: Int, output: Int)? = (10, 5)
  ) -> ProviderReply {
    var body =
      #"{"id": "c", "object": "chat.completion", "model": "\#(model)", "choices": [{"index": 0, "#
      + #""message": {"role": "assistant", "content": "\#(text)"}, "finish_reason": "\#(finish)"}]"#
    if let usage {
      body +=
        #", "usage": {"prompt_tokens": \#(usage.input), "completion_tokens": \#(usage.output)}"#
    }
    return ProviderReply(200, [("Content-Type", "application/json")], body + "}")
  }

  /// A refusal as providers word it.
  public static func refusal(
    _ status: Int, _ message: String = "no", headers: [(String, String)] = []
  ) -> ProviderReply {
    ProviderReply(
      status, headers + [("Content-Type", "application/json")],
      #"{"error": {"message": "\#(message)", "type": "refused"}}"#)
  }

  /// The same, failing.
  public func failing(_ course: Course) -> ProviderReply {
    var copy = self
    copy.course = course
    return copy
  }

  /// Whether the connection can be used again.
  func send(to connection: Int32) -> Bool {
    var text = "HTTP/1.1 \(status) Said\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    let framing = ["content-length", "transfer-encoding"]
    if !headers.contains(where: { framing.contains($0.0.lowercased()) }) {
      text += "Content-Length: \(body.count)\r\n"
    }
    let bytes = Array((text + "\r\n").utf8) + body
    switch course {
    case .whole: return Self.write(bytes[...], connection)
    case .hang(let count):
      _ = Self.write(bytes.prefix(count), connection)
      var byte: UInt8 = 0
      // Ends when the client closes.
      _ = recv(connection, &byte, 1, 0)
    case .cut(let count): _ = Self.write(bytes.prefix(count), connection)
    case .reset(let count):
      _ = Self.write(bytes.prefix(count), connection)
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    case .trickle(let count, let seconds):
      for start in stride(from: 0, to: bytes.count, by: count) {
        guard Self.write(bytes[start..<min(bytes.count, start + count)], connection) else {
          return false
        }
        Thread.sleep(forTimeInterval: seconds)
      }
      return true
    }
    return false
  }

  private static func write(_ bytes: ArraySlice<UInt8>, _ connection: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        // No signal when the client has left.
        Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
