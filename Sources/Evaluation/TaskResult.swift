public import CostQuality

/// A fixed point of the plane that systems are drawn against.
public struct ReferencePoint: Sendable, Hashable, Codable {
  /// What the point stands for.
  public enum Role: String, Sendable, Codable {
    /// A single model asked every prompt.
    case model
    /// The best answer to each prompt, then the cheapest; unsolved prompts pay the cheapest model.
    case oracle
    /// The Oracle charged nothing for prompts nobody solves, as in the original code.
    case oracleFreeWhenUnsolved
    /// A model drawn uniformly for each prompt.
    case random
  }

  /// The model's name, or the reference's.
  public let name: String
  /// What it stands for.
  public let role: Role
  /// Expected cost and quality on the test prompts.
  public let point: Point
  /// Expected seconds per test prompt; nil where latencies were not recorded for every answer.
  public let seconds: Double?
  /// How far the point may be off; nil when nothing was resampled.
  public var intervals: PointIntervals?

  /// Makes a reference.
  public init(name: String, role: Role, point: Point, seconds: Double? = nil) {
    self.name = name
    self.role = role
    self.point = point
    self.seconds = seconds
  }
}

/// All systems on one split of one task.
public struct SplitResult: Sendable, Hashable, Codable {
  /// The split's seed.
  public let seed: UInt64
  /// Training prompts.
  public let trainingCount: Int
  /// Test prompts.
  public let testCount: Int
  /// The shared cost range: the cheapest to the dearest single model on the test prompts.
  public let range: CostRange
  /// Models, Oracle and random, on the test prompts.
  public var references: [ReferencePoint]
  /// `zero` and every router: `zero.testHull` is the paper's Zero, `zero.deployable` the trained one.
  public var systems: [SystemResult]
  /// The share of test prompts that the Oracle sends to each model, in the models' order.
  public let oracleShares: [Double]

  /// Makes a split's result.
  public init(
    seed: UInt64, trainingCount: Int, testCount: Int, range: CostRange,
    references: [ReferencePoint], systems: [SystemResult], oracleShares: [Double]
  ) {
    self.seed = seed
    self.trainingCount = trainingCount
    self.testCount = testCount
    self.range = range
    self.references = references
    self.systems = systems
    self.oracleShares = oracleShares
  }
}

/// A mean over split seeds with its sample standard deviation.
public struct Spread: Sendable, Hashable, Codable {
  /// The mean.
  public let mean: Double
  /// The sample standard deviation (n - 1); nil for one value.
  public let standardDeviation: Double?

  /// Summarises values in their given order.
  ///
  /// - Precondition: There is at least one value.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "A spread needs at least one value.")
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    standardDeviation =
      values.count < 2
      ? nil
      : (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count - 1))
        .squareRoot()
  }
}

/// One system on one task over all split seeds.
public struct SystemSummary: Sendable, Hashable, Codable {
  /// The system's name.
  public let name: String
  /// AIQ of the hull on the test prompts: optimistic.
  public let testHull: Spread
  /// AIQ of the deployable curve.
  public let deployable: Spread
  /// `testHull` less Zero's on the same test prompts, seed by seed.
  public let testHullLessZero: Spread
  /// `deployable` less trained Zero's, seed by seed.
  public let deployableLessZeroTrained: Spread
  /// AIQ of the test hull as the original code computes it; to compare with published numbers only.
  public let reference: Spread
  /// `reference` less Zero's, seed by seed; nil in older reports.
  public var referenceLessZero: Spread?
  /// What the best single model's quality costs; nil for Zero.
  public var match: QualityMatch?
  /// The AIQs' intervals; nil when nothing was resampled.
  public var intervals: SystemIntervals?
  /// Whether its judge knows the recorded quality, so that it cannot serve; nil in reports that were made
  /// before this was noted.
  public var needsRecordedQuality: Bool?

  /// Makes a summary.
  public init(
    name: String, testHull: Spread, deployable: Spread, testHullLessZero: Spread,
    deployableLessZeroTrained: Spread, reference: Spread
  ) {
    self.name = name
    self.testHull = testHull
    self.deployable = deployable
    self.testHullLessZero = testHullLessZero
    self.deployableLessZeroTrained = deployableLessZeroTrained
    self.reference = reference
  }
}

/// Everything that was measured on one task.
public struct TaskResult: Sendable, Hashable, Codable {
  /// The task (group) name.
  public let task: String
  /// Prompts examined, training and test.
  public let promptCount: Int
  /// How many distinct feature vectors these prompts have.
  public let distinctFeatures: Int
  /// A warning when features collapse, so that no router can tell prompts apart.
  public let featureWarning: String?
  /// Prompts that share a normalised text or question with another, kept on one side of a split.
  public let nearDuplicates: Int
  /// What could not be examined, one sentence each, such as a router given too few prompts, and what a choice
  /// came to.
  public let notes: [String]
  /// One result a split seed.
  public let splits: [SplitResult]
  /// One summary a system, `zero` first.
  public let summaries: [SystemSummary]

  /// Makes a task's result.
  public init(
    task: String, promptCount: Int, distinctFeatures: Int, featureWarning: String?,
    nearDuplicates: Int, notes: [String], splits: [SplitResult], summaries: [SystemSummary]
  ) {
    self.task = task
    self.promptCount = promptCount
    self.distinctFeatures = distinctFeatures
    self.featureWarning = featureWarning
    self.nearDuplicates = nearDuplicates
    self.notes = notes
    self.splits = splits
    self.summaries = summaries
  }
}
