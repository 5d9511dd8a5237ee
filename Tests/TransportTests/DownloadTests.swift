import Foundation
import Loopback
import Synchronization
import Testing

@testable import Transport

@Suite("Downloads from a server on this machine")
struct DownloadTests {
  private static let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

  /// What a fetch left behind.
  private struct Result {
    var head: DownloadHead?
    var error: String?
    var content: [UInt8] = []
    var waits: [Double] = []
    var isRight: Bool { content == DownloadTests.bytes && error == nil }
  }

  /// Fetches from a server into a file that holds `part` at first; nothing ever sleeps.
  private static func fetch(
    _ server: LoopbackServer, part: [UInt8] = [], token: String? = nil, stall: Double = 60,
    verdict: (DownloadHead, Int) -> Download.Verdict = { _, _ in .accept },
    progress: (Int, Int?) -> Void = { _, _ in }
  ) throws -> Result {
    let path = NSTemporaryDirectory() + "download-\(UUID().uuidString)"
    defer { unlink(path) }
    try Data(part).write(to: URL(fileURLWithPath: path))
    var download = try Download(from: server.address + "/file", token: token)
    let waits = Waits()
    download.sleep = { seconds in waits.list.withLock { $0.append(seconds) } }
    download.stallTimeout = stall
    var result = Result()
    do {
      result.head = try download.fetch(into: path, verdict: verdict, progress: progress)
    } catch {
      result.error = error.description.replacingOccurrences(of: server.address, with: "SERVER")
    }
    result.content = FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
    result.waits = waits.list.withLock { $0 }
    return result
  }

  private final class Waits: Sendable {
    let list = Mutex<[Double]>([])
  }

  @Test("a file comes over whole, with its size and mark told")
  func plain() throws {
    let server = try LoopbackServer { .file(Self.bytes, etag: "one", for: $0) }
    var told: [Int] = []
    let result = try Self.fetch(
      server,
      progress: { done, all in
        told.append(done)
        #expect(all == Self.bytes.count)
      })
    #expect(result.isRight)
    #expect(result.head?.size == Self.bytes.count)
    #expect(result.head?.etag == "one")
    #expect(told.last == Self.bytes.count && told == told.sorted())
    #expect(server.requests.count == 1)
    #expect(server.requests.first?.headers["range"] == nil)
  }

  @Test("an empty file is a file")
  func empty() throws {
    let server = try LoopbackServer { _ in Reply(200) }
    var asked = 0
    let result = try Self.fetch(
      server,
      verdict: { _, _ in
        asked += 1
        return .accept
      })
    #expect(result.error == nil && result.content.isEmpty)
    #expect(asked == 1)
  }

