import Foundation
import Providers
import Synchronization
import Testing

@testable import Construction

@Suite("Limits on dollars and calls")
struct SpendingCapTests {
  @Test("Money is exact in any order, and rounds what is reserved up")
  func money() {
    #expect(Money(dollars: 0.1) + Money(dollars: 0.2) == Money(dollars: 0.3))
    #expect(Money(dollars: 1e-13).trillionths == 1)
    #expect(Money(dollars: 1e300).dollars == 1e6)
    #expect(Money(dollars: -1) == .zero)
  }

  @Test("Sums, differences and what is no number end at a bound, and never at 0")
  func bounds() {
    let million = Money(dollars: 1e6)
    #expect(Money(dollars: .nan) == million && Money(dollars: .infinity) == million)
    #expect(Money(dollars: -.infinity) == .zero)
    let greatest = Money(trillionths: .max)
    #expect(greatest + greatest == .most && Money.most + .most == .most)
    #expect(Money(trillionths: .min) - greatest == Money(trillionths: -Money.most.trillionths))
    #expect(greatest - Money(trillionths: .min) == .most)
    let charge = CallCharge(calls: .max, spent: greatest, possiblySpent: greatest)
    #expect(charge + charge == CallCharge(calls: .max, spent: .most, possiblySpent: .most))
    #expect(charge.most == .most)
    for limit in [Double.nan, -1, 0] {
      #expect(SpendingCap(dollars: limit, calls: nil).reserve(Money(dollars: 1)) == .noDollars)
    }
    let cap = SpendingCap(dollars: 1e300, calls: .max, charged: charge)
    #expect(cap.reserve(greatest) == .noCalls)
    let free = SpendingCap(dollars: nil, calls: nil, charged: charge)
    _ = free.reserve(greatest)
    _ = free.reserve(greatest)
    free.settle(greatest, as: charge)
    free.settle(greatest, as: charge)
    #expect(free.totals.reserved == .zero)
  }

  @Test("What could pass the limit waits for what is under way, or is refused")
  func verdicts() {
    let cap = SpendingCap(dollars: 1, calls: nil)
    let half = Money(dollars: 0.5)
    #expect(cap.reserve(half) == .granted(mark: CallCharge(calls: 1, possiblySpent: half)))
    cap.keep(CallCharge(calls: 1, possiblySpent: half))
    _ = cap.reserve(half)
    #expect(cap.reserve(half) == .wait)
    #expect(cap.reserve(Money(dollars: 1.01)) == .noDollars)
    cap.settle(half, as: CallCharge(calls: 1, spent: Money(dollars: 0.25)))
    #expect(cap.reserve(half) == .wait)
    cap.settle(half, as: CallCharge(calls: 1, spent: Money(dollars: 0.25)))
    #expect(cap.reserve(half) == .granted(mark: nil))
    cap.settle(half, as: CallCharge(calls: 1, possiblySpent: half))
    #expect(cap.reserve(Money(trillionths: 1)) == .noDollars)
  }

  @Test("A limit on calls counts those under way")
  func calls() {
    let cap = SpendingCap(dollars: nil, calls: 3, charged: CallCharge(calls: 1))
    _ = cap.reserve(.zero)
    _ = cap.reserve(.zero)
    #expect(cap.reserve(.zero) == .noCalls)
  }

  @Test("Sixty-four calls at once never pass the limit, and use it up")
  func concurrent() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    var plan = Made.plan(
      [Made.model("a", concurrency: 64), Made.model("b", concurrency: 64)], store: store.path)
    plan.maxCost = 0.005
    let prices = try #require(plan.models[0].prices)
    let billed = Mutex((sum: 0.0, most: 0.0, calls: 0))
    let provider = MadeProvider { request in
      // The provider bills up to the whole bound, also for answers that get lost.
      let count = billed.withLock {
        $0.calls += 1; return $0.calls
      }
      let usage = TokenUsage(input: request.mostInputTokens - count % 50, output: count % 11)
      billed.withLock {
        $0.sum += prices.cost(of: usage)
        $0.most = max($0.most, $0.sum)
      }
      try? await Task.sleep(for: .microseconds(count % 700))
      if count % 7 == 0 {
        return .failure(
          ProviderFault(.broken, isRetryable: true, mayBeBilled: true, "The line broke."))
      }
      var reply = Made.reply
      reply.usage = usage
      return .success(reply)
    }
    let collector = try Collector(
      plan, items: Made.items(500), store: store, providers: [provider, provider])
    let summary = try await collector.run()
    #expect(summary.ending == .noDollars)
    let most = billed.withLock { $0.most }
    #expect(most <= 0.005)
    #expect(most > 0.004)
    #expect(summary.progress.charged.most <= Money(dollars: 0.005))
    #expect(summary.progress.charged.most.dollars > 0.0049)
    #expect(try store.charged() == summary.progress.charged)

    // The store remembers: nothing more can be spent.
    let before = billed.withLock { $0.calls }
    let again = try await Collector(
      plan, items: Made.items(500), store: store, providers: [provider, provider]
    ).run()
    #expect(again.ending == .noDollars)
    #expect(billed.withLock { $0.calls } == before)
  }

  @Test("Sixty-four at once make so many calls and no more, failed ones counted")
  func concurrentCalls() async throws {
    let folder = try Scratch()
    let store = try AnswerStore(path: folder.path + "/a.sqlite", for: .writing)
    var plan = Made.plan([Made.model(concurrency: 64, prices: nil)], store: store.path)
    plan.maxCalls = 300
    let made = Mutex(0)
    let provider = MadeProvider { _ in
      let count = made.withLock {
        $0 += 1; return $0
      }
      await Task.yield()
      return count % 5 == 0
        ? .failure(ProviderFault(.serverError, isRetryable: true, "It failed."))
        : .success(Made.reply)
    }
    let summary = try await Collector(
      plan, items: Made.items(1000), store: store, providers: [provider]
    ).run()
    #expect(summary.ending == .noCalls)
    #expect(made.withLock { $0 } == 300)
    #expect(try store.charged().calls == 300)
  }

  @Test("What was under way when a process was killed is counted as spent")
  func killed() async throws {
    let folder = try Scratch()
    let path = folder.path + "/a.sqlite"
    var store: AnswerStore? = try AnswerStore(path: path, for: .writing)
    try await store?.keep(mark: CallCharge(calls: 3, possiblySpent: Money(dollars: 0.2)))
    // A smaller mark that comes later takes nothing away.
    try await store?.keep(mark: CallCharge(calls: 1, possiblySpent: Money(dollars: 0.1)))
    store = nil
    let next = try AnswerStore(path: path, for: .writing)
    let expected = CallCharge(calls: 3, possiblySpent: Money(dollars: 0.2))
    #expect(try next.charged() == expected)
    try next.settleEarlierRuns()
    #expect(try next.charged() == expected)
    try next.settleThisRun()
    #expect(try next.charged() == expected)
  }
}
