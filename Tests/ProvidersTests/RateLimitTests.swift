import Testing

@testable import Providers

@Suite("How fast a model is asked")
struct RateLimitTests {
  /// Asks as fast as allowed until a time; gives the starts. Calls end at once.
  private func starts(
    _ limit: inout RateLimit, tokens: Int = 1, from start: Double = 0, until end: Double
  ) -> [Double] {
    var (now, starts): (Double, [Double]) = (start, [])
    while now < end {
      switch limit.start(tokens: tokens, at: now) {
      case .go:
        starts.append(now)
        limit.finish(reserved: tokens, used: tokens)
      case .wait(let seconds): now += max(seconds, 1e-6)
      }
    }
    return starts
  }

  private func mostInAMinute(_ starts: [Double]) -> Int {
    starts.indices.map { index in
      starts[index...].prefix { $0 < starts[index] + 60 }.count
    }.max() ?? 0
  }

  @Test(
    "No minute sees more requests than the limit, and nearly all of it is used",
    arguments: [
      1.0, 7, 60, 500, 3000,
    ])
  func requests(perMinute: Double) {
    var limit = RateLimit(requestsPerMinute: perMinute, concurrency: 10)
    let starts = starts(&limit, until: 600)
    #expect(mostInAMinute(starts) <= Int(perMinute))
    #expect(Double(starts.count) >= perMinute * 4.5)
  }

  @Test("No minute sees more tokens than the limit")
  func tokens() {
    var limit = RateLimit(tokensPerMinute: 10_000, concurrency: 10)
    let starts = starts(&limit, tokens: 250, until: 600)
    #expect(mostInAMinute(starts) * 250 <= 10_000)
    #expect(starts.count * 250 >= 80_000)
  }

  @Test("A call larger than the bucket goes through once the bucket is full")
  func large() {
    var limit = RateLimit(tokensPerMinute: 1000, concurrency: 1)
    #expect(limit.start(tokens: 5000, at: 0) == .go)
    limit.finish(reserved: 5000, used: 5000)
    guard case .wait(let seconds) = limit.start(tokens: 1, at: 0) else {
      Issue.record("The debt was forgotten.")
      return
    }
    #expect(seconds > 60 * 4)
  }

  @Test("Tokens that were reserved and not taken are given back")
  func refund() {
    var limit = RateLimit(tokensPerMinute: 1000, concurrency: 2)
    #expect(limit.start(tokens: 100, at: 0) == .go)
    limit.finish(reserved: 100, used: 1)
    #expect(limit.start(tokens: 90, at: 0) == .go)
  }

  @Test("So many at once and no more")
  func concurrency() {
    var limit = RateLimit(concurrency: 2)
    #expect(limit.start(tokens: 1, at: 0) == .go)
    #expect(limit.start(tokens: 1, at: 0) == .go)
    guard case .wait = limit.start(tokens: 1, at: 0) else {
      Issue.record("A third call began.")
      return
    }
    limit.finish(reserved: 1, used: 1)
    #expect(limit.start(tokens: 1, at: 0) == .go)
  }

  @Test("A 429 pauses all, halves the pace once for calls of one time, and answers raise it")
  func adaptive() {
    var limit = RateLimit(requestsPerMinute: 600, concurrency: 8)
    limit.slowDown(retryAfter: 5, startedAt: 9, at: 10)
    limit.slowDown(retryAfter: nil, startedAt: 9.5, at: 10.1)
    #expect(limit.pace == 0.5)
    #expect(limit.start(tokens: 1, at: 11) == .wait(4))
    #expect(limit.start(tokens: 1, at: 15) == .go)
    limit.slowDown(retryAfter: nil, startedAt: 15, at: 16)
    #expect(limit.pace == 0.25)
    for _ in 0..<1000 { limit.slowDown(retryAfter: nil, startedAt: 1e9, at: 17) }
    #expect(limit.pace > 0)
    for _ in 0..<100 { limit.wentWell() }
    #expect(limit.pace == 1)
  }
}
