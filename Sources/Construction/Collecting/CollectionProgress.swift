public import Outcomes

/// How far collecting is, model by model.
public struct CollectionProgress: Sendable, Hashable {
  /// One model's part.
  public struct Model: Sendable, Hashable {
    /// The model.
    public let id: ModelID
    /// Answers wanted.
    public let wanted: Int
    /// Answers that the store had before.
    public let before: Int
    /// Calls that failed before and are left alone.
    public let leftAlone: Int
    /// Answers since.
    public internal(set) var answered = 0
    /// Calls given up since.
    public internal(set) var failed = 0
    /// Attempts that failed and were made again.
    public internal(set) var retried = 0
    /// Answers that were cut off for their length.
    public internal(set) var cutOff = 0
    /// Dollars of the answers since, where the price is known.
    public internal(set) var spent = 0.0
    /// Whether the price is known.
    public let hasPrice: Bool
    /// Whether it judges answers; verdicts are counted as its answers.
    public var isJudge = false
    /// Why no more is asked of it; nil while it goes on.
    public internal(set) var stopped: String?

    /// What is still to be done.
    public var left: Int { wanted - before - leftAlone - answered - failed }
  }

  /// The models in the plan's order, then the judges once there is something to judge.
  public let models: [Model]
  /// Seconds since collecting began.
  public let seconds: Double
  /// All that the store has been charged, earlier runs included.
  public let charged: CallCharge

  /// Answers a second of one model.
  public func rate(of model: Model) -> Double {
    seconds > 0 ? Double(model.answered + model.failed) / seconds : 0
  }

  /// Seconds until the slowest model is done; nil while there is nothing to judge by.
  public var secondsLeft: Double? {
    var longest = 0.0
    for model in models where model.stopped == nil && model.left > 0 {
      let rate = rate(of: model)
      guard rate > 0 else { return nil }
      longest = max(longest, Double(model.left) / rate)
    }
    return longest
  }
}
