public import CostQuality
public import Matrices
public import Outcomes
public import Routing

/// A router a task: each is taught on part of a task's prompts and examined on the rest.
///
/// - Source: arXiv:2403.12031, section 5 and Figures 4 and 5.
public struct InDomainExperiment: Sendable {
  /// The routers' recipes.
  public var recipes: [any Router]
  /// Routers that live elsewhere; they sit the same exams.
  public var sources: [any PlanSource] = []
  /// How prompts are divided.
  public var method = Split.Method.seeded
  /// One repetition a seed.
  public var seeds: [UInt64] = [42]
  /// The share of prompts that routers are taught on.
  public var trainingFraction = 0.7
  /// Which task a prompt belongs to.
  public var groups = TaskGroups.paper
  /// Which values of willingness to pay to try.
  public var grid = SweepGrid.exact
  /// How hulls go on to the left of their cheapest vertex.
  public var leftExtension = LeftExtension.nullMixture
  /// Keys that must not straddle a split: prompts that share one stay on one side.
  ///
  /// Each inner array holds one key a prompt.
  public var keepingTogether: [[String]] = []

  /// Makes an experiment with some routers.
  public init(_ recipes: [any Router]) { self.recipes = recipes }

  /// What an experiment gives.
  public struct Outcome: Sendable {
    /// One result a task that could be examined.
    public let tasks: [TaskResult]
    /// Where every router sent every test prompt, at its kept operating points.
    public let decisions: [Decision]
    /// Tasks left out, and why.
    public let omissions: [DataSummary.Omission]
  }

  /// Runs the experiment.
  ///
  /// - Parameters:
  ///   - table: Complete outcomes.
  ///   - features: One row a prompt.
  ///   - progress: Told how many of all (task, seed, router) examinations are done.
  /// - Throws: What a router or the plane throws for other reasons than too few lessons.
  public func run(
    on table: OutcomeTable, features: Matrix, progress: ((Int, Int) -> Void)? = nil
  ) throws -> Outcome {
    precondition(features.rows == table.count, "One feature row a prompt is needed.")
    var rowsOfTask: [String: [Int]] = [:]
    var order: [String] = []
    for (row, name) in table.evalNames.enumerated() {
      let task = groups.task(of: name)
      if rowsOfTask[task] == nil { order.append(task) }
      rowsOfTask[task, default: []].append(row)
    }
    var results: [TaskResult] = []
    var decisions: [Decision] = []
    var omissions: [DataSummary.Omission] = []
    let each = recipes.count + sources.count
    let total = order.count * seeds.count * each
    for (position, task) in order.enumerated() {
      let rows = rowsOfTask[task] ?? []
      do {
        let done = position * seeds.count * each
        let (result, made) = try examine(
          task, rows, of: table, features: features,
          progress: { progress?(done + $0, total) })
        results.append(result)
        decisions.append(contentsOf: made)
      } catch let unusable as Unusable {
        omissions.append(
          .init(task: task, model: nil, reason: unusable.reason, count: rows.count))
      }
    }
    progress?(total, total)
    return Outcome(tasks: results, decisions: decisions, omissions: omissions)
  }

  private struct Unusable: Error {
    let reason: String
  }

  private func examine(
    _ task: String, _ rows: [Int], of whole: OutcomeTable, features: Matrix,
    progress: (Int) -> Void
  ) throws -> (TaskResult, [Decision]) {
    let table = whole.selecting(rows: rows)
    let mine = features.selecting(rows: rows)
    var splits: [SplitResult] = []
    var decisions: [Decision] = []
    var notes: [String] = []
    var nearDuplicates = 0
    let each = recipes.count + sources.count
    for (position, seed) in seeds.enumerated() {
      let split = drawSplit(table.sampleIDs, rows, seed: seed)
      nearDuplicates = split.nearDuplicates
      guard !split.training.isEmpty, !split.test.isEmpty else {
        throw Unusable(reason: "too few prompts to split")
      }
      let lessons = Lessons(
        table.selecting(rows: split.training), features: mine.selecting(rows: split.training))
      guard
        var exam = try? Exam(
          table.selecting(rows: split.test), features: mine.selecting(rows: split.test))
      else { throw Unusable(reason: "models do not differ in cost") }
      exam.grid = grid
      exam.leftExtension = leftExtension
      var systems = [try exam.examineZero(taughtBy: lessons)]
      for (index, recipe) in recipes.enumerated() {
        do {
          let (system, made) = try sit(exam, recipe, lessons, task: task, seed: seed)
          systems.append(system)
          decisions.append(contentsOf: made)
        } catch let error as RoutingError {
          let note = "\(recipe.name) was left out: \(error)"
          if !notes.contains(note) { notes.append(note) }
        }
        progress(position * each + index + 1)
      }
      for (index, source) in sources.enumerated() {
        let sat = try sit(exam, source, lessons, task: task, seed: seed)
        systems.append(sat.result)
        decisions.append(contentsOf: sat.decisions)
        notes += sat.notes.filter { !notes.contains($0) }
        progress((position + 1) * each - sources.count + index + 1)
      }
      splits.append(result(of: exam, lessons, seed: seed, systems: systems))
    }
    let distinct = mine.distinctRowCount(among: 0..<mine.rows)
    let result = TaskResult(
      task: task, promptCount: table.count, distinctFeatures: distinct,
      featureWarning: Self.warning(distinct: distinct, prompts: Set(table.prompts).count),
      nearDuplicates: nearDuplicates, notes: notes, splits: splits,
      summaries: Self.summaries(of: splits))
    return (result, decisions)
  }

