import Foundation
import Testing

@testable import Transport

@Suite("What a server announces")
struct DownloadHeadTests {
  private static func head(_ lines: String..., now: Date = Date()) -> DownloadHead {
    var head = DownloadHead()
    for line in lines { head.add(line: line + "\r\n", now: now) }
    return head
  }

  @Test(
    "Retry-After is read as seconds and as all three dates of HTTP",
    arguments: [
      ("120", 120.0), ("0", 0), ("-1", nil), ("soon", nil), ("inf", nil), ("", nil),
      ("Sun, 06 Nov 1994 08:49:37 GMT", 37), ("Sunday, 06-Nov-94 08:49:37 GMT", 37),
      ("Sun Nov  6 08:49:37 1994", 37), ("Sat, 05 Nov 1994 08:49:37 GMT", 0),
    ] as [(String, Double?)])
  func retryAfter(text: String, seconds: Double?) {
    // Sun, 06 Nov 1994 08:49:00 GMT
    let now = Date(timeIntervalSince1970: 784_111_740)
    #expect(Self.head("HTTP/1.1 503 Busy", "Retry-After: \(text)", now: now).retryAfter == seconds)
  }

  @Test("what the hub vouches for stays over redirects, all else is the last answer's")
  func hops() {
    let head = Self.head(
      "HTTP/1.1 302 Found", "ETag: \"hub\"", "X-Linked-ETag: \"abc\"", "x-linked-size: 77",
      "X-Repo-Commit: c0ffee", "Content-Length: 5", "Location: /there", "",
      "HTTP/2 200", "etag: W/\"store\"", "content-length: 77", "x-linked-size: 1", "")
    #expect(head.status == 200 && head.size == 77 && head.etag == "store")
    #expect(head.linkedETag == "abc" && head.linkedSize == 77 && head.commit == "c0ffee")
    #expect(head.location == nil && head.validator == nil)
  }

  @Test(
    "a range tells its start and the whole size",
    arguments: [
      ("bytes 10-19/20", 10, 20), ("bytes 0-0/*", 0, nil), ("bytes */20", -1, 20),
      ("bytes", -1, nil), ("bytes 10-19", -1, nil), ("items 1-2/3", -1, nil),
      ("bytes -5-9/10", 5, 10), ("bytes 99999999999999999999-1/5", -1, 5),
    ] as [(String, Int, Int?)])
  func ranges(text: String, start: Int, size: Int?) {
    let head = Self.head("HTTP/1.1 206 Part", "Content-Range: \(text)")
    #expect(head.start == start)
    #expect(head.size == size)
  }

  @Test("lines that are no headers are passed over")
  func nonsense() {
    let head = Self.head("HTTP/1.1", "no colon", ":", "Content-Length: -3", "Content-Length: x")
    #expect(head == DownloadHead())
  }
}
