import Foundation
import Loopback
import Synchronization
import Testing

@testable import Transport

@Suite("Many requests at once")
struct HTTPClientTests {
  private func ask(
    _ server: ProviderServer, _ path: String = "/x", timeouts: HTTPTimeouts = HTTPTimeouts(),
    sizeLimit: Int = 1 << 20
  ) async throws -> HTTPClient.Answer {
    let client = try HTTPClient()
    var request = HTTPRequest(
      method: "POST", address: server.address + path,
      headers: [.init("Authorization", "Bearer secret")], body: Array("hello".utf8))
    request.timeouts = timeouts
    request.sizeLimit = sizeLimit
    return await client.answer(to: request)
  }

  private func fault(_ answer: HTTPClient.Answer) -> HTTPFault? {
    if case .failure(let fault) = answer { fault } else { nil }
  }

  @Test("Two hundred requests at once get each its own answer, over kept connections")
  func many() async throws {
    let ports = Mutex<Set<String>>([])
    let server = try ProviderServer { ask in
      ports.withLock { _ = $0.insert(ask.headers["host"] ?? "") }
      return ProviderReply(200, [], "echo " + ask.text)
    }
    let client = try HTTPClient()
    for _ in 0..<3 {
      let texts = await withTaskGroup(of: (Int, String?).self) { group in
        for index in 0..<200 {
          group.addTask {
            let request = HTTPRequest(
              method: "POST", address: server.address, body: Array("number \(index)".utf8))
            let answer = await client.answer(to: request)
            return (index, (try? answer.get()).map { String(decoding: $0.body, as: UTF8.self) })
          }
        }
        var texts: [Int: String?] = [:]
        for await (index, text) in group { texts[index] = text }
        return texts
      }
      for index in 0..<200 { #expect(texts[index] == "echo number \(index)") }
    }
    #expect(server.count == 600)
    #expect(ports.withLock { $0.count } == 1)
  }

  @Test("Status, headers and times come with the answer")
  func head() async throws {
    let server = try ProviderServer { _ in
      ProviderReply(429, [("Retry-After", "7"), ("X-Mark", " a ")], "busy")
    }
    let response = try await ask(server).get()
    #expect(response.status == 429)
    #expect(response.header("x-mark") == "a")
    #expect(response.retryAfter() == 7)
    #expect(response.body == Array("busy".utf8))
    #expect(response.seconds >= response.secondsToFirstByte && response.secondsToFirstByte > 0)
  }

  @Test("A date to ask again at is compared with the server's own clock")
  func retryDate() {
    func wait(_ headers: [(String, String)], now: Double = 0) -> Double? {
      HTTPResponse(status: 503, headers: headers.map { HTTPRequest.Header($0.0, $0.1) })
        .retryAfter(now: Date(timeIntervalSince1970: now))
    }
    let after = ("Retry-After", "Wed, 21 Oct 2026 07:28:30 GMT")
    #expect(wait([after, ("Date", "Wed, 21 Oct 2026 07:28:00 GMT")]) == 30)
    #expect(wait([after], now: 1_792_567_700) == 10)
    #expect(wait([after], now: 1_792_567_800) == 0)
    #expect(wait([("Retry-After", "-1")]) == nil)
    #expect(wait([("Retry-After", "soon")]) == nil)
    #expect(wait([]) == nil)
  }

  @Test("Each timeout is told apart")
  func timeouts() async throws {
    let silent = try ProviderServer { _ in ProviderReply(200, [], "x", .hang(0)) }
    var answer = try await ask(silent, timeouts: HTTPTimeouts(firstByte: 1))
    #expect(fault(answer)?.cause == .firstByteTimeout)
    #expect(fault(answer)?.mayHaveArrived == true)

    let stuck = try ProviderServer { _ in ProviderReply(200, [], "0123456789", .hang(45)) }
    answer = try await ask(stuck, timeouts: HTTPTimeouts(idle: 0.1))
    #expect(fault(answer)?.cause == .idleTimeout)

    let slow = try ProviderServer { _ in
      ProviderReply(200, [], "0123456789", .trickle(bytes: 1, seconds: 0.02))
    }
    answer = try await ask(slow, timeouts: HTTPTimeouts(idle: 30, total: 0.2))
    #expect(fault(answer)?.cause == .totalTimeout)
  }

  @Test("A connection that breaks is told by where it broke, and nothing is sent twice")
  func broken() async throws {
    let before = try ProviderServer { ask in
      // The second request comes over a kept connection, where libcurl would ask again by itself.
      ask.path == "/x" ? ProviderReply(200, [], "x", .reset(0)) : ProviderReply(200, [], "ok")
    }
    let client = try HTTPClient()
    let first = HTTPRequest(method: "POST", address: before.address + "/y", body: [1])
    _ = try await client.answer(to: first).get()
    let second = HTTPRequest(method: "POST", address: before.address + "/x", body: [1])
    let answer = await client.answer(to: second)
    #expect(fault(answer)?.cause == .reset)
    #expect(fault(answer)?.mayHaveArrived == true)
    #expect(before.count == 2)

    for course in [ProviderReply.Course.reset(45), .cut(45)] {
      let inside = try ProviderServer { _ in ProviderReply(200, [], "0123456789", course) }
      #expect(fault(try await ask(inside))?.cause == .truncated)
    }
  }

  @Test("A length that is not the body's is a fault, or is told by the body")
  func wrongLength() async throws {
    let short = try ProviderServer { _ in
      ProviderReply(200, [("Content-Length", "100")], "0123456789", .cut(1000))
    }
    #expect(fault(try await ask(short))?.cause == .truncated)
    let long = try ProviderServer { _ in
      ProviderReply(200, [("Content-Length", "4")], "0123456789", .cut(1000))
    }
    #expect(try await ask(long).get().body == Array("0123".utf8))
  }

  @Test("A body beyond the limit is not taken in, announced or not")
  func tooLarge() async throws {
    let body = String(repeating: "x", count: 5000)
    let announced = try ProviderServer { _ in ProviderReply(200, [], body) }
    #expect(fault(try await ask(announced, sizeLimit: 1000))?.cause == .tooLarge)
    let silent = try ProviderServer { _ in
      ProviderReply(
        200, [("Transfer-Encoding", "chunked")], "1388\r\n\(body)\r\n0\r\n\r\n")
    }
    #expect(fault(try await ask(silent, sizeLimit: 1000))?.cause == .tooLarge)
  }

  @Test("A redirect is an answer, and the key goes nowhere else")
  func redirect() async throws {
    let other = try ProviderServer { _ in ProviderReply(200, [], "stolen") }
    let server = try ProviderServer { _ in
      ProviderReply(307, [("Location", other.address + "/x")])
    }
    #expect(try await ask(server).get().status == 307)
    #expect(other.count == 0)
  }

  @Test("No connection, no address and no HTTP are told apart")
  func noConnection() async throws {
    let client = try HTTPClient()
    let refused = await client.answer(
      to: HTTPRequest(method: "GET", address: "http://127.0.0.1:1/"))
    #expect(fault(refused)?.cause == .noConnection)
    #expect(fault(refused)?.mayHaveArrived == false)
    for address in ["ftp://x/", "http://user:word@x/", "nothing"] {
      let answer = await client.answer(to: HTTPRequest(method: "GET", address: address))
      #expect(fault(answer)?.cause == .badAddress)
    }
    let odd = try LoopbackServer { _ in Reply(200) }
    #expect(
      try await client.answer(to: HTTPRequest(method: "GET", address: odd.address)).get()
        .status == 200)
  }

  @Test("Faults show no header and no body")
  func secrecy() async throws {
    let server = try ProviderServer { _ in ProviderReply(200, [], "x", .reset(0)) }
    let fault = fault(try await ask(server))
    #expect(fault?.description.contains("secret") == false)
    #expect(fault?.description.contains("hello") == false)
  }
}
