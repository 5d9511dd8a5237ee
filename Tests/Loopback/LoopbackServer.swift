import Foundation
import Synchronization

/// A web server on this machine that answers as a test tells it to, faults included.
///
/// One thread a connection and one request a connection.
public final class LoopbackServer: Sendable {
  /// What a client asked.
  public struct Request: Sendable {
    /// The path with its query, as sent.
    public let path: String
    /// The headers by their names in small letters.
    public let headers: [String: String]
    /// How often the path was asked for before.
    public let earlier: Int
  }

  private struct State {
    var requests: [Request] = []
  }

  /// Where it listens, such as `http://127.0.0.1:8080`.
  public let address: String
  private let listener: Int32
  private let state = Mutex(State())

  /// Starts to listen on a free port.
  public init(_ answer: @escaping @Sendable (Request) -> Reply) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &place) { [listener] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    guard isBound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    // Weak: the server ends with its owner, not with its thread.
    Thread.detachNewThread { [listener, weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else {
          // Closed here alone: a number freed elsewhere could be another server's already.
          guard errno == EINVAL else { continue }
          close(listener)
          return
        }
        Thread.detachNewThread { [weak self] in
          self?.serve(connection, answer)
          close(connection)
        }
      }
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// All requests so far.
  public var requests: [Request] { state.withLock { $0.requests } }

  private func serve(_ connection: Int32, _ answer: (Request) -> Reply) {
    guard let head = Self.head(from: connection) else { return }
    let lines = head.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
        in: .whitespaces)
    }
    let path = String(words[1])
    let request = state.withLock { state in
      let earlier = state.requests.count { $0.path == path }
      let request = Request(path: path, headers: headers, earlier: earlier)
      state.requests.append(request)
      return request
    }
    answer(request).send(to: connection)
  }

  /// Reads to the empty line; nil when the client leaves before.
  private static func head(from connection: Int32) -> String? {
    var bytes: [UInt8] = []
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      var byte: UInt8 = 0
      guard recv(connection, &byte, 1, 0) == 1, bytes.count < 1 << 16 else { return nil }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
