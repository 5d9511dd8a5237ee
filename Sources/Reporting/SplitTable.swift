public import Evaluation
import Files
public import Outcomes

/// A split as a CSV file: which prompts routers learn from and which examine them.
public enum SplitTable {
  static let header = ["seed", "task", "sample_id", "part", "fold"]

  /// Writes one row a prompt and seed, in the table's order within each task.
  ///
  /// The fold is empty for test prompts.
  public static func write(
    _ divisions: [Division], of table: OutcomeTable, to path: String
  ) throws {
    try AtomicFile.write(to: path, readers: .everyone) { sink in
      try sink.append(CommaSeparated.record(header))
      for division in divisions {
        var fold: [Int: Int] = [:]
        for (number, rows) in division.folds.enumerated() { for row in rows { fold[row] = number } }
        for row in (division.training + division.test).sorted() {
          let number = fold[row].map(String.init)
          try sink.append(
            CommaSeparated.record([
              String(division.seed), division.task, table.sampleIDs[row],
              number == nil ? "test" : "training", number ?? "",
            ]))
        }
      }
    }
  }
}
