public import CostQuality
public import Matrices
public import Outcomes
public import Routing

/// Routers taught on some prompts and examined on others, task by task.
///
/// - Source: arXiv:2403.12031, section 5.
public struct Experiment: Sendable {
  /// Which prompts a router is taught on, and which it is examined on.
  public enum Design: String, Sendable, Codable, CaseIterable {
    /// A router a task, taught on part of the task's prompts and examined on the rest (Figures 4, 5).
    case inDomain = "in-domain"
    /// One router taught on all tasks' training prompts, examined on each task and on all together.
    case pooled
    /// A router a task, taught on all prompts of the other tasks (Figure 9).
    case outOfDomain = "out-of-domain"
  }

  /// The name of all tasks together in a pooled experiment.
  public static let allTasks = "All tasks"

  /// The routers' recipes.
  public var recipes: [any Router]
  /// Routers that live elsewhere; they sit the same exams.
  public var sources: [any PlanSource] = []
  /// Which prompts teach, and which examine.
  public var design = Design.inDomain
  /// How prompts are divided.
  public var method = Split.Method.seeded
  /// One repetition a seed.
  public var seeds: [UInt64] = [42]
  /// Instead of one split a seed, as many as folds, so that each prompt is tested once; nil for splits.
  ///
  /// With folds there is one seed; the splits in results are numbered from 0.
  public var folds: Int?
  /// The share of each split's training prompts that is really used; the test prompts stay the same.
  ///
  /// Smaller shares are parts of larger ones, so that a curve over shares grows prompt by prompt.
  public var teachingShare = 1.0
  /// The share of prompts that routers are taught on.
  public var trainingFraction = 0.7
  /// Which task a prompt belongs to.
  public var groups = TaskGroups.paper
  /// Which values of willingness to pay to try.
  public var grid = SweepGrid.exact
  /// What a router that looks at prompts takes itself for each of them; cascades and reranks have the
  /// overheads of their judges instead.
  public var overhead = Overhead.none
  /// The most that a kept operating point takes a training prompt on average.
  public var ceiling = Ceiling.none
  /// The seed of one drawn run a test prompt, which checks exact expectations; nil for these.
  public var sampling: UInt64?
  /// How hulls go on to the left of their cheapest vertex.
  public var leftExtension = LeftExtension.nullMixture
  /// By which AIQ of the test hulls a recipe is chosen where it is chosen on the test prompts.
  public var testChoice = AIQDefinition.sharedRange
  /// How intervals are made; nil for none.
  public var bootstrap: Bootstrap? = Bootstrap()
  /// How the best of the recipes is chosen as a system of its own; nil for not at all.
  public var selection: SelectionRule?
  /// Whether one recipe of each kind is chosen, such as the best KNN and the best MLP, not one of all.
  public var selectsWithinKinds = false
  /// The tasks that routers are examined on; all when nil. Others still teach.
  public var examinedTasks: Set<String>?
  /// Test prompts whose estimates are kept, for pages that show single prompts; on the first split alone.
  public var watchedSamples: Set<String> = []
  /// Keys that must not straddle a split: prompts that share one stay on one side.
  ///
  /// Each inner array holds one key a prompt.
  public var keepingTogether: [[String]] = []
  /// Those that count; published splits are by sample alone.
  var keys: [[String]] { method == .numpyLegacy ? [] : keepingTogether }

  /// Makes an experiment with some routers.
  public init(_ recipes: [any Router]) { self.recipes = recipes }

  /// What an experiment gives.
  public struct Outcome: Sendable {
    /// One result a task that could be examined.
    public let tasks: [TaskResult]
    /// Where every router sent every test prompt, at its kept operating points.
    public let decisions: [Decision]
    /// Tasks and splits left out, and why.
    public let omissions: [DataSummary.Omission]
    /// Routers left out, as sentences with their task.
    public let absences: [String]
    /// What routers predicted for the watched samples.
    public let estimates: [PromptEstimates]
  }

  /// Runs the experiment.
  ///
  /// - Parameters:
  ///   - table: Complete outcomes.
  ///   - features: One row a prompt.
  ///   - progress: Told of each step before it begins.
  /// - Throws: What a router or the plane throws for other reasons than too few lessons.
  public func run(
    on table: OutcomeTable, features: Matrix, progress: ((ExperimentProgress) -> Void)? = nil
  ) throws -> Outcome {
    precondition(features.rows == table.count, "One feature row a prompt is needed.")
    var experiment = self
    experiment.recipes = Self.sharing(recipes)
    return try experiment.hold(on: table, features: features, progress: progress)
  }

  /// Lets recipes of a kind share their work.
  private static func sharing(_ recipes: [any Router]) -> [any Router] {
    var shared = recipes
    var kinds: [ObjectIdentifier] = []
    for recipe in recipes where !kinds.contains(ObjectIdentifier(type(of: recipe))) {
      kinds.append(ObjectIdentifier(type(of: recipe)))
      share(recipe, &shared)
    }
    return shared
  }

