import CostQuality
import Outcomes
import Routing

/// How one of several recipes is chosen, so that its hyperparameters count as part of the router.
public enum SelectionRule: String, Sendable, Codable, CaseIterable {
  /// By deployable AIQ on a part of the training prompts that the candidates were not taught on.
  case validation
  /// By test-hull AIQ on the test prompts, as the original code does: optimistic, for comparison only.
  case test

  /// The name of the chosen system in results.
  public var systemName: String {
    switch self {
    case .validation: "selected"
    case .test: "selected on test (optimistic)"
    }
  }
}

/// Chooses among recipes on training prompts alone.
struct Selection {
  /// The share of the training prompts that candidates are taught on.
  static let teachingShare = 0.75

  let grid: SweepGrid
  let overhead: Overhead
  let leftExtension: LeftExtension
  let ceiling: Ceiling
  let seed: UInt64
  /// What counts as one task; the validation part is drawn task by task.
  let groups: TaskGroups
  /// Keys that must not straddle the teaching and the validation part, one a training prompt in each list.
  let keepingTogether: [[String]]

  /// The index of the recipe with the best deployable AIQ on the validation part; the first of equals.
  ///
  /// Rows of one sample, and near-duplicates, stay on one side. A recipe that cannot be taught on the smaller part, or costs
  /// that do not differ on the validation part, leave a candidate out.
  ///
  /// - Parameter willTry: Told each candidate's name before it is taught.
  /// - Returns: The index and its AIQ; nil when no candidate could be measured.
  func best(
    of recipes: [any Router], taughtBy lessons: Lessons, willTry: (String) -> Void = { _ in }
  ) throws -> (index: Int, aiq: Double)? {
    let split = Split.make(
      sampleIDs: lessons.table.sampleIDs,
      strata: lessons.table.evalNames.map { groups.task(of: $0) },
      fraction: Self.teachingShare, seed: seed, method: .seeded, keepingTogether: keepingTogether)
    guard !split.training.isEmpty, !split.test.isEmpty else { return nil }
    let teaching = lessons.selecting(rows: split.training)
    let validation = lessons.selecting(rows: split.test)
    guard var exam = try? Exam(validation.table, features: validation.features) else { return nil }
    exam.grid = grid
    exam.overhead = overhead
    exam.leftExtension = leftExtension
    exam.ceiling = ceiling
    var best: (index: Int, aiq: Double)?
    for (index, recipe) in recipes.enumerated() {
      willTry(recipe.name)
      do {
        let aiq = try exam.examine(recipe, taughtBy: teaching).deployableAIQ
        if aiq > best?.aiq ?? -.infinity { best = (index, aiq) }
      } catch is RoutingError {
        continue
      }
    }
    return best
  }
}
