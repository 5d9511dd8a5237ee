/// The files of a public task, and how its questions are put.
public struct BenchmarkSource: Sendable, Hashable {
  /// The order in which choices are shown.
  public enum ChoiceOrder: String, Sendable, Hashable, CaseIterable {
    /// Shuffled as in the published data, by the sample's id.
    case published
    /// As they stand in the file.
    case file
  }

  /// The task's name among `BenchmarkTasks.cards`.
  public var task: String
  /// The files of questions; none where they are found in the folder.
  public var files: [String] = []
  /// A folder with a file a subject; nil where files are named.
  public var folder: String?
  /// A file of right answers beside the questions; nil where they hold their own.
  public var answers: String?
  /// The subjects that are asked; none for all that there are.
  public var subjects: [String] = []
  /// The word between task and number in sample ids; nil for the usual one.
  public var split: String?
  /// The order in which choices are shown.
  public var order = ChoiceOrder.published
  /// How questions are worded.
  public var wording = "published"
}