  private static func share<Recipe: Router>(_: Recipe, _ recipes: inout [any Router]) {
    let places = recipes.indices.filter { recipes[$0] is Recipe }
    let shared = Recipe.sharing(places.compactMap { recipes[$0] as? Recipe })
    for (place, recipe) in zip(places, shared) { recipes[place] = recipe }
  }

  private func hold(
    on table: OutcomeTable, features: Matrix, progress: ((ExperimentProgress) -> Void)?
  ) throws -> Outcome {
    let sittings = sittings(on: table)
    var records: [String: TaskRecord] = [:]
    var order: [String] = []
    for subject in sittings.subjects where records[subject.name] == nil {
      order.append(subject.name)
      records[subject.name] = TaskRecord(subject)
    }
    let tried = selection == .validation && recipes.count > 1 ? recipes.count : 0
    let steps = recipes.count + sources.count + tried
    let total = sittings.list.count * steps + order.count
    for (place, sitting) in sittings.list.enumerated() {
      var done = place * steps
      try hold(sitting, on: table, features: features, records: &records) { work in
        progress?(
          ExperimentProgress(
            done: done, total: total, task: sitting.tests.first?.task ?? "",
            part: name(of: sitting), work: work))
        done += 1
      }
    }
    var results: [TaskResult] = []
    var decisions: [Decision] = []
    var absences: [String] = []
    var estimates: [PromptEstimates] = []
    for (place, name) in order.enumerated() {
      progress?(
        ExperimentProgress(
          done: total - order.count + place, total: total, task: name, part: nil,
          work: .resampling))
      guard let record = records[name] else { continue }
      if record.splits.isEmpty { continue }
      results.append(
        record.result(on: table, features: features, groups: groups, bootstrap: bootstrap))
      decisions += record.decisions
      estimates += record.estimates
      absences += record.absences.map { "\(name): \($0)" }
    }
    return Outcome(
      tasks: results, decisions: decisions, omissions: omissions(in: sittings, of: table),
      absences: absences, estimates: estimates)
  }

  func sittings(on table: OutcomeTable) -> Sitting.All {
    var sittings = Sitting.all(of: self, on: table)
    if let examinedTasks {
      sittings.subjects.removeAll { !examinedTasks.contains($0.name) }
      sittings.list = sittings.list.compactMap { $0.examining(examinedTasks) }
    }
    return sittings
  }

  /// Which of several splits or folds a sitting is.
  func name(of sitting: Sitting) -> String? {
    if let folds { return "fold \(sitting.seed + 1) of \(folds)" }
    return seeds.count > 1 ? "seed \(sitting.seed)" : nil
  }

  /// Teaches every recipe once and examines it on each of the sitting's tasks.
  private func hold(
    _ sitting: Sitting, on table: OutcomeTable, features: Matrix,
    records: inout [String: TaskRecord], willBegin: (ExperimentProgress.Work) -> Void
  ) throws {
    if sitting.training.isEmpty { return }
    let lessons = Lessons(
      table.selecting(rows: sitting.training), features: features.selecting(rows: sitting.training))
    var exams: [(task: String, rows: [Int], exam: Exam, held: [Examination])] = []
    for (task, rows) in sitting.tests {
      guard
        var exam = try? Exam(table.selecting(rows: rows), features: features.selecting(rows: rows))
      else { continue }
      exam.grid = grid
      exam.leftExtension = leftExtension
      exam.sampling = sampling
      exam.overhead = overhead
      exam.ceiling = ceiling
      do {
        exams.append((task, rows, exam, [try exam.sitZero(taughtBy: lessons)]))
      } catch is RoutingError {
        // No single model keeps the bounds; the omissions say so.
        continue
      }
    }
    // Where tasks share their teachers, it is said once.
    if let note = note(on: sitting), let task = exams.first?.task { records[task]?.note(note) }
    for recipe in recipes {
      willBegin(.examining(router: recipe.name))
      if !exams.isEmpty { try hold(recipe, lessons, &exams, sitting.seed, &records) }
    }
    for source in sources {
      willBegin(.examining(router: source.name))
      for index in exams.indices {
        let (task, exam) = (exams[index].task, exams[index].exam)
        let answer = try source.plans(
          for: PlanRequest(
            task: task, seed: sitting.seed, lessons: lessons,
            folds: OutOfSample.folds(of: lessons.table.sampleIDs, count: 5),
            test: PromptSheet(exam.table, features: exam.features)))
        for note in answer.notes { records[task]?.note(note) }
        do {
          let examination = try exam.sit(answer, named: source.name, taughtBy: lessons)
          exams[index].held.append(examination)
          note(examination, task, sitting.seed, exam.table, in: &records)
        } catch let error as RoutingError {
          records[task]?.leaveOut(source.name, "\(error)")
        }
      }
    }
    if let selection, recipes.count > 1, !exams.isEmpty {
      for candidates in candidates(selection) {
        try select(
          by: selection, among: candidates, lessons, &exams, sitting, &records
        ) { willBegin(.validating(router: $0)) }
      }
    }
    for (task, rows, exam, held) in exams {
      records[task]?.add(
        exam, rows: rows, trainingCount: lessons.count, seed: sitting.seed, held: held)
    }
  }

