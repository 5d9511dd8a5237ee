import Outcomes
public import Routing

/// A router that has learned, with the operating points that it keeps for deployment.
///
/// The points are the vertices of its hull over the training prompts, each predicted without itself.
/// One rehearsal can sit several exams.
public struct Rehearsal<Recipe: Router>: Sendable {
  /// The recipe.
  public let recipe: Recipe
  /// What it learned.
  public let fitted: Recipe.Fitted
  /// The kept parameters with their points on the training prompts, from the cheapest.
  public let kept: [SweptPoint]
  /// Expected seconds at the kept parameters on the training prompts; nil where they were not recorded.
  let keptSeconds: [Double?]

  /// Fits a recipe and chooses its operating points.
  ///
  /// - Parameter folds: For routers that must be fitted again to leave a prompt out.
  public init(
    _ recipe: Recipe, taughtBy lessons: Lessons, grid: SweepGrid = .exact, folds: Int = 5
  ) throws {
    self.recipe = recipe
    let fitted = try recipe.fit(lessons)
    self.fitted = fitted
    let stops: [SweptPoint]
    var plans: (Double) throws -> [Plan] = { try fitted.plans(for: lessons.features, at: $0) }
    if fitted is any EstimatingRouter {
      let estimates = try OutOfSample.estimates(recipe, lessons, folds: folds)
      stops = Sweep(estimates, on: lessons.table, grid: grid).stops
      plans = { estimates.plans(at: WillingnessToPay(dollars: $0)) }
    } else if recipe.needs.contains(.response) {
      stops = try OutOfSample.stops(recipe, lessons, settings: fitted.settings, folds: folds)
    } else {
      stops = try Exam.stops(of: fitted, lessons.features, lessons.table)
    }
    let kept = try SweptPoint.onHull(stops)
    self.kept = kept
    let replay = Replay(lessons.table)
    keptSeconds = try kept.map { stop in
      guard replay.hasLatency, let parameter = stop.parameter else { return nil }
      return replay.seconds(of: try plans(parameter.value))
    }
  }
}