  private func sit(
    _ exam: Exam, _ recipe: some Router, _ lessons: Lessons, task: String, seed: UInt64
  ) throws -> (SystemResult, [Decision]) {
    let (result, _, estimates) = try exam.examineWithDecisions(recipe, taughtBy: lessons)
    guard let estimates else { return (result, []) }
    let kept = result.kept.compactMap(\.parameter).sorted()
    var decisions: [Decision] = []
    for row in 0..<exam.table.count {
      var run: (model: Int, from: Parameter, through: Parameter)?
      func close() {
        guard let run else { return }
        decisions.append(
          Decision(
            task: task, seed: seed, system: recipe.name, sampleID: exam.table.sampleIDs[row],
            from: run.from, through: run.through, model: exam.table.models[run.model].name,
            expectedQuality: estimates.quality[row, run.model],
            quality: exam.table.quality[row, run.model], cost: exam.table.cost[row, run.model]))
      }
      for parameter in kept {
        let model = estimates.choice(
          row: row, at: WillingnessToPay(dollars: parameter.value))
        if let open = run, open.model == model {
          run = (model, open.from, parameter)
        } else {
          close()
          run = (model, parameter, parameter)
        }
      }
      close()
    }
    return (result, decisions)
  }

  private func result(
    of exam: Exam, _ lessons: Lessons, seed: UInt64, systems: [SystemResult]
  ) -> SplitResult {
    let table = exam.table
    let oracle = Oracle(table)
    var references = zip(table.models, exam.modelPoints).map { model, point in
      ReferencePoint(name: model.name, role: .model, point: point)
    }
    let uniform = Plan.mixture(weights: [Double](repeating: 1, count: table.models.count))
    references.append(
      ReferencePoint(
        name: "random", role: .random,
        point: Replay(table).point(of: [Plan](repeating: uniform, count: table.count))))
    references.append(ReferencePoint(name: "oracle", role: .oracle, point: oracle.point))
    references.append(
      ReferencePoint(
        name: "oracle (free when unsolved)", role: .oracleFreeWhenUnsolved,
        point: oracle.pointFreeWhenUnsolved))
    var shares = [Double](repeating: 0, count: table.models.count)
    for choice in oracle.choices { shares[choice] += 1 / Double(table.count) }
    return SplitResult(
      seed: seed, trainingCount: lessons.count, testCount: table.count, range: exam.costRange,
      references: references, systems: systems, oracleShares: shares)
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
      let pairs = splits.compactMap { split -> (SystemResult, SystemResult)? in
        guard let system = split.systems.first(where: { $0.name == name }),
          let zero = split.systems.first(where: { $0.name == "zero" })
        else { return nil }
        return (system, zero)
      }
      return SystemSummary(
        name: name, testHull: Spread(pairs.map(\.0.testHullAIQ)),
        deployable: Spread(pairs.map(\.0.deployableAIQ)),
        testHullLessZero: Spread(pairs.map { $0.testHullAIQ - $1.testHullAIQ }),
        deployableLessZeroTrained: Spread(pairs.map { $0.deployableAIQ - $1.deployableAIQ }),
        reference: Spread(pairs.map(\.0.referenceAIQ)))
    }
  }
}
