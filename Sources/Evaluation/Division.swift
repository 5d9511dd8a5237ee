public import Outcomes

/// One task's prompts on one split: rows of the whole table.
public struct Division: Sendable, Hashable {
  /// The task.
  public let task: String
  /// The split's seed.
  public let seed: UInt64
  /// Training rows, in the table's order.
  public let training: [Int]
  /// Test rows, in the table's order.
  public let test: [Int]
  /// The training rows again, in the parts by which a router is taught on the others.
  public let folds: [[Int]]
}

extension Experiment {
  /// Sentences on training prompts that no router is taught on, since another task tests their text or question.
  public func teachingNotes(of table: OutcomeTable) -> [String] {
    Sitting.all(of: self, on: table).list.compactMap { note(on: $0) }
  }

  /// How the experiment divides prompts, task by task and seed by seed, without running it.
  public func divisions(of table: OutcomeTable) -> [Division] {
    Sitting.all(of: self, on: table).list.filter { !$0.training.isEmpty }.flatMap { sitting in
      let folds = OutOfSample.folds(of: sitting.training.map { table.sampleIDs[$0] }, count: 5)
      return sitting.tests.map { task, rows in
        Division(
          task: task, seed: sitting.seed, training: sitting.training, test: rows,
          folds: folds.map { $0.map { sitting.training[$0] } })
      }
    }
  }
}