  /// Writes down what a system does with single prompts.
  private func note(
    _ examination: Examination, _ task: String, _ seed: UInt64, _ table: OutcomeTable,
    in records: inout [String: TaskRecord]
  ) {
    let record = DecisionRecord(task: task, seed: seed, table: table, sampling: sampling)
    records[task]?.decisions += record.decisions(of: examination)
    guard records[task]?.splits.isEmpty == true else { return }
    records[task]?.estimates += record.estimates(of: examination, watched: watchedSamples)
  }

  /// Recipes of which one is chosen, and the name that it gets.
  private struct Candidates {
    let name: String
    let recipes: [any Router]
  }

  private func candidates(_ rule: SelectionRule) -> [Candidates] {
    if !selectsWithinKinds { return [Candidates(name: rule.systemName, recipes: recipes)] }
    var kinds: [String] = []
    for recipe in recipes where !kinds.contains(type(of: recipe).card.name) {
      kinds.append(type(of: recipe).card.name)
    }
    return kinds.compactMap { kind in
      let recipes = recipes.filter { type(of: $0).card.name == kind }
      // One recipe alone leaves nothing to choose.
      return recipes.count < 2
        ? nil : Candidates(name: "\(kind), \(rule.systemName)", recipes: recipes)
    }
  }

  /// Adds the chosen recipe's examination once more, under the selection's name.
  private func select(
    by rule: SelectionRule, among candidates: Candidates, _ lessons: Lessons,
    _ exams: inout [(task: String, rows: [Int], exam: Exam, held: [Examination])],
    _ sitting: Sitting, _ records: inout [String: TaskRecord], willTry: (String) -> Void
  ) throws {
    let seed = sitting.seed
    let chosen =
      rule == .validation
      ? try Selection(
        grid: grid, overhead: overhead, leftExtension: leftExtension, ceiling: ceiling,
        seed: sitting.seed, groups: groups,
        keepingTogether: keys.map { key in sitting.training.map { key[$0] } }
      )
      .best(of: candidates.recipes, taughtBy: lessons, willTry: willTry) : nil
    let names = Set(candidates.recipes.map(\.name))
    for index in exams.indices {
      let held = exams[index].held.dropFirst().filter { names.contains($0.result.name) }
      let examination =
        switch rule {
        case .validation:
          chosen.flatMap { chosen in
            held.first { $0.result.name == candidates.recipes[chosen.index].name }
          }
        case .test: held.max { hullAIQ(of: $0.result) < hullAIQ(of: $1.result) }
        }
      let task = exams[index].task
      guard let examination else {
        records[task]?.note(
          "No router was selected for seed \(seed): the training prompts do not suffice to validate "
            + "on a part of them.")
        continue
      }
      let named = examination.named(candidates.name)
      exams[index].held.append(named)
      note(named, task, seed, exams[index].exam.table, in: &records)
      records[task]?.note(
        "Seed \(seed): \(candidates.name) is \(examination.result.name)"
          + (chosen.map { ", with a deployable AIQ of \(Self.rounded($0.aiq)) on validation" } ?? "")
          + ".")
    }
  }

  private func hullAIQ(of result: SystemResult) -> Double {
    testChoice == .originalCode ? result.referenceAIQ : result.testHullAIQ
  }

  private static func rounded(_ value: Double) -> String {
    let scaled = Int((value * 10_000).rounded())
    let digits = String(scaled.magnitude % 10_000)
    return "\(scaled < 0 ? "-" : "")\(scaled.magnitude / 10_000)."
      + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private func hold(
    _ recipe: some Router, _ lessons: Lessons,
    _ exams: inout [(task: String, rows: [Int], exam: Exam, held: [Examination])], _ seed: UInt64,
    _ records: inout [String: TaskRecord]
  ) throws {
    do {
      let rehearsal = try Rehearsal(
        recipe, taughtBy: lessons, grid: grid, overhead: overhead, within: ceiling)
      for index in exams.indices {
        let examination = try exams[index].exam.sit(rehearsal)
        exams[index].held.append(examination)
        note(examination, exams[index].task, seed, exams[index].exam.table, in: &records)
      }
    } catch let error as RoutingError {
      for (task, _, _, _) in exams {
        records[task]?.leaveOut(recipe.name, "\(error)")
      }
    }
  }
}
