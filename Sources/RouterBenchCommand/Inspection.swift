import Matrices
import Outcomes

/// What a file of outcomes holds, as one value: shown as text or as JSON.
struct Inspection: Codable {
  struct Model: Codable {
    let name: String
    /// Means over the cells that are present; absent when there are none.
    let quality: Double?
    let cost: Double?
    let missingQuality: Int
    let missingCost: Int
  }

  struct Task: Codable {
    let name: String
    /// The task names in the file.
    let evalNames: [String]
    let rows: Int
    /// Rows on which every model has a quality and a cost.
    let completeRows: Int
    let models: [Model]
  }

  struct Fault: Codable {
    let kind: String
    let count: Int
  }

  let schema: Int
  let file: String
  let sha256: String
  let format: String
  /// Rows in the file, duplicates included.
  let rowsInFile: Int
  /// Rows after duplicates were resolved and tasks chosen.
  let rows: Int
  let models: [String]
  let duplicatedSampleIDs: Int
  let duplicateRows: Int
  let duplicateRule: String
  let missingQuality: Int
  let missingCost: Int
  let tasks: [Task]
  let faults: [Fault]
}

extension Inspection {
  /// Looks at what was read.
  init(
    _ reading: OutcomeReading, table: OutcomeTable, settings: EvaluationSettings,
    groups: TaskGroups, path: String
  ) throws(OutcomesError) {
    schema = 1
    file = path
    sha256 = try reading.sha256()
    format = [
      reading.shape?.rawValue, reading.format.rawValue, reading.compression.map { "(\($0))" },
    ].compactMap { $0 }.joined(separator: " ")
    rowsInFile = reading.rowsRead
    rows = table.count
    models = table.models.map(\.name)
    duplicatedSampleIDs = reading.duplicates.count
    duplicateRows = reading.duplicates.copies
    duplicateRule = settings.duplicates.rawValue
    missingQuality = table.models.indices.reduce(0) { $0 + table.quality.missing($1) }
    missingCost = table.models.indices.reduce(0) { $0 + table.cost.missing($1) }
    tasks = Self.tasks(of: table, groups: groups)
    faults = Diagnostic.Kind.allCases.compactMap { kind in
      reading.diagnostics.counts[kind].map { Fault(kind: kind.rawValue, count: $0) }
    }
  }

  private static func tasks(of table: OutcomeTable, groups: TaskGroups) -> [Task] {
    table.rowsByTask(groups).map { name, rows in
      let part = table.selecting(rows: rows)
      let quality = part.quality.columnMeans()
      let cost = part.cost.columnMeans()
      return Task(
        name: name, evalNames: part.taskNames(.none), rows: part.count,
        completeRows: part.completeRows.count,
        models: part.models.enumerated().map { column, model in
          Model(
            name: model.name, quality: quality[column].isNaN ? nil : quality[column],
            cost: cost[column].isNaN ? nil : cost[column],
            missingQuality: part.quality.missing(column), missingCost: part.cost.missing(column))
        })
    }
  }

  /// The same for people.
  var lines: [String] {
    var lines = ["\(file): \(format)", "sha256 \(sha256)", ""]
    lines.append(
      "\(rowsInFile.counted("row")), \(models.count.counted("model")), "
        + "\(tasks.count.counted("task"))")
    if duplicatedSampleIDs > 0 {
      lines.append(
        "\(duplicatedSampleIDs.counted("sample id")) "
          + "\(duplicatedSampleIDs == 1 ? "occurs" : "occur") more than once "
          + "(\(duplicateRows.counted("row"))); \(DuplicateChoice(rawValue: duplicateRule)?.outcome ?? "")"
      )
    }
    if missingQuality + missingCost > 0 {
      lines.append(
        "missing cells: \(missingQuality.grouped) of quality, \(missingCost.grouped) of cost")
    }
    for fault in faults { lines.append("fault: \(fault.count.grouped) x \(fault.kind)") }
    for task in tasks {
      lines.append("")
      let names = task.evalNames.count > 1 ? " (\(task.evalNames.count) task names)" : ""
      lines.append(
        "\(task.name)\(names): \(task.rows.counted("row")), \(task.completeRows.grouped) complete")
      let isMissing = task.models.contains { $0.missingQuality + $0.missingCost > 0 }
      var table = TextTable(
        ["model", "quality", "$ a prompt", isMissing ? "missing quality, cost" : ""],
        rightAligned: [1, 2, 3])
      for model in task.models {
        table.add([
          model.name, (model.quality ?? .nan).fixed(4), (model.cost ?? .nan).significant(5),
          isMissing ? "\(model.missingQuality), \(model.missingCost)" : "",
        ])
      }
      lines += table.lines()
    }
    return lines
  }
}

extension Grid {
  /// How many cells of a column are missing.
  fileprivate func missing(_ column: Int) -> Int {
    (0..<rows).reduce(0) { $0 + (self[$1, column].isNaN ? 1 : 0) }
  }
}
