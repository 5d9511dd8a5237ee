public import Matrices
public import Outcomes

/// A router that lives elsewhere: it is asked for plans and gives a table of them.
///
/// Unlike a `Router` it may look at prompts and ids, and it answers for whole parts of a split at
/// once, as a file or another process must.
public protocol PlanSource: Sendable {
  /// The name in reports.
  var name: String { get }

  /// Plans for the test prompts and, where the source can, for the training prompts.
  func plans(for request: PlanRequest) throws -> PlanAnswer
}

/// One part of an experiment, for which a plan source is asked.
public struct PlanRequest: Sendable {
  /// The task.
  public let task: String
  /// The split's seed.
  public let seed: UInt64
  /// What may be learned: the training prompts with their outcomes.
  public let lessons: Lessons
  /// Rows of the lessons, divided so that each part can be predicted after learning the others.
  public let folds: [[Int]]
  /// The test prompts, without their outcomes.
  public let test: PromptSheet

  /// Makes a request.
  public init(
    task: String, seed: UInt64, lessons: Lessons, folds: [[Int]], test: PromptSheet
  ) {
    self.task = task
    self.seed = seed
    self.lessons = lessons
    self.folds = folds
    self.test = test
  }
}

/// Prompts as a contestant sees them: no outcome is here, so none can leak.
public struct PromptSheet: Sendable {
  /// One identifier a prompt.
  public let sampleIDs: [String]
  /// The prompts as recorded.
  public let prompts: Texts
  /// One row of features a prompt.
  public let features: Matrix

  /// The prompts of a table, and their features.
  public init(_ table: OutcomeTable, features: Matrix) {
    precondition(features.rows == table.count, "One feature row a prompt is needed.")
    sampleIDs = table.sampleIDs
    prompts = table.prompts
    self.features = features
  }

  /// The number of prompts.
  public var count: Int { sampleIDs.count }
}

/// What a plan source says to a request.
public struct PlanAnswer: Sendable {
  /// Plans for the test prompts, in the request's order.
  public let test: PlanTable
  /// Plans for the training prompts, in the lessons' order, each made without its own sample; nil
  /// where there are none.
  public let training: PlanTable?
  /// Sentences that must stand beside the result.
  public let notes: [String]

  /// Makes an answer.
  ///
  /// - Precondition: Both tables hold the same: estimates, or plans at the same parameters.
  public init(test: PlanTable, training: PlanTable?, notes: [String] = []) {
    precondition(
      training == nil || training?.parameters == test.parameters,
      "Training and test plans need the same parameters.")
    self.test = test
    self.training = training
    self.notes = notes
  }
}
