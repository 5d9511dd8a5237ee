import Foundation
import Synchronization

/// A provider of models on this machine that answers as a test tells it to, faults included.
///
/// Connections are kept, one thread each, and whole requests are read, as real providers do.
public final class ProviderServer: Sendable {
  /// What a client asked.
  public struct Ask: Sendable {
    /// The path with its query, as sent.
    public let path: String
    /// The headers by their names in small letters.
    public let headers: [String: String]
    /// The body.
    public let body: [UInt8]
    /// How many requests came before, on all connections.
    public let earlier: Int

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
  }

  private struct State {
    var count = 0
    var active = 0
    var mostActive = 0
    var asks: [Ask] = []
    var open = 0
  }

  /// Where it listens, such as `http://127.0.0.1:8080`.
  public let address: String
  private let listener: Int32
  private let port: in_port_t
  private let keepsAsks: Bool
  private let state = Mutex(State())

  /// Starts to listen on a free port.
  ///
  /// - Parameter keepsAsks: Whether requests are kept to be looked at.
  public init(
    keepsAsks: Bool = true, _ answer: @escaping @Sendable (Ask) -> ProviderReply
  ) throws {
    self.keepsAsks = keepsAsks
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &place) { [listener] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 1024) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    port = place.sin_port
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    guard isBound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    // Weak: the server ends with its owner, not with its thread.
    Thread.detachNewThread { [listener, weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else {
          guard errno == EINVAL else { continue }
          close(listener)
          return
        }
        var yes: Int32 = 1
        setsockopt(
          connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        self?.state.withLock { $0.open += 1 }
        Thread.detachNewThread { [weak self] in
          var reader = RequestReader(connection)
          while let request = reader.next(), let server = self {
            if !server.serve(request, connection, answer) { break }
          }
          self?.state.withLock { $0.open -= 1 }
          close(connection)
        }
      }
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// The requests so far, where they are kept.
  public var asks: [Ask] { state.withLock { $0.asks } }

  /// How many requests came.
  public var count: Int { state.withLock { $0.count } }

  /// The most requests that were being answered at once.
  public var mostAtOnce: Int { state.withLock { $0.mostActive } }

  /// Waits until all that clients who are gone had sent has been counted.
  public func drain() {
    // Connections are taken in their order: once this one is, all before it are.
    let last = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    place.sin_port = port
    withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = connect(last, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    // What is no request is not counted; the connection is closed for it.
    var (line, answer) = (Array("drain\r\n\r\n".utf8), UInt8(0))
    _ = send(last, &line, line.count, Int32(MSG_NOSIGNAL))
    _ = recv(last, &answer, 1, 0)
    close(last)
    while state.withLock({ $0.open }) > 0 { usleep(200) }
  }

  private func serve(
    _ request: RequestReader.Request, _ connection: Int32, _ answer: (Ask) -> ProviderReply
  ) -> Bool {
    let ask = state.withLock { state in
      let ask = Ask(
        path: request.path, headers: request.headers, body: request.body, earlier: state.count)
      state.count += 1
      state.active += 1
      state.mostActive = max(state.mostActive, state.active)
      if keepsAsks { state.asks.append(ask) }
      return ask
    }
    let reply = answer(ask)
    state.withLock { $0.active -= 1 }
    return reply.send(to: connection)
  }
}

/// Takes requests off a connection.
private struct RequestReader {
  struct Request {
    let path: String
    let headers: [String: String]
    let body: [UInt8]
  }

  private let connection: Int32
  private var buffer: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  init(_ connection: Int32) { self.connection = connection }

  /// The next request; nil when the client leaves.
  mutating func next() -> Request? {
    var end: Int?
    while true {
      end = Self.end(ofHead: buffer)
      if end != nil { break }
      guard fill() else { return nil }
    }
    guard let end else { return nil }
    let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] =
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    let length = Int(headers["content-length"] ?? "0") ?? 0
    while buffer.count < end + length { guard fill() else { return nil } }
    let body = Array(buffer[end..<(end + length)])
    buffer.removeFirst(end + length)
    return Request(path: String(words[1]), headers: headers, body: body)
  }

  private mutating func fill() -> Bool {
    let count = recv(connection, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer += chunk[..<count]
    return true
  }

  private static func end(ofHead bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return bytes.withUnsafeBytes { bytes in
      for index in 0...(bytes.count - 4)
      where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13
        && bytes[index + 3] == 10
      {
        return index + 4
      }
      return nil
    }
  }
}
