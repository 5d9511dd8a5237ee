/// A run as its files hold it: the results, and what each system did with each test prompt.
public struct RecordedRun: Sendable {
  private struct Key: Hashable {
    let task: String
    let seed: UInt64
    let system: String
  }

  private let tasks: [TaskResult]
  private let decisions: [Key: [Decision]]
  /// The task of each sample, where another than all tasks together tested it.
  let taskOfSample: [String: String]

  /// Pairs results with decisions.
  public init(_ tasks: [TaskResult], _ decisions: [Decision]) {
    self.tasks = tasks
    self.decisions = Dictionary(grouping: decisions) {
      Key(task: $0.task, seed: $0.seed, system: $0.system)
    }
    taskOfSample = Dictionary(
      decisions.lazy.filter { $0.task != Experiment.allTasks }.map { ($0.sampleID, $0.task) },
      uniquingKeysWith: { first, _ in first })
  }

  func task(_ name: String) -> TaskResult? { tasks.first { $0.task == name } }

  /// In the order of the test prompts.
  func decisions(of system: String, _ task: String, _ seed: UInt64) -> [Decision] {
    decisions[Key(task: task, seed: seed, system: system)] ?? []
  }
}
