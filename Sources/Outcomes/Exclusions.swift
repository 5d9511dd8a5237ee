import Matrices

/// The rows left out of an evaluation because a cell was missing, counted by task and model.
///
/// All systems are compared on the same prompts, so one missing cell takes its whole row out.
public struct Exclusions: Codable, Sendable, Hashable {
  /// What was left out of one task.
  public struct Task: Codable, Sendable, Hashable {
    /// The task's name.
    public let name: String
    /// How many rows the task had.
    public let rows: Int
    /// How many of them were left out.
    public let excluded: Int
    /// How many of the rows left out lack each model's quality; models that lack none are absent.
    public let missingQuality: [String: Int]
    /// How many of the rows left out lack each model's cost; models that lack none are absent.
    public let missingCost: [String: Int]
    /// The same for what was asked for besides quality and cost; nil where nothing was.
    public let missingOthers: [OutcomePart: [String: Int]]?

    /// How many of the rows left out lack a part, by model.
    public func missing(_ part: OutcomePart) -> [String: Int] {
      switch part {
      case .quality: missingQuality
      case .cost: missingCost
      case .confidence, .response, .latency, .dollars: missingOthers?[part] ?? [:]
      }
    }
  }

  /// One entry a task, in order of first appearance, tasks with nothing left out included.
  public let tasks: [Task]

  /// How many rows were left out of all tasks.
  public var total: Int { tasks.reduce(0) { $0 + $1.excluded } }

  /// A sentence on tasks most rows of which were left out; `nil` if there are none.
  ///
  /// What is concluded from the few that are left holds for prompts like these alone.
  public var notice: String? {
    let thin = tasks.filter { $0.excluded * 2 > $0.rows }
    if thin.isEmpty { return nil }
    let shown = thin.prefix(3).map { task in
      let left = task.rows - task.excluded
      return "\(left == 0 ? "none" : "only \(left)") of the \(task.rows) prompts of \(task.name)"
    }
    let rest = thin.count - shown.count
    let list =
      shown.joined(separator: ", ")
      + (rest == 0 ? "" : " and few of \(rest) more task\(rest == 1 ? "" : "s")")
    return list.prefix(1).uppercased() + list.dropFirst()
      + " can be compared: the others lack a value of some model, most often a quality or a cost. "
      + "Results hold for the prompts that are left alone."
  }

  /// Whether nothing was left out.
  public var isEmpty: Bool { total == 0 }
}

extension OutcomeTable {
  /// The rows with every model's quality and, if asked, cost.
  public func completeRows(needsCost: Bool = true) -> [Int] {
    (0..<count).filter {
      quality.isComplete(row: $0) && (!needsCost || cost.isComplete(row: $0))
    }
  }

  /// The rows with every model's quality and cost.
  public var completeRows: [Int] { completeRows() }

  /// The rows on which all models can be compared, and an account of the others.
  ///
  /// - Parameters:
  ///   - groups: What counts as one task in the account.
  ///   - needsCost: Whether a missing cost takes a row out, or only a missing quality.
  ///   - others: What else takes a row out where it is missing, such as the confidence that a judge
  ///     judges by.
  public func completeCases(
    groups: TaskGroups = .paper, needsCost: Bool = true,
    alsoNeeding others: Set<OutcomePart> = []
  ) -> (table: OutcomeTable, exclusions: Exclusions) {
    let tasks = tasks(groups)
    let others = others.subtracting([.quality, .cost])
    let kept = completeRows(needsCost: needsCost).filter { row in
      others.allSatisfy { part in
        models.indices.allSatisfy { !isMissing(part, row: row, model: $0) }
      }
    }
    var isKept = [Bool](repeating: false, count: count)
    for row in kept { isKept[row] = true }
    var order: [String] = []
    var rows: [String: [Int]] = [:]
    for (row, task) in tasks.enumerated() {
      if rows[task] == nil { order.append(task) }
      rows[task, default: []].append(row)
    }
    let entries = order.map { task in
      let all = rows[task] ?? []
      let excluded = all.filter { !isKept[$0] }
      var missingQuality: [String: Int] = [:]
      var missingCost: [String: Int] = [:]
      var missingOthers: [OutcomePart: [String: Int]] = [:]
      for row in excluded {
        for (column, model) in models.enumerated() {
          if quality[row, column].isNaN { missingQuality[model.name, default: 0] += 1 }
          if needsCost, cost[row, column].isNaN { missingCost[model.name, default: 0] += 1 }
          for part in others where isMissing(part, row: row, model: column) {
            missingOthers[part, default: [:]][model.name, default: 0] += 1
          }
        }
      }
      return Exclusions.Task(
        name: task, rows: all.count, excluded: excluded.count, missingQuality: missingQuality,
        missingCost: missingCost, missingOthers: others.isEmpty ? nil : missingOthers)
    }
    return (
      kept.count == count ? self : selecting(rows: kept), Exclusions(tasks: entries)
    )
  }
}
