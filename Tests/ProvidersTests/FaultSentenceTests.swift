import Testing
import Transport

@testable import Providers

@Suite("Waits and sentences of faults")
struct FaultSentenceTests {
  private static func fault(
    _ status: Int, _ body: String, _ headers: [HTTPRequest.Header] = []
  ) -> ProviderFault? { FaultReadingTests.fault(status, body, headers) }

  @Test(
    "Waits are read out of sentences, and nothing else is",
    arguments: [
      ("please try again in 900ms.", 0.9), ("try again in 6m0s", 360),
      ("please retry after 1 second. go to https://x", 1), ("please try again in 1m12.3s.", 72.3),
      ("please retry in 34.074824224s.", 34.074824224), ("retry after 5", 5),
      ("please wait 20 seconds and try again", 20), ("resets in 4hr 59min", 17_940),
      ("\"retrydelay\": \"21s\"", 21), ("retry your requests after 2 minutes", 120),
      ("try again in about 3 minutes", 180), ("bad (reset after 23s)", 23),
      ("try again later. please try again in 2s", 2), ("wait a bit and try again", nil),
      ("try again in a moment", nil), ("await 5", nil), ("timed out after 30 seconds", nil),
      ("", nil),
    ] as [(String, Double?)])
  func sentences(text: String, seconds: Double?) {
    let found = FaultReading.wait(in: text)
    #expect((found == nil) == (seconds == nil), "\(text): \(found ?? -1)")
    #expect(abs((found ?? 0) - (seconds ?? 0)) < 1e-9, "\(text)")
  }

  @Test("A header wins over the body, the body's field over its sentence, all over a renewal")
  func order() {
    let body = #"{"error":{"message":"Try again in 3s","retry_after":2}}"#
    let reset = HTTPRequest.Header("x-ratelimit-reset-tokens", "9s")
    func wait(_ body: String, _ headers: [HTTPRequest.Header]) -> Double? {
      Self.fault(429, body, headers)?.retryAfter
    }
    #expect(wait(body, [.init("Retry-After", "1"), reset]) == 1)
    #expect(wait(body, [reset]) == 2)
    #expect(wait(#"{"error":{"message":"Try again in 3s"}}"#, [reset]) == 3)
    #expect(wait(#"{"error":{"message":"slow down"}}"#, [reset]) == 9)
    // Such headers come with every answer and say nothing about a server that failed.
    #expect(Self.fault(500, "", [reset])?.retryAfter == nil)
  }

  @Test("Sentences say what was found, what the wait is and what to do")
  func wording() {
    func text(_ status: Int, _ body: String, _ headers: [HTTPRequest.Header] = []) -> String? {
      Self.fault(status, body, headers)?.description
    }
    #expect(
      text(429, #"{"error":{"message":"slow down"}}"#, [.init("Retry-After", "54720")])
        == "The provider asks for fewer calls (status 429, asks to wait 15.2 h): slow down")
    #expect(
      text(404, #"{"detail":"Not Found"}"#)
        == "The provider has no such model or address (status 404): Not Found. The address asked is "
        + "http://h/v1/chat/completions. Check the endpoint and 'model'.")
    #expect(
      text(308, "", [.init("Location", "https://h/v1/chat/completions?key=s3cret")])
        == "The provider sends elsewhere, where a key must not follow (status 308). It names "
        + "https://h/v1/chat/completions?key=...; if that is right, write it as the endpoint.")
    #expect(
      text(403, "<html><head><title>\n Sorry </title></head></html>")
        == "The provider is behind a filter that answers with a web page, and may refuse this "
        + "question (status 403): the web page 'Sorry'")
    for (seconds, words) in [
      (0.9, "900 ms"), (1, "1 s"), (34.07, "34.1 s"), (360, "6 min"), (54_720, "15.2 h"),
      (172_800, "2 days"), (1e15, "1000000000 days"),
    ] { #expect(FaultReading.words(seconds) == words) }
  }
}
