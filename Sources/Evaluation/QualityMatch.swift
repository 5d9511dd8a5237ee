import CostQuality

/// What a system's deployable curve costs where it reaches the quality of the best single model.
///
/// The best single model is the one of the best quality on the training prompts, as a user would know it,
/// with its cost and quality on the test prompts.
public struct QualityMatch: Sendable, Hashable, Codable {
  /// That model; nil where it is another one on another split.
  public let model: String?
  /// The least cost that reaches its quality, as a share of its cost: mean over the splits.
  ///
  /// Nil where some split's curve never reaches it. Above 1 where it costs more than the model.
  public let costShare: Double?
  /// The share's interval; nil when nothing was resampled, or when the upper end is a resample that
  /// never reaches the quality.
  public var interval: Interval?
  /// The share of resamples in which every split's curve reaches the quality; nil when nothing was
  /// resampled.
  public var reached: Double?

  /// Makes a match.
  public init(model: String?, costShare: Double?) {
    self.model = model
    self.costShare = costShare
  }

  /// The cost share of one curve; infinite where the quality is never reached, nil for a free model.
  static func share(
    of path: OperatingPath, matching best: Point, range: CostRange
  ) -> Double? {
    guard best.cost > 0 else { return nil }
    guard let reach = try? CostRange(lower: 0, upper: range.reaching(path).upper) else {
      return nil
    }
    guard let cost = path.leastCost(reaching: best.quality, over: reach) else { return .infinity }
    return cost / best.cost
  }

  /// The match of a system over some splits; nil where the best model answers free of charge.
  init?(of pairs: [(system: SystemResult, zero: SystemResult, range: CostRange)]) {
    var models: Set<String> = []
    var shares: [Double] = []
    for pair in pairs {
      guard let best = pair.zero.kept.last,
        let share = Self.share(
          of: pair.system.deployable, matching: best.test, range: pair.range)
      else { return nil }
      shares.append(share)
      if let model = best.model { models.insert(model) }
    }
    guard !shares.isEmpty else { return nil }
    let mean = shares.reduce(0, +) / Double(shares.count)
    self.init(
      model: models.count == 1 ? models.first : nil, costShare: mean.isFinite ? mean : nil)
  }
}
