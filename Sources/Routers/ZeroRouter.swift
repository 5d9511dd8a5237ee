import CostQuality
import Matrices
import Outcomes
public import Routing

/// Mixes single models along their hull on the training prompts, whatever the prompt.
///
/// This is `zero (trained)`: what the paper's Zero becomes when it may not see the test prompts. Its
/// settings walk along the hull's vertices, from the cheapest model to the best.
public struct ZeroRouter: Router {
  /// The name card.
  public static let card = RouterCard(
    name: "zero", summary: "Mixes the models on the hull of single models.",
    source: "arXiv:2403.12031, section 3.2")

  /// Makes the recipe.
  public init() {}

  /// Takes the hull of the models' mean cost and quality.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> NullRouter.Constant {
    guard lessons.count >= 1 else {
      throw .tooFewLessons(router: Self.card.name, found: 0, needed: 1)
    }
    return NullRouter.Constant(plans: Self.vertices(of: lessons).map { .call(model: $0) })
  }

  /// The indices of the models on the training hull, from the cheapest to the best.
  public static func vertices(of lessons: Lessons) -> [Int] {
    let points = zip(lessons.meanCosts, lessons.table.quality.columnMeans()).map {
      Point(cost: $0, quality: $1)
    }
    guard let hull = try? NonDecreasingHull(of: points) else { return [] }
    return hull.vertices.compactMap { points.firstIndex(of: $0) }
  }
}
