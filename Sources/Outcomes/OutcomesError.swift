public import Files

/// Why outcomes could not be read or written at all; faults of single cells are diagnostics instead.
public struct OutcomesError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  init(_ description: String) { self.description = description }

  /// A fault of the file itself.
  public static func file(_ error: FilesError) -> OutcomesError { OutcomesError(error.description) }

  static func unusableGroups(path: String) -> OutcomesError {
    OutcomesError(
      "\(path) is no file of task groups; it needs a JSON list such as "
        + "[{\"task\": \"MMLU\", \"names\": [\"mmlu-*\"]}].")
  }
}
