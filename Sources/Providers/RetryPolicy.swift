import Foundation

/// When a call that failed is made again.
public struct RetryPolicy: Sendable, Hashable {
  /// The most times a call is made.
  public var attempts: Int
  /// Seconds before the second attempt, before chance; each later wait is twice as long.
  public var firstDelay: Double
  /// The longest such wait in seconds.
  public var longestDelay: Double
  /// Seconds after the first attempt's start after which nothing more is tried.
  public var deadline: Double

  /// Six attempts within a quarter of an hour, unless told otherwise.
  public init(
    attempts: Int = 6, firstDelay: Double = 1, longestDelay: Double = 60, deadline: Double = 900
  ) {
    precondition(attempts >= 1, "A call is made at least once; \(attempts) attempts were given.")
    self.attempts = attempts
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
    self.deadline = deadline
  }

  /// Seconds to wait before the next attempt; nil to give up.
  ///
  /// A wait that the provider asks for is kept to, with up to a tenth more so that all who were told
  /// the same do not come back at once.
  ///
  /// - Parameters:
  ///   - failures: Attempts that have failed, at least 1.
  ///   - elapsed: Seconds since the first attempt began.
  ///   - chance: A random number in [0, 1).
  ///   - isRateLimited: Whether the provider asked for fewer calls: then only the deadline ends it,
  ///     for calls that were not let in say nothing about the next one.
  public func delay(
    afterFailures failures: Int, asked: Double?, elapsed: Double, chance: Double,
    isRateLimited: Bool = false
  ) -> Double? {
    guard failures < attempts || (isRateLimited && attempts > 1) else { return nil }
    let own = min(longestDelay, firstDelay * pow(2, Double(min(failures, 30) - 1)))
    var delay = own * (0.5 + chance / 2)
    if let asked { delay = max(delay, asked * (1 + chance / 10)) }
    return elapsed + delay < deadline ? delay : nil
  }
}
