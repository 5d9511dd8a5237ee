import Foundation
import Testing

@testable import Transport

@Suite("The waits that servers ask for")
struct AskedWaitTests {
  /// Sun, 06 Nov 1994 08:49:00 GMT
  private static let now = Date(timeIntervalSince1970: 784_111_740)

  private func response(_ headers: [(String, String)]) -> HTTPResponse {
    HTTPResponse(status: 429, headers: headers.map { HTTPRequest.Header($0.0, $0.1) })
  }

  private func isClose(_ found: Double?, _ expected: Double?) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    return abs(found - expected) < 1e-6 * max(1, expected)
  }

  @Test(
    "Durations as servers write them",
    arguments: [
      ("120", 120.0), ("0", 0), ("1.5", 1.5), (".5", 0.5), ("1s", 1), ("1 s", 1), ("900ms", 0.9),
      ("17ms", 0.017), ("850µs", 0.00085), ("6m0s", 360), ("1m30s", 90), ("1m12.3s", 72.3),
      ("2m59.56s", 179.56), ("1h", 3600), ("1h30m0s", 5400), ("2 days", 172_800),
      ("4hr 59min", 17_940), ("1 hour and 5 minutes", 3900), ("1 day, 2 hours", 93_600),
      ("34.074824224s", 34.074824224), ("30 SECONDS", 30), ("5 sec.", 5), ("1w", 604_800),
      ("99999999999999999999999999", 1e15), ("9999999999999999d", 1e15),
      ("", nil), ("soon", nil), ("-1", nil), ("-5s", nil), ("nan", nil), ("inf", nil),
      ("1e3", nil), ("0x10", nil), ("5 apples", nil), ("s", nil), ("1s later", nil),
      ("1s 5", nil),
    ] as [(String, Double?)])
  func durations(text: String, seconds: Double?) {
    #expect(isClose(WrittenDuration(text)?.seconds, seconds), "\(text)")
  }

  @Test(
    "A wait in a header of its own, in every form",
    arguments: [
      ([("Retry-After", "7")], 7.0), ([("Retry-After", "0.493")], 0.493),
      ([("Retry-After", "1s")], 1), ([("Retry-After", "1m30s")], 90),
      ([("Retry-After", "500ms")], 0.5), ([("Retry-After", " 3 ")], 3),
      ([("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")], 37),
      ([("Retry-After", "1994-11-06T08:49:30Z")], 30),
      ([("Retry-After", "1994-11-06T08:49:30.500Z")], 30.5),
      ([("Retry-After", "1994-11-06T09:49:30+01:00")], 30),
      // Some send the moment itself.
      ([("Retry-After", "1000000000")], 1_000_000_000 - 784_111_740),
      ([("Retry-After", "1000000000000")], 1_000_000_000 - 784_111_740),
      ([("Retry-After", "86400")], 86_400),
      ([("retry-after-ms", "900")], 0.9), ([("retry-after-ms", "900.5")], 0.9005),
      ([("retry-after-ms", "2s")], 2), ([("x-ms-retry-after-ms", "1500")], 1.5),
      ([("Retry-After", "1"), ("retry-after-ms", "250")], 0.25),
      ([("Retry-After", "1"), ("retry-after-ms", "soon")], 1),
      ([("X-Retry-After", "4")], 4),
      ([("Retry-After", "-1")], nil), ([("Retry-After", "NaN")], nil), ([("Retry-After", "")], nil),
      ([("retry-after-ms", "-20")], nil), ([], nil),
    ] as [([(String, String)], Double?)])
  func headers(headers: [(String, String)], seconds: Double?) {
    #expect(isClose(response(headers).retryAfter(now: Self.now), seconds), "\(headers)")
  }

  @Test(
    "The renewal of the limit that is reached, and of no other",
    arguments: [
      ([("x-ratelimit-reset-tokens", "6m0s")], 360.0),
      ([("x-ratelimit-reset-requests", "1.2s"), ("x-ratelimit-reset-tokens", "120ms")], 1.2),
      // Requests are left, so their renewal is no reason to wait.
      (
        [
          ("x-ratelimit-remaining-requests", "900"), ("x-ratelimit-reset-requests", "8m24s"),
          ("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "1.2s"),
        ], 1.2
      ),
      // Some tokens are left, and not enough.
      (
        [
          ("x-ratelimit-remaining-requests", "900"), ("x-ratelimit-reset-requests", "8m24s"),
          ("x-ratelimit-remaining-tokens", "120"), ("x-ratelimit-reset-tokens", "2s"),
        ], 2
      ),
      (
        [
          ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "17ms"),
          ("x-ratelimit-remaining-tokens", "120"), ("x-ratelimit-reset-tokens", "6m0s"),
        ], 0.017
      ),
      ([("x-ratelimit-remaining-tokens", "-1"), ("x-ratelimit-reset-tokens", "0")], nil),
      ([("x-ratelimit-remaining", "5"), ("x-ratelimit-reset", "60")], nil),
      ([("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "60")], 60),
      ([("X-RateLimit-Reset-After", "0.75")], 0.75),
      ([("ratelimit-reset", "7")], 7),
      ([("RateLimit", "limit=10, remaining=0, reset=7")], 7),
      ([("RateLimit", "\"minute\";r=0;t=30")], 30), ([("RateLimit", "\"minute\";r=4;t=30")], nil),
      (
        [
          ("anthropic-ratelimit-requests-remaining", "40"),
          ("anthropic-ratelimit-requests-reset", "1994-11-06T08:50:00Z"),
          ("anthropic-ratelimit-input-tokens-remaining", "0"),
          ("anthropic-ratelimit-input-tokens-reset", "1994-11-06T08:49:20Z"),
        ], 20
      ),
      // What has passed is no wait.
      ([("anthropic-ratelimit-requests-reset", "1994-11-06T08:48:00Z")], nil),
      ([("x-ratelimit-reset", "soon")], nil), ([], nil),
    ] as [([(String, String)], Double?)])
  func resets(headers: [(String, String)], seconds: Double?) {
    #expect(isClose(response(headers).limitReset(now: Self.now), seconds), "\(headers)")
  }

  @Test("A renewal in seconds or milliseconds since 1970 is compared with the server's clock")
  func moments() {
    let date = ("Date", "Wed, 21 Oct 2026 07:28:00 GMT")
    let sent = 1_792_567_680
    for moment in ["\(sent + 42)", "\(sent + 42)000"] {
      let answer = response([("X-RateLimit-Reset", moment), date])
      #expect(isClose(answer.limitReset(now: Self.now), 42), "\(moment)")
    }
  }

  @Test("Addresses are shown without passwords and without what a query may hide")
  func shown() {
    let cases = [
      ("http://h/v1", "http://h/v1"), ("http://u:p@h/v1", "http://h/v1"),
      (
        "https://h/v1?api-version=2024-06-01&key=s3cret",
        "https://h/v1?api-version=2024-06-01&key=..."
      ),
      ("u:p@h:80/v1?code=x", "h:80/v1?code=..."), ("http://h/a@b", "http://h/a@b"),
      ("http://h?s3cret", "http://h?..."), ("", ""),
    ]
    for (address, expected) in cases {
      #expect(HTTPRequest.shownAddress(address) == expected)
    }
  }
}
