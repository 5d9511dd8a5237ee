public import Matrices
public import Parallelism
public import Prompts

/// Turns prompts into feature vectors.
public protocol PromptEncoder: Sendable {
  /// A name that changes whenever the vectors would: the model and a hash of its weights.
  var identity: String { get }
  /// The width of a feature vector.
  var dimensions: Int { get }

  /// One feature vector a prompt, in order; equal texts get equal bits.
  ///
  /// - Parameters:
  ///   - prompts: Raw prompts; the view chooses what is read of them.
  ///   - progress: Told how many of all texts are done.
  func features(
    of prompts: [String], view: PromptView, threads: Threads, progress: ((Int, Int) -> Void)?
  ) throws -> Matrix
}

extension PromptEncoder {
  /// One feature vector a prompt, on all threads and without news of progress.
  public func features(of prompts: some Sequence<String>, view: PromptView) throws -> Matrix {
    try features(of: Array(prompts), view: view, threads: .machine, progress: nil)
  }
}
