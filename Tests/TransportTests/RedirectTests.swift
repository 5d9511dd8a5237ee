import Foundation
import Loopback
import Testing

@testable import Transport

@Suite("Redirects and tokens")
struct RedirectTests {
  private static func fetch(_ address: String, token: String? = nil) throws -> Result<
    [UInt8], TransportError
  > {
    let path = NSTemporaryDirectory() + "redirect-\(UUID().uuidString)"
    defer { unlink(path) }
    var download = try Download(from: address, token: token)
    download.sleep = { _ in }
    do throws(TransportError) {
      try download.fetch(into: path)
    } catch {
      return .failure(error)
    }
    return .success(FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? [])
  }

  @Test("the token goes to its own origin, also after a redirect there, and nowhere else")
  func token() throws {
    let store = try LoopbackServer { .file([1, 2, 3], for: $0) }
    let there = store.address
    let hub = try LoopbackServer { request in
      switch request.path {
      case "/first":
        Reply(302, [("Location", "/second?x=1"), ("X-Linked-Size", "3")], body: [9, 9])
      default: Reply(307, [("Location", there + "/store"), ("X-Linked-Size", "4")])
      }
    }
    #expect(try Self.fetch(hub.address + "/first", token: "secret").get() == [1, 2, 3])
    #expect(hub.requests.map(\.path) == ["/first", "/second?x=1"])
    #expect(
      hub.requests.map { $0.headers["authorization"] } == ["Bearer secret", "Bearer secret"])
    #expect(store.requests.map(\.path) == ["/store"])
    #expect(store.requests.map { $0.headers["authorization"] } == [nil])
  }

  @Test("a redirect to another name of the same machine takes no token along")
  func otherName() throws {
    let server = try LoopbackServer { request in
      let host = request.headers["host"] ?? ""
      let port = host.split(separator: ":").last ?? ""
      return request.path == "/file"
        ? Reply(301, [("Location", "http://localhost:\(port)/other")])
        : .file([5], for: request)
    }
    #expect(try Self.fetch(server.address + "/file", token: "secret").get() == [5])
    #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer secret", nil])
  }

  @Test("redirects in a ring end in a sentence")
  func ring() throws {
    let server = try LoopbackServer { _ in Reply(302, [("Location", "/file")]) }
    let result = try Self.fetch(server.address + "/file")
    #expect(
      throws: TransportError.tooManyRedirects(try #require(URL(string: server.address + "/file")))
    ) {
      try result.get()
    }
    #expect(server.requests.count == Download.mostRedirects + 1)
  }

  @Test(
    "a redirect to no web address is refused and shows no secret of it",
    arguments: ["", "ftp://host/file", "file:///etc/passwd", "http://a:b@host/?key=secret"])
  func badTarget(location: String) throws {
    let server = try LoopbackServer { _ in Reply(302, [("Location", location)]) }
    let result = try Self.fetch(server.address + "/file")
    let error = #expect(throws: TransportError.self) { try result.get() }
    let shown = location.replacingOccurrences(of: "?key=secret", with: "")
    #expect(
      error?.description == "\(server.address)/file was redirected to '\(shown)', which is no web "
        + "address or less protected than the one before; check the address.")
  }

  @Test(
    "a protected address is never left for an unprotected one",
    arguments: [
      ("https://a.org/x", "http://a.org/x", nil),
      ("https://a.org/x", "//b.org/y", "https://b.org/y"),
      ("https://a.org/x", "y", "https://a.org/y"),
      ("http://a.org/x", "https://b.org", "https://b.org"),
    ])
  func downgrade(from: String, location: String, target: String?) throws {
    let start = try #require(URL(string: from))
    let next = try? Download.redirect(from: start, to: location, asked: start)
    #expect(next?.absoluteString == target)
  }

  @Test(
    "addresses and tokens that cannot be sent are refused",
    arguments: [
      ("ftp://host/file", nil), ("host/file", nil), ("http:///file", nil), ("", nil),
      ("http://name:word@host/", nil), ("http://host/", ""), ("http://host/", "a\r\nHost: b"),
      ("http://host/", "a b"),
    ])
  func refused(address: String, token: String?) {
    #expect(throws: TransportError.self) { try Download(from: address, token: token) }
  }
}
