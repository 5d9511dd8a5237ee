import Foundation

/// How often, and how long apart, a failed request is made again.
public struct Retries: Sendable, Hashable {
  /// The attempts without any byte of progress before giving up, at least one.
  public var attempts: Int

  /// Seconds before the second attempt; each later one waits twice as long.
  public var firstDelay: Double

  /// The longest wait in seconds; a server that asks for more ends the work with an error.
  public var longestDelay: Double

  /// Five attempts, half a second and then more apart, by default.
  public init(attempts: Int = 5, firstDelay: Double = 0.5, longestDelay: Double = 60) {
    precondition(attempts >= 1, "A request is made at least once; \(attempts) attempts were given.")
    self.attempts = attempts
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
  }

  /// Seconds to wait after the given number of failures, unless the server asks for more.
  func delay(afterFailures failures: Int, asked: Double?) -> Double {
    let own = min(longestDelay, firstDelay * pow(2, Double(min(failures, 30) - 1)))
    return max(own, asked ?? 0)
  }

  static func isWorthRepeating(status: Int) -> Bool {
    [408, 425, 429, 500, 502, 503, 504].contains(status)
  }
}
