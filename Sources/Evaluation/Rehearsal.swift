import Outcomes
public import Routing

/// A router that has learned, with the operating points that it keeps for deployment.
///
/// The points are the vertices of its hull over the training prompts, each predicted without itself;
/// where something is bounded, of the hull of those points that keep the bound.
/// One rehearsal can sit several exams.
public struct Rehearsal<Recipe: Router>: Sendable {
  /// The recipe.
  public let recipe: Recipe
  /// What it learned.
  public let fitted: Recipe.Fitted
  /// The kept parameters with their points on the training prompts, from the cheapest.
  public let kept: [SweptPoint]
  /// What the router takes itself for each prompt; nothing for one that does not look at prompts.
  public let overhead: Overhead

  /// Fits a recipe and chooses its operating points.
  ///
  /// - Parameters:
  ///   - overhead: What the router takes itself for each prompt, if it looks at prompts.
  ///   - ceiling: The most that a kept point may take on average on the training prompts.
  ///   - folds: For routers that must be fitted again to leave a prompt out.
  public init(
    _ recipe: Recipe, taughtBy lessons: Lessons, grid: SweepGrid = .exact,
    overhead: Overhead = .none, within ceiling: Ceiling = .none, folds: Int = 5
  ) throws {
    self.recipe = recipe
    let fitted = try recipe.fit(lessons)
    self.fitted = fitted
    let overhead = fitted.looksAtPrompts ? overhead : .none
    self.overhead = overhead
    let stops: [SweptPoint]
    if fitted is any EstimatingRouter {
      let estimates = try OutOfSample.estimates(recipe, lessons, folds: folds)
      stops = Sweep(estimates, on: lessons.table, grid: grid, overhead: overhead).stops
    } else if recipe.mustLeaveOut {
      stops = try OutOfSample.stops(
        recipe, lessons, settings: fitted.settings, overhead: overhead, folds: folds)
    } else {
      stops = try Exam.stops(
        of: fitted, lessons.features, lessons.table, overhead: overhead)
    }
    kept = try SweptPoint.onHull(
      ceiling.requiredKeepers(of: stops, router: recipe.name))
  }
}
