import Matrices

/// Rows left out of a comparison, counted by task and by the model whose cell was missing.
public struct Exclusions: Sendable, Hashable {
  /// One reason to leave rows of one task out.
  public struct Entry: Sendable, Hashable {
    /// The task.
    public let task: String
    /// The model whose cell is missing.
    public let model: ModelID
    /// What is missing: `quality` or `cost`.
    public let missing: String
    /// How many rows.
    public let count: Int
  }

  /// The reasons, in order of tasks and models; a row that lacks several cells counts for each.
  public let entries: [Entry]
  /// How many rows were left out.
  public let rows: Int
}

extension OutcomeTable {
  /// The rows on which every model has a quality and a cost, and a count of the others.
  public func completeCases(groups: TaskGroups = .paper) -> (
    table: OutcomeTable, exclusions: Exclusions
  ) {
    struct Key: Hashable {
      let task: String
      let model: Int
      let missing: String
    }
    var counts: [Key: Int] = [:]
    var order: [Key] = []
    var complete: [Int] = []
    for row in 0..<count {
      if quality.isComplete(row: row) && cost.isComplete(row: row) {
        complete.append(row)
        continue
      }
      let task = groups.task(of: evalNames[row])
      for model in models.indices {
        for (grid, missing) in [(quality, "quality"), (cost, "cost")]
        where grid[row, model].isNaN {
          let key = Key(task: task, model: model, missing: missing)
          if counts[key] == nil { order.append(key) }
          counts[key, default: 0] += 1
        }
      }
    }
    let entries = order.map { key in
      Exclusions.Entry(
        task: key.task, model: models[key.model], missing: key.missing, count: counts[key] ?? 0)
    }
    return (
      selecting(rows: complete), Exclusions(entries: entries, rows: count - complete.count)
    )
  }
}
