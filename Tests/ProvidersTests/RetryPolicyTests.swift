import Testing

@testable import Providers

@Suite("When a call is made again")
struct RetryPolicyTests {
  private let policy = RetryPolicy(attempts: 4, firstDelay: 1, longestDelay: 3, deadline: 100)

  @Test("Waits double up to the longest, between half of it and all of it by chance")
  func growth() {
    for (failures, whole) in [(1, 1.0), (2, 2), (3, 3)] {
      let least = policy.delay(afterFailures: failures, asked: nil, elapsed: 0, chance: 0)
      let most = policy.delay(afterFailures: failures, asked: nil, elapsed: 0, chance: 1)
      #expect(least == whole / 2)
      #expect(most == whole)
    }
    #expect(policy.delay(afterFailures: 4, asked: nil, elapsed: 0, chance: 0) == nil)
  }

  @Test("A wait that was asked for is kept to, and is never shortened")
  func asked() {
    #expect(policy.delay(afterFailures: 1, asked: 20, elapsed: 0, chance: 0) == 20)
    #expect(policy.delay(afterFailures: 1, asked: 20, elapsed: 0, chance: 0.5) == 21)
    #expect(policy.delay(afterFailures: 1, asked: 0, elapsed: 0, chance: 0) == 0.5)
  }

  @Test("Being asked for fewer calls is borne until the deadline")
  func limited() {
    func delay(_ failures: Int, elapsed: Double) -> Double? {
      policy.delay(
        afterFailures: failures, asked: nil, elapsed: elapsed, chance: 1, isRateLimited: true)
    }
    #expect(delay(50, elapsed: 90) == 3)
    #expect(delay(50, elapsed: 98) == nil)
    let single = RetryPolicy(attempts: 1)
    #expect(
      single.delay(afterFailures: 1, asked: nil, elapsed: 0, chance: 0, isRateLimited: true)
        == nil)
  }

  @Test("Nothing is tried after the deadline")
  func deadline() {
    #expect(policy.delay(afterFailures: 1, asked: 20, elapsed: 79, chance: 0) == 20)
    #expect(policy.delay(afterFailures: 1, asked: 20, elapsed: 81, chance: 0) == nil)
    #expect(policy.delay(afterFailures: 1, asked: 1e9, elapsed: 0, chance: 0) == nil)
  }
}
