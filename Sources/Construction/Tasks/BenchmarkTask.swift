/// A public task: its card, how its files are read, and how its questions are put.
///
/// One file each under `Benchmarks`, and one line in `BenchmarkTasks.all`.
protocol BenchmarkTask: Sendable {
  /// What it is and where it comes from.
  var card: TaskCard { get }
  /// All columns of all the forms that are taken.
  var columns: [String] { get }
  /// The columns of a CSV form that names none; nil where there is no such form.
  var header: [String]? { get }
  /// The word between task and number in sample ids, as the published ones have it.
  var split: String { get }
  /// Which examples are shown unless a plan says otherwise.
  var exampleOrder: ExampleOrder { get }
  /// The wordings that a plan can name; the first is the usual one.
  var wordings: [String] { get }
  /// Its subjects; none where it is one task.
  var subjects: [String] { get }
  /// What a second file of answers holds; nil where there is none.
  var answers: String? { get }

  /// One row's question.
  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion

  /// The questions with the answers of a second file.
  func adding(
    answers file: String, to questions: [TaskQuestion]
  ) throws(ConstructionError) -> [TaskQuestion]

  /// What is said to a model, with solved examples before it.
  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt
}

/// What is said to a model, before any answer.
struct TaskPrompt: Sendable, Hashable {
  var system: String?
  var turns: [String]
}

extension BenchmarkTask {
  var header: [String]? { nil }
  var exampleOrder: ExampleOrder { .seeded }
  var wordings: [String] { ["published"] }
  var subjects: [String] { [] }
  var answers: String? { nil }

  func adding(
    answers file: String, to questions: [TaskQuestion]
  ) throws(ConstructionError) -> [TaskQuestion] {
    throw ConstructionError("Task \(card.name) has its answers in its own files; remove 'answers'.")
  }
}
