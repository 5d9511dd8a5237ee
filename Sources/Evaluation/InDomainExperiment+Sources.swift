public import Outcomes
import CostQuality
import Matrices
import Routing

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

extension InDomainExperiment {
  /// How the experiment divides prompts, task by task and seed by seed, without running it.
  public func divisions(of table: OutcomeTable) -> [Division] {
    var rowsOfTask: [String: [Int]] = [:]
    var order: [String] = []
    for (row, name) in table.evalNames.enumerated() {
      let task = groups.task(of: name)
      if rowsOfTask[task] == nil { order.append(task) }
      rowsOfTask[task, default: []].append(row)
    }
    return order.flatMap { task in
      let rows = rowsOfTask[task] ?? []
      let ids = rows.map { table.sampleIDs[$0] }
      return seeds.map { seed in
        let split = drawSplit(ids, rows, seed: seed)
        let training = split.training.map { rows[$0] }
        let folds = OutOfSample.folds(of: training.map { table.sampleIDs[$0] }, count: 5)
        return Division(
          task: task, seed: seed, training: training, test: split.test.map { rows[$0] },
          folds: folds.map { $0.map { training[$0] } })
      }
    }
  }

  /// Divides the rows of one task.
  func drawSplit(_ sampleIDs: [String], _ rows: [Int], seed: UInt64) -> Split {
    let keys = keepingTogether.map { key in rows.map { key[$0] } }
    return Split.make(
      sampleIDs: sampleIDs, fraction: trainingFraction, seed: seed, method: method,
      keepingTogether: method == .numpyLegacy ? [] : keys)
  }

  /// Examines a router that lives elsewhere.
  func sit(
    _ exam: Exam, _ source: any PlanSource, _ lessons: Lessons, task: String, seed: UInt64
  ) throws -> (result: SystemResult, decisions: [Decision], notes: [String]) {
    let answer = try source.plans(
      for: PlanRequest(
        task: task, seed: seed, lessons: lessons,
        folds: OutOfSample.folds(of: lessons.table.sampleIDs, count: 5),
        test: PromptSheet(exam.table, features: exam.features)))
    let result = try exam.examine(answer, named: source.name, taughtBy: lessons)
    // Order of the parameter, not of the curve, so that runs of one model are stretches of it.
    let kept = result.kept.map(\.parameter).sorted { ($0?.value ?? 0) < ($1?.value ?? 0) }
    let decisions = exam.decisions(
      of: answer, kept: kept, task: task, seed: seed, system: source.name)
    return (result, decisions, answer.notes)
  }
}
