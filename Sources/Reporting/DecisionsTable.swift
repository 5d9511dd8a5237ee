public import Evaluation
import Outcomes

/// `decisions.csv`: which model each test prompt went to, over which parameters, and at what price.
public enum DecisionsTable {
  /// The columns' names.
  static let header = [
    "task", "seed", "system", "sample_id", "parameter_from", "parameter_through", "model",
    "expected_quality", "quality", "cost",
  ]

  static func write(_ decisions: [Decision], _ emit: (String) throws -> Void) rethrows {
    try emit(CommaSeparated.record(header))
    for decision in decisions {
      try emit(
        CommaSeparated.record([
          decision.task, String(decision.seed), decision.system, decision.sampleID,
          decision.from.map(PointsTable.text) ?? "", decision.through.map(PointsTable.text) ?? "",
          decision.model,
          decision.expectedQuality.map(NumberText.exact) ?? "", NumberText.exact(decision.quality),
          NumberText.exact(decision.cost),
        ]))
    }
  }

  /// Reads such a file.
  ///
  /// - Throws: `OutcomesError` for a broken row, `ReportingError` for one that no report wrote.
  public static func read(_ path: String) throws -> [Decision] {
    let file = try RecordFile.read(path, wanted: header)
    return try file.records.map { record in
      func text(_ column: String) -> String? { file.text(record, column) }
      func number(_ column: String) -> Double? {
        if case .value(let value) = file.number(record, column), value.isFinite {
          value
        } else {
          nil
        }
      }
      func parameter(_ column: String) throws -> Parameter? {
        guard let text = text(column), !text.isEmpty else { return nil }
        if text == "unlimited" { return Parameter(.infinity) }
        guard let value = number(column) else { throw unreadable(record.row, column) }
        return Parameter(value)
      }
      func unreadable(_ row: Int, _ column: String) -> ReportingError {
        .unreadableDecision(file: path, row: row, column: column)
      }
      guard let seed = text("seed").flatMap({ UInt64($0) }) else {
        throw unreadable(record.row, "seed")
      }
      guard let quality = number("quality") else { throw unreadable(record.row, "quality") }
      guard let cost = number("cost") else { throw unreadable(record.row, "cost") }
      return Decision(
        task: text("task") ?? "", seed: seed, system: text("system") ?? "",
        sampleID: text("sample_id") ?? "", from: try parameter("parameter_from"),
        through: try parameter("parameter_through"), model: text("model") ?? "",
        expectedQuality: number("expected_quality"), quality: quality, cost: cost)
    }
  }
}
