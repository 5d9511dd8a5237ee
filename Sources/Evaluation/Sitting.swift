import Outcomes
import Parallelism

/// One teaching and the exams that follow it: what a design makes of the data for one seed.
struct Sitting {
  let seed: UInt64
  /// The rows taught on.
  let training: [Int]
  /// How many rows are not taught on since a row of another task that is tested has one of their keys; they may
  /// leave none to teach.
  var twins = 0
  /// The rows examined on, by task.
  let tests: [(task: String, rows: [Int])]

  /// The sitting with the exams on some tasks; nil when none is left.
  func examining(_ tasks: Set<String>) -> Sitting? {
    let left = tests.filter { tasks.contains($0.task) }
    return left.isEmpty ? nil : Sitting(seed: seed, training: training, twins: twins, tests: left)
  }

  /// A task that is reported on.
  struct Subject {
    let name: String
    /// All of its rows, taught on or not.
    let rows: [Int]
    /// Prompts kept together with another on one side of a split.
    let nearDuplicates: Int
  }

  /// Everything an experiment holds.
  struct All {
    var subjects: [Subject] = []
    var list: [Sitting] = []
    var omissions: [DataSummary.Omission] = []
  }

  /// The sittings of an experiment: task by task, then seed by seed.
  static func all(of experiment: Experiment, on table: OutcomeTable) -> All {
    var rowsOfTask: [String: [Int]] = [:]
    var order: [String] = []
    for (row, name) in table.evalNames.enumerated() {
      let task = experiment.groups.task(of: name)
      if rowsOfTask[task] == nil { order.append(task) }
      rowsOfTask[task, default: []].append(row)
    }
    var all = All()
    var parts: [String: [(training: [Int], test: [Int])]] = [:]
    for task in order {
      let rows = rowsOfTask[task] ?? []
      var nearDuplicates = 0
      var splits: [(training: [Int], test: [Int])] = []
      for split in drawn(experiment, rows.map { table.sampleIDs[$0] }, rows) {
        nearDuplicates = split.nearDuplicates
        let training = share(experiment.teachingShare, of: split.training, seed: split.seed)
        splits.append((training.map { rows[$0] }, split.test.map { rows[$0] }))
      }
      guard splits.allSatisfy({ !$0.training.isEmpty && !$0.test.isEmpty }) else {
        all.omissions.append(
          .init(
            task: task, model: nil,
            reason: nearDuplicates == rows.count && rows.count > 1
              ? "all are near-duplicates of others, so no split separates them"
              : "too few prompts to split", count: rows.count))
        continue
      }
      parts[task] = splits
      all.subjects.append(Subject(name: task, rows: rows, nearDuplicates: nearDuplicates))
    }
    let tasks = all.subjects.map(\.name)
    let seeds = experiment.folds.map { (0..<UInt64($0)).map { $0 } } ?? experiment.seeds
    func split(_ task: String, _ position: Int) -> (training: [Int], test: [Int]) {
      parts[task].map { $0[position] } ?? ([], [])
    }
    switch experiment.design {
    case .inDomain:
      for task in tasks {
        for (position, seed) in seeds.enumerated() {
          let part = split(task, position)
          all.list.append(
            Sitting(seed: seed, training: part.training, tests: [(task, part.test)]))
        }
      }
    case .pooled:
      for (position, seed) in seeds.enumerated() {
        let halves = tasks.map { split($0, position) }
        let whole = halves.flatMap(\.test)
        all.list.append(
          Sitting(
            seed: seed, training: halves.flatMap(\.training),
            tests: [(Experiment.allTasks, whole)] + zip(tasks, halves.map(\.test)).map { ($0, $1) })
        )
      }
      if !tasks.isEmpty {
        all.subjects.insert(
          Subject(
            name: Experiment.allTasks, rows: all.subjects.flatMap(\.rows),
            nearDuplicates: all.subjects.reduce(0) { $0 + $1.nearDuplicates }), at: 0)
      }
    case .outOfDomain:
      for task in tasks {
        let others = all.subjects.filter { $0.name != task }.flatMap(\.rows)
        for (position, seed) in seeds.enumerated() where !others.isEmpty {
          let taught = share(experiment.teachingShare, of: others, seed: seed)
          all.list.append(
            Sitting(seed: seed, training: taught, tests: [(task, split(task, position).test)]))
        }
      }
    }
    // Within a task a split has kept them together.
    if experiment.design != .inDomain {
      all.list = all.list.map { $0.withoutTwins(by: experiment.keys) }
    }
    return all
  }

  /// The sitting without training rows that share a key with a tested row; empty keys are shared by none.
  private func withoutTwins(by keys: [[String]]) -> Sitting {
    var left = training
    for key in keys {
      let tested = Set(tests.flatMap { $0.rows.map { key[$0] } })
      left.removeAll { !key[$0].isEmpty && tested.contains(key[$0]) }
    }
    return Sitting(
      seed: seed, training: left, twins: training.count - left.count, tests: tests)
  }

  /// The splits of one task's rows.
  private static func drawn(
    _ experiment: Experiment, _ sampleIDs: [String], _ rows: [Int]
  ) -> [Split] {
    let keys = experiment.keys.map { key in rows.map { key[$0] } }
    if let folds = experiment.folds {
      return Split.folds(
        sampleIDs: sampleIDs, count: folds, seed: experiment.seeds.first ?? 0,
        keepingTogether: keys)
    }
    return experiment.seeds.map { seed in
      Split.make(
        sampleIDs: sampleIDs, fraction: experiment.trainingFraction, seed: seed,
        method: experiment.method, keepingTogether: keys)
    }
  }

  /// A part of the training rows, in their order; the same first rows of a seeded draw for any share.
  private static func share(_ share: Double, of rows: [Int], seed: UInt64) -> [Int] {
    if share >= 1 { return rows }
    var drawn = rows
    var generator = SeededGenerator(seed: seed, stream: 1)
    generator.shuffle(&drawn)
    return drawn.prefix(Int((share * Double(rows.count)).rounded(.up))).sorted()
  }
}
