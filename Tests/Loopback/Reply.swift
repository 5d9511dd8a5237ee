import Foundation

/// What a server sends back, and how it fails at it.
public struct Reply: Sendable {
  /// How an answer ends.
  public enum Fault: Sendable {
    /// As it should.
    case none
    /// The connection is closed after some bytes of the body.
    case cut(Int)
    /// Nothing more comes after some bytes of the body, until the client leaves.
    case hang(Int)
  }

  /// The number in the first line.
  public var status: Int
  /// Names and values; the length is added unless it is here.
  public var headers: [(String, String)]
  /// What follows the head.
  public var body: [UInt8]
  /// What goes wrong.
  public var fault = Fault.none
  /// Whether the length is told before the body, whose end is the connection's otherwise.
  public var hasLength = true

  /// A reply that goes well.
  public init(_ status: Int, _ headers: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A file, or the end of it that a request to continue asks for.
  public static func file(
    _ bytes: [UInt8], etag: String? = nil, for request: LoopbackServer.Request,
    ignoresRange: Bool = false
  ) -> Reply {
    var headers = etag.map { [("ETag", "\"\($0)\"")] } ?? []
    let condition = request.headers["if-range"]
    guard !ignoresRange, let range = request.headers["range"], range.hasPrefix("bytes="),
      let start = Int(range.dropFirst(6).dropLast()),
      condition == nil || condition == etag.map({ "\"\($0)\"" })
    else { return Reply(200, headers, body: bytes) }
    guard start < bytes.count else {
      return Reply(416, headers + [("Content-Range", "bytes */\(bytes.count)")])
    }
    headers.append(("Content-Range", "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"))
    return Reply(206, headers, body: Array(bytes[start...]))
  }

  /// The same with a fault.
  public func failing(_ fault: Fault) -> Reply {
    var copy = self
    copy.fault = fault
    return copy
  }

  func send(to connection: Int32) {
    var text = "HTTP/1.1 \(status) Said\r\nConnection: close\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if hasLength, !headers.contains(where: { $0.0.lowercased() == "content-length" }) {
      text += "Content-Length: \(body.count)\r\n"
    }
    var bytes = Array((text + "\r\n").utf8)
    switch fault {
    case .none: bytes += body
    case .cut(let count), .hang(let count): bytes += body.prefix(count)
    }
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        // No signal when the client has left.
        Foundation.send(
          connection, $0.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
    if case .hang = fault {
      var byte: UInt8 = 0
      // Ends when the client closes.
      _ = recv(connection, &byte, 1, 0)
    }
  }
}
