/// How fast one model may be asked: a pure state machine that is told the time.
///
/// Buckets of requests and tokens fill evenly. They are small and refill a little slower than the
/// limit, so that no window of a minute sees more than the limit. When a provider answers 429 all
/// calls pause and the pace halves; answers raise it again.
public struct RateLimit: Sendable, Hashable {
  /// The most requests in any minute; nil for no limit.
  public let requestsPerMinute: Double?
  /// The most tokens, read and written, in any minute; nil for no limit.
  public let tokensPerMinute: Double?
  /// The most calls at once.
  public let concurrency: Int

  /// What a call that wants to start is told.
  public enum Decision: Sendable, Hashable {
    /// It has started.
    case go
    /// It may ask again after so many seconds.
    case wait(Double)
  }

  /// The share of its limits that is used now, in (0, 1].
  public private(set) var pace = 1.0
  /// The calls under way.
  public private(set) var running = 0

  private var requests: Bucket?
  private var tokens: Bucket?
  private var pausedUntil = -Double.infinity
  private var slowedAt = -Double.infinity
  private static let slowest = 1.0 / 64

  /// Limits; nothing has started yet.
  public init(requestsPerMinute: Double? = nil, tokensPerMinute: Double? = nil, concurrency: Int) {
    precondition(concurrency >= 1, "At least one call must be allowed at once.")
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
    self.concurrency = concurrency
    requests = requestsPerMinute.map { Bucket(perMinute: $0, capacity: max(1, $0 / 60)) }
    tokens = tokensPerMinute.map { Bucket(perMinute: $0, capacity: $0 / 10) }
  }

  /// Starts a call where that is allowed.
  ///
  /// - Parameters:
  ///   - count: The tokens that it may take, read and written.
  ///   - now: Seconds of a clock that nobody sets.
  public mutating func start(tokens count: Int, at now: Double) -> Decision {
    if now < pausedUntil { return .wait(pausedUntil - now) }
    // At full pace a number that no Double holds exactly stays what it is.
    let most = pace < 1 ? Int(min(1e15, Double(concurrency) * pace)) : concurrency
    guard running < max(1, most) else { return .wait(Self.lookAgain) }
    requests?.fill(to: now, pace: pace)
    tokens?.fill(to: now, pace: pace)
    let wait = max(
      requests?.wait(for: 1, pace: pace) ?? 0, tokens?.wait(for: Double(count), pace: pace) ?? 0)
    if wait > 0 { return .wait(wait) }
    requests?.level -= 1
    tokens?.level -= Double(count)
    running += 1
    return .go
  }

  /// Ends a call; tokens that it did not take are given back.
  public mutating func finish(reserved: Int, used: Int?) {
    running -= 1
    if let used { tokens?.level += Double(reserved) - Double(used) }
  }

  /// Slows down after a 429.
  ///
  /// - Parameter startedAt: When the refused call began; many that began before the last slowing
  ///   are refused for the same reason and count once.
  public mutating func slowDown(retryAfter: Double?, startedAt: Double, at now: Double) {
    // A day at most: nobody means a longer wait.
    if let retryAfter { pausedUntil = max(pausedUntil, now + min(retryAfter, 86_400)) }
    guard startedAt >= slowedAt else { return }
    slowedAt = now
    pace = max(Self.slowest, pace / 2)
  }

  /// Speeds up a little after an answer.
  public mutating func wentWell() { pace = min(1, pace + 0.01) }

  /// Seconds after which a call that found all places taken asks again.
  private static let lookAgain = 0.05

  private struct Bucket: Sendable, Hashable {
    let capacity: Double
    let perSecond: Double
    var level: Double
    var time: Double?

    init(perMinute: Double, capacity: Double) {
      self.capacity = capacity
      // With a full bucket at its start, a minute then sees the limit and no more.
      perSecond = max(perMinute - capacity, perMinute / 2) / 60
      level = capacity
    }

    mutating func fill(to now: Double, pace: Double) {
      if let time, now > time { level = min(capacity, level + (now - time) * perSecond * pace) }
      time = max(time ?? now, now)
    }

    /// Seconds until so much is there; a full bucket lets the largest call through, in debt.
    func wait(for amount: Double, pace: Double) -> Double {
      let lack = min(amount, capacity) - level
      return lack <= 1e-9 ? 0 : lack / (perSecond * pace)
    }
  }
}
