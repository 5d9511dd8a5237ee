/// One task of a plan: where its questions are, which are taken, and how they are put.
public struct PlannedTask: Sendable, Hashable {
  /// Where a task's questions come from.
  public enum Source: Sendable, Hashable {
    /// The user's own file.
    case file(QuestionFile)
    /// The files of a public task.
    case benchmark(BenchmarkSource)
  }

  /// Which of the questions are taken; of each subject, where there are several.
  public enum Selection: Sendable, Hashable {
    /// All of them.
    case all
    /// The first ones, in the file's order.
    case first(Int)
    /// So many as a seed draws, in the file's order.
    case drawn(Int)
  }

  /// The solved examples before each question.
  public struct Examples: Sendable, Hashable {
    /// How many.
    public var count = 0
    /// The files of the part that they come from.
    public var files: [String] = []
    /// Which of them.
    public var order = ExampleOrder.seeded
  }

  /// What outcomes call it; subjects follow after a dash.
  public var name: String
  /// Where its questions come from.
  public var source: Source
  /// How answers are scored; nil for not at all.
  public var scorer: String?
  /// The judge that answers are shown to, by its name; nil for none.
  public var judge: String?
  /// Which of the questions are taken.
  public var selection = Selection.all
  /// The solved examples before each question.
  public var examples = Examples()
  /// Draws questions and examples.
  public var seed: UInt64 = 0
  /// The line of the plan that it begins on.
  public var line: Int
}
