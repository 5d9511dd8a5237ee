/// A range that holds a quantity with a stated confidence.
public struct Interval: Sendable, Hashable, Codable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// Makes an interval.
  ///
  /// - Precondition: The ends are in order.
  public init(lower: Double, upper: Double) {
    precondition(lower <= upper, "An interval's ends must be in order; \(lower) is above \(upper).")
    self.lower = lower
    self.upper = upper
  }

  /// Whether a value lies inside, the ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// The intervals of a point's cost and quality, and of its latency.
public struct PointIntervals: Sendable, Hashable, Codable {
  /// Dollars per prompt.
  public let cost: Interval
  /// Quality.
  public let quality: Interval
  /// Seconds per prompt; nil where latencies were not recorded for every answer.
  public let seconds: Interval?

  /// Makes intervals.
  public init(cost: Interval, quality: Interval, seconds: Interval? = nil) {
    self.cost = cost
    self.quality = quality
    self.seconds = seconds
  }
}
