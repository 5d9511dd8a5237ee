import Outcomes
public import Routing

/// Asks one model, whatever the prompt.
public struct SingleModelRouter: Router {
  /// The name card.
  public static let card = RouterCard(
    name: "model", summary: "Asks one model, whatever the prompt.",
    source: "Baseline; arXiv:2403.12031, Table 1")

  /// The model's name.
  public let model: String

  /// Makes the recipe.
  public init(model: String) { self.model = model }

  /// `model:` and the model's name.
  public var name: String { "model:\(model)" }

  /// Finds the model among the lessons'.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> NullRouter.Constant {
    guard let index = lessons.table.models.firstIndex(where: { $0.name == model }) else {
      throw .unusableSetting(
        router: Self.card.name, found: "the model \(model)",
        needed: "one of " + lessons.table.models.map(\.name).joined(separator: ", "))
    }
    return NullRouter.Constant(plans: [.call(model: index)])
  }
}
