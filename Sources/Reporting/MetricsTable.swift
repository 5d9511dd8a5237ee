import Evaluation

/// `metrics.csv`: the metrics of other benchmarks, one line a task, split and system.
enum MetricsTable {
  static func write(
    _ report: ExperimentReport, decisions: [Decision], _ emit: (String) throws -> Void
  ) rethrows {
    try emit(CommaSeparated.record(["task", "seed", "system"] + PeerMetrics.columns))
    let counts = selections(decisions)
    for task in report.tasks {
      for split in task.splits {
        let models = Set(split.references.lazy.filter { $0.role == .model }.map(\.name))
        for system in split.systems {
          let key = Key(task: task.task, seed: split.seed, system: system.name)
          let metrics = PeerMetrics(
            of: system, on: split, unit: report.axis,
            counts: counts[key].flatMap { Self.counts($0, of: models) })
          try emit(
            CommaSeparated.record(
              [task.task, String(split.seed), system.name]
                + metrics.values.map { $0.map(NumberText.exact) ?? "" }))
        }
      }
    }
  }

  private struct Key: Hashable {
    let task: String
    let seed: UInt64
    let system: String
  }

  /// How many prompts each plan gets at the last kept parameter, which has the best training quality.
  private static func selections(_ decisions: [Decision]) -> [Key: [String: Int]] {
    var last: [Key: Parameter] = [:]
    for decision in decisions {
      guard let through = decision.through else { continue }
      let key = Key(task: decision.task, seed: decision.seed, system: decision.system)
      last[key] = max(last[key] ?? through, through)
    }
    var counts: [Key: [String: Int]] = [:]
    for decision in decisions {
      let key = Key(task: decision.task, seed: decision.seed, system: decision.system)
      if let through = decision.through, through != last[key] { continue }
      counts[key, default: [:]][decision.model, default: 0] += 1
    }
    return counts
  }

  /// The counts, or nil where some decision is no single model: a sequence, a rerank or a mixture.
  ///
  /// A cascade gives every prompt the same sequence, which says nothing of who answers.
  private static func counts(_ chosen: [String: Int], of models: Set<String>) -> [Int]? {
    chosen.keys.allSatisfy(models.contains) ? Array(chosen.values) : nil
  }
}
