import CostQuality
import Matrices
import Outcomes
import Routing

/// What is gathered on one task while an experiment runs.
struct TaskRecord {
  let subject: Sitting.Subject
  var splits: [SplitResult] = []
  var decisions: [Decision] = []
  var estimates: [PromptEstimates] = []
  /// Routers that were not examined, as sentences that say why.
  private(set) var absences: [String] = []
  private var notes: [String] = []
  private var parts: [BootstrapRun.Part] = []

  init(_ subject: Sitting.Subject) { self.subject = subject }

  mutating func note(_ sentence: String) {
    if !notes.contains(sentence) { notes.append(sentence) }
  }

  /// Notes that a router was not examined on a split.
  mutating func leaveOut(_ router: String, _ reason: String) {
    let sentence = "\(router) was left out: \(reason)"
    note(sentence)
    if !absences.contains(sentence) { absences.append(sentence) }
  }

  /// Takes in one split's exam.
  mutating func add(
    _ exam: Exam, rows: [Int], trainingCount: Int, seed: UInt64, held: [Examination]
  ) {
    let table = exam.table
    let oracle = Oracle(table)
    let replay = Replay(table)
    let uniform = Plan.mixture(weights: [Double](repeating: 1, count: table.models.count))
    let drawn = [Plan](repeating: uniform, count: table.count)
    let chosen = oracle.choices.map { Plan.call(model: $0) }
    let solved = oracle.choices.enumerated().map { row, model in
      table.quality[row, model] > 0 ? .call(model: model) : Plan.none
    }
    var references = zip(table.models, Exam.stops(of: table)).map { model, stop in
      ReferencePoint(name: model.name, role: .model, point: stop.point, seconds: stop.seconds)
    }
    let random = replay.outcome(of: drawn)
    references += [
      ReferencePoint(
        name: "random", role: .random, point: random.point, seconds: random.knownSeconds),
      ReferencePoint(
        name: "oracle", role: .oracle, point: oracle.point,
        seconds: replay.outcome(of: chosen).knownSeconds),
      ReferencePoint(
        name: "oracle (free when unsolved)", role: .oracleFreeWhenUnsolved,
        point: oracle.pointFreeWhenUnsolved, seconds: replay.outcome(of: solved).knownSeconds),
    ]
    var shares = [Double](repeating: 0, count: table.models.count)
    for choice in oracle.choices { shares[choice] += 1 / Double(table.count) }
    splits.append(
      SplitResult(
        seed: seed, trainingCount: trainingCount, testCount: table.count, range: exam.costRange,
        references: references, systems: held.map(\.result), oracleShares: shares))
    let others = PromptOutcomes(of: [drawn, chosen, solved], on: replay)
    parts.append(
      BootstrapRun.Part(
        prompts: rows, range: exam.costRange, leftExtension: exam.leftExtension,
        examinations: held,
        references: PromptOutcomes(models: Array(table.models.indices), of: table)
          .joined(with: others)))
  }

  /// The task's result, with intervals where a bootstrap is given.
  func result(on table: OutcomeTable, features: Matrix, groups: TaskGroups, bootstrap: Bootstrap?)
    -> TaskResult
  {
    let mine = features.selecting(rows: subject.rows)
    let distinct = mine.distinctRowCount(among: 0..<mine.rows)
    let prompts = Set(subject.rows.map { table.prompts[$0] }).count
    var splits = splits
    var summaries = Self.summaries(of: splits)
    var notes = notes
    if let bootstrap {
      let run = numbered(on: table, groups, bootstrap)
      let outcome = run.run()
      for (part, intervals) in outcome.points.enumerated() where !intervals.isEmpty {
        var next = intervals.makeIterator()
        for index in splits[part].references.indices {
          splits[part].references[index].intervals = next.next()
        }
        for system in splits[part].systems.indices {
          for index in splits[part].systems[system].kept.indices {
            splits[part].systems[system].kept[index].intervals = next.next()
          }
        }
      }
      let intervals = outcome.intervals(of: run.parts, settings: bootstrap)
      if let disuse = outcome.disuse(settings: bootstrap) { notes.append(disuse) }
      if let shortage = outcome.shortage(of: run.parts, settings: bootstrap) {
        notes.append(shortage)
      }
      for index in summaries.indices {
        let name = summaries[index].name
        summaries[index].intervals = intervals[name]
        if let match = outcome.match(of: name, in: run.parts, settings: bootstrap) {
          summaries[index].match?.interval = match.interval
          summaries[index].match?.reached = match.reached
        }
      }
    }
    return TaskResult(
      task: subject.name, promptCount: subject.rows.count, distinctFeatures: distinct,
      featureWarning: Self.warning(distinct: distinct, prompts: prompts),
      nearDuplicates: subject.nearDuplicates, notes: notes, splits: splits, summaries: summaries)
  }

  /// The bootstrap's input: tested prompts numbered from 0, strata by task.
  private func numbered(on table: OutcomeTable, _ groups: TaskGroups, _ bootstrap: Bootstrap)
    -> BootstrapRun
  {
    var number: [Int: Int] = [:]
    var strata: [[Int]] = []
    var stratumOf: [String: Int] = [:]
    for row in parts.flatMap(\.prompts) where number[row] == nil {
      number[row] = number.count
      let name = groups.task(of: table.evalNames[row])
      let stratum = stratumOf[name] ?? strata.count
      if stratum == strata.count {
        stratumOf[name] = stratum
        strata.append([])
      }
      strata[stratum].append(number.count - 1)
    }
    let numbered = parts.map { part in
      BootstrapRun.Part(
        prompts: part.prompts.compactMap { number[$0] }, range: part.range,
        leftExtension: part.leftExtension, examinations: part.examinations,
        references: part.references)
    }
    return BootstrapRun(settings: bootstrap, parts: numbered, strata: strata)
  }

  private static func warning(distinct: Int, prompts: Int) -> String? {
    guard prompts > 1, distinct * 2 <= prompts else { return nil }
    return "\(prompts) different prompts have only \(distinct) distinct feature "
      + "vector\(distinct == 1 ? "" : "s"), so routers cannot tell them apart; "
      + "try another view (such as question) or an encoder that reads longer texts."
  }

  private static func summaries(of splits: [SplitResult]) -> [SystemSummary] {
    var names: [String] = []
    for system in splits.flatMap(\.systems) where !names.contains(system.name) {
      names.append(system.name)
    }
    return names.map { name in
      let pairs = splits.compactMap { split -> (SystemResult, SystemResult, CostRange)? in
        guard let system = split.systems.first(where: { $0.name == name }),
          let zero = split.systems.first(where: { $0.name == "zero" })
        else { return nil }
        return (system, zero, split.range)
      }
      var summary = SystemSummary(
        name: name, testHull: Spread(pairs.map(\.0.testHullAIQ)),
        deployable: Spread(pairs.map(\.0.deployableAIQ)),
        testHullLessZero: Spread(pairs.map { $0.0.testHullAIQ - $0.1.testHullAIQ }),
        deployableLessZeroTrained: Spread(pairs.map { $0.0.deployableAIQ - $0.1.deployableAIQ }),
        reference: Spread(pairs.map(\.0.referenceAIQ)))
      summary.referenceLessZero = Spread(pairs.map { $0.0.referenceAIQ - $0.1.referenceAIQ })
      let needs = pairs.compactMap(\.0.needsRecordedQuality)
      if !needs.isEmpty { summary.needsRecordedQuality = needs.contains(true) }
      if name != "zero" {
        summary.match = QualityMatch(of: pairs.map { ($0.0, $0.1, $0.2) })
      }
      return summary
    }
  }
}