  @Test("a connection that drops in the middle is resumed where it dropped")
  func drop() throws {
    let server = try LoopbackServer { request in
      let reply = Reply.file(Self.bytes, etag: "one", for: request)
      return request.earlier < 2 ? reply.failing(.cut(60_000)) : reply
    }
    let result = try Self.fetch(server)
    #expect(result.isRight)
    #expect(
      server.requests.map { $0.headers["range"] } == [nil, "bytes=60000-", "bytes=120000-"])
    #expect(server.requests.map { $0.headers["if-range"] } == [nil, "\"one\"", "\"one\""])
    #expect(result.waits == [0.5, 0.5])
  }

  @Test("without any progress the waits double and the fetch ends in a sentence")
  func hopeless() throws {
    let server = try LoopbackServer { Reply.file(Self.bytes, for: $0).failing(.cut(0)) }
    let result = try Self.fetch(server)
    #expect(result.waits == [0.5, 1, 2, 4])
    #expect(
      result.error
        == "Could not fetch SERVER/file: transferred a partial file (tried 5 times). Check the "
        + "network and try again later.")
  }

  @Test("a part from an earlier run is continued")
  func laterRun() throws {
    let server = try LoopbackServer { .file(Self.bytes, for: $0) }
    let result = try Self.fetch(server, part: Array(Self.bytes.prefix(1000)))
    #expect(result.isRight)
    #expect(server.requests.map { $0.headers["range"] } == ["bytes=1000-"])
  }

  @Test(
    "a part that is refused as a beginning is replaced", arguments: [1000, bytes.count, 300_000])
  func restart(count: Int) throws {
    let server = try LoopbackServer { .file(Self.bytes, for: $0) }
    let result = try Self.fetch(
      server, part: [UInt8](repeating: 7, count: count),
      verdict: { _, there in there > 0 ? .restart : .accept })
    #expect(result.isRight)
    #expect(server.requests.count == 2)
  }

  @Test("a part that is the whole file already is taken as it is")
  func whole() throws {
    let server = try LoopbackServer { .file(Self.bytes, for: $0) }
    let result = try Self.fetch(server, part: Self.bytes)
    #expect(result.isRight)
    #expect(server.requests.count == 1)
  }

  @Test("a server that ignores the request to continue sends the whole, once")
  func ignoredRange() throws {
    let server = try LoopbackServer { request in
      let reply = Reply.file(Self.bytes, for: request, ignoresRange: true)
      return request.earlier == 0 ? reply.failing(.cut(60_000)) : reply
    }
    #expect(try Self.fetch(server).isRight)
    #expect(server.requests.count == 2)
  }

  @Test("a file that changed between attempts is fetched anew, whether or not If-Range is heeded")
  func changed() throws {
    let older = [UInt8](repeating: 1, count: Self.bytes.count)
    for heeds in [true, false] {
      let server = try LoopbackServer { request in
        if request.earlier == 0 {
          return .file(older, etag: "one", for: request).failing(.cut(60_000))
        }
        if heeds || request.headers["range"] == nil {
          return .file(Self.bytes, etag: "two", for: request)
        }
        return Reply(
          206,
          [
            ("ETag", "\"two\""),
            ("Content-Range", "bytes 60000-\(Self.bytes.count - 1)/\(Self.bytes.count)"),
          ], body: Array(Self.bytes[60_000...]))
      }
      #expect(try Self.fetch(server).isRight)
      #expect(server.requests.count == (heeds ? 2 : 3))
    }
  }

  @Test("a file that changes at each attempt ends in a sentence")
  func alwaysChanging() throws {
    let server = try LoopbackServer { request in
      let number = request.earlier
      guard request.headers["range"] != nil else {
        return Reply(200, [("ETag", "\"\(number)\"")], body: Self.bytes).failing(.cut(50_000))
      }
      return Reply(
        206, [("ETag", "\"\(number)\""), ("Content-Range", "bytes 50000-199999/200000")],
        body: Array(Self.bytes[50_000...]))
    }
    #expect(
      try Self.fetch(server).error
        == "Could not fetch SERVER/file: the file changed again and again (tried 5 times). Check "
        + "the network and try again later.")
  }

  @Test(
    "a continuation that starts elsewhere is not taken",
    arguments: ["bytes 0-199999/200000", "bytes 60001-199999/200000", "nonsense"])
  func wrongStart(range: String) throws {
    let server = try LoopbackServer { request in
      guard request.headers["range"] != nil else {
        let reply = Reply.file(Self.bytes, for: request)
        return request.earlier == 0 ? reply.failing(.cut(60_000)) : reply
      }
      return Reply(206, [("Content-Range", range)], body: Array(Self.bytes[60_000...]))
    }
    #expect(try Self.fetch(server).isRight)
  }

  @Test("a body of another length than the hub promised is refused before it is written")
  func wrongLength() throws {
    let page = Array("<html>Sign in</html>".utf8)
    let server = try LoopbackServer { _ in
      Reply(200, [("X-Linked-Size", "200000"), ("Content-Type", "text/html")], body: page)
    }
    let result = try Self.fetch(server, part: [1, 2, 3])
    #expect(
      result.error
        == "The server sends a file of 20 bytes where the hub promised 200000; is there a sign-in "
        + "page or a proxy between? Check the network and try again.")
    #expect(result.content == [1, 2, 3])
  }

  @Test("a continuation that is too long or too short is noticed")
  func wrongRest() throws {
    for (count, reason) in [
      (150_000, "the server sent more than the 200000 bytes it announced (tried once)"),
      (0, "the connection ended after 60000 of 200000 bytes (tried 5 times)"),
    ] {
      let server = try LoopbackServer { request in
        if request.headers["range"] == nil {
          return .file(Self.bytes, for: request).failing(.cut(60_000))
        }
        return Reply(
          206, [("Content-Range", "bytes 60000-199999/200000")],
          body: [UInt8](repeating: 0, count: count))
      }
      #expect(
        try Self.fetch(server).error
          == "Could not fetch SERVER/file: \(reason). Check the network and try again later.")
    }
  }

  @Test(
    "a final status ends the fetch at once, in a sentence",
    arguments: [
      (
        404, nil,
        "The server has no SERVER/file (status 404); check the name and the revision."
      ),
      (
        401, nil,
        "The server refused SERVER/file with status 401; check the name, and it may need a token."
      ),
      (
        403, "secret",
        "The server refused SERVER/file with status 403; check the name, and check that the token "
          + "is right and may read this."
      ),
      (
        418, nil,
        "The server answered SERVER/file with status 418 where the file was needed; check the "
          + "address."
      ),
    ])
  func refusals(status: Int, token: String?, sentence: String) throws {
    let server = try LoopbackServer { _ in Reply(status, body: Array("no".utf8)) }
    let result = try Self.fetch(server, token: token)
    #expect(result.error == sentence)
    #expect(result.content.isEmpty && result.waits.isEmpty)
    #expect(server.requests.count == 1)
  }

  @Test("a server in trouble is asked again", arguments: [408, 429, 500, 502, 503, 504])
  func trouble(status: Int) throws {
    let server = try LoopbackServer { request in
      request.earlier < 2 ? Reply(status) : .file(Self.bytes, for: request)
    }
    let result = try Self.fetch(server)
    #expect(result.isRight)
    #expect(result.waits == [0.5, 1])
  }

  @Test("a busy server is asked again when it said, or not at all when that is long")
  func retryAfter() throws {
    let server = try LoopbackServer { request in
      request.earlier < 1
        ? Reply(429, [("Retry-After", "7")]) : .file(Self.bytes, for: request)
    }
    let result = try Self.fetch(server)
    #expect(result.isRight)
    #expect(result.waits == [7])

    let busy = try LoopbackServer { _ in Reply(503, [("Retry-After", "3600")]) }
    let refused = try Self.fetch(busy)
    #expect(
      refused.error
        == "The server cannot give SERVER/file now (status 503); it asks to be asked again in 3600 "
        + "seconds.")
    #expect(busy.requests.count == 1 && refused.waits.isEmpty)
  }

  @Test("a server that falls silent is left and asked again")
  func stall() throws {
    let server = try LoopbackServer { request in
      let reply = Reply.file(Self.bytes, etag: "one", for: request)
      return request.earlier == 0 ? reply.failing(.hang(60_000)) : reply
    }
    let result = try Self.fetch(server, stall: 1)
    #expect(result.isRight)
    #expect(server.requests.map { $0.headers["range"] } == [nil, "bytes=60000-"])
  }

  @Test("a port where nobody listens and a place that cannot be written to end in sentences")
  func noServer() throws {
    let address = "http://127.0.0.1:1"
    var download = try Download(from: address + "/file")
    download.retries = Retries(attempts: 2)
    download.sleep = { _ in }
    let path = NSTemporaryDirectory() + "download-\(UUID().uuidString)"
    defer { unlink(path) }
    let error = #expect(throws: TransportError.self) { try download.fetch(into: path) }
    #expect(
      error?.description == "Could not fetch \(address)/file: couldn't connect to server "
        + "(tried 2 times). Check the network and try again later.")
    let unwritable = #expect(throws: TransportError.self) {
      try download.fetch(into: "/no-such-place/file")
    }
    #expect(
      unwritable?.description == "Cannot write /no-such-place/file: No such file or directory.")
  }
}
