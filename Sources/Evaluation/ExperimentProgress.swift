/// How far an experiment is, and the step that it begins.
public struct ExperimentProgress: Sendable, Hashable, CustomStringConvertible {
  /// A kind of step.
  public enum Work: Sendable, Hashable {
    /// A router is taught and examined.
    case examining(router: String)
    /// A router is tried on the validation part of the training prompts.
    case validating(router: String)
    /// Test prompts are drawn anew for intervals.
    case resampling
  }

  /// Steps that are over.
  public let done: Int
  /// All steps.
  public let total: Int
  /// The task that is examined; with `outOfDomain`, the one that is held out.
  public let task: String
  /// Which of several splits or folds, in words; nil where there is one, or all are meant.
  public let part: String?
  /// What begins now.
  public let work: Work

  /// The step in words, such as "MMLU, fold 2 of 5, knn:40".
  public var description: String {
    let step =
      switch work {
      case .examining(let router): router
      case .validating(let router): "\(router) on the validation part"
      case .resampling: "intervals"
      }
    return [task, part, step].compactMap { $0 }.joined(separator: ", ")
  }

  /// The same step as one of a longer work that holds several experiments of about the same length.
  ///
  /// - Parameters:
  ///   - place: Which experiment this is, from 0.
  ///   - count: How many there are.
  public func within(_ place: Int, of count: Int) -> ExperimentProgress {
    ExperimentProgress(
      done: place * total + done, total: count * total, task: task, part: part, work: work)
  }
}
