import Outcomes
public import Routing

/// Draws a model for each prompt, uniformly or by weights.
///
/// Replay gives its exact expectation; nothing is sampled.
public struct RandomRouter: Router {
  /// The name card.
  public static let card = RouterCard(
    name: "random", summary: "Draws a model for each prompt, uniformly or by weights.",
    source: "Baseline; no reference")

  /// One weight a model in the lessons' order, or nil for a uniform draw.
  public let weights: [Double]?

  /// Makes the recipe.
  public init(weights: [Double]? = nil) { self.weights = weights }

  /// Checks the weights against the models.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> NullRouter.Constant {
    let count = lessons.table.models.count
    let weights = weights ?? [Double](repeating: 1, count: count)
    guard weights.count == count, weights.allSatisfy({ $0 >= 0 && $0.isFinite }),
      weights.contains(where: { $0 > 0 })
    else {
      throw .unusableSetting(
        router: Self.card.name, found: "\(weights.count) weights \(weights)",
        needed: "\(count) finite weights, one a model, at least 0 and not all 0")
    }
    return NullRouter.Constant(plans: [.mixture(weights: weights)])
  }
}
