/// What the data say of a router against Zero.
public enum Finding: String, Sendable, Hashable, Codable {
  /// The interval of the difference lies above 0, also after correction for many routers.
  case better
  /// It lies below 0.
  case worse
  /// Neither.
  case noEvidence

  /// What an interval of a difference and a p-value adjusted for all that was compared say together.
  ///
  /// - Parameter level: The interval's confidence; claims are made at one less this level.
  init(_ interval: Interval, adjustedPValue: Double, level: Double) {
    self =
      if adjustedPValue > 1 - level {
        .noEvidence
      } else if interval.lower > 0 {
        .better
      } else if interval.upper < 0 {
        .worse
      } else {
        .noEvidence
      }
  }
}

/// A system's differences from Zero, with their intervals.
public struct Comparison: Sendable, Hashable, Codable {
  /// The deployable AIQ less trained Zero's.
  public let deployable: Interval
  /// The test hull's AIQ less Zero's; a maximum over noisy points is biased upwards.
  public let testHull: Interval
  /// As above, by the original code's AIQ; nil in older reports.
  public let reference: Interval?
  /// The deployable difference's standard deviation over the resamples.
  public let standardError: Double
  /// Two-sided, for the deployable difference alone.
  public let pValue: Double
  /// The same, adjusted for all routers compared on the task (Holm), that of one that can serve for those that
  /// can; routers that do the same on every draw count once.
  public let adjustedPValue: Double
  /// The verdict on the deployable difference.
  public let finding: Finding
  /// How many test prompts would show a difference; nil in older reports and where nothing varied.
  public let detection: Detection?

  /// Draws the verdict.
  public init(
    deployable: Interval, testHull: Interval, reference: Interval? = nil, standardError: Double,
    pValue: Double,
    adjustedPValue: Double, level: Double, detection: Detection? = nil
  ) {
    self.deployable = deployable
    self.testHull = testHull
    self.reference = reference
    self.standardError = standardError
    self.pValue = pValue
    self.adjustedPValue = adjustedPValue
    self.detection = detection
    finding = Finding(deployable, adjustedPValue: adjustedPValue, level: level)
  }
}

/// The intervals of one system's AIQs on one task, the mean over split seeds.
public struct SystemIntervals: Sendable, Hashable, Codable {
  /// The confidence of all of them, such as 0.95.
  public let level: Double
  /// Of the deployable AIQ.
  public let deployable: Interval
  /// Of the test hull's AIQ, which is biased upwards.
  public let testHull: Interval
  /// Of the test hull's AIQ as the original code takes it, biased likewise; nil in older reports.
  public let reference: Interval?
  /// Against Zero; nil for Zero itself.
  public let comparison: Comparison?

  /// Makes intervals.
  public init(
    level: Double, deployable: Interval, testHull: Interval, reference: Interval? = nil,
    comparison: Comparison?
  ) {
    self.level = level
    self.deployable = deployable
    self.testHull = testHull
    self.reference = reference
    self.comparison = comparison
  }
}
