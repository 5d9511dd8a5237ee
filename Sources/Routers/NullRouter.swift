public import Matrices
public import Routing

/// Answers nothing and pays nothing: the point (0, 0).
public struct NullRouter: Router {
  /// The name card.
  public static let card = RouterCard(
    name: "null", summary: "Answers nothing and pays nothing.",
    source: "arXiv:2403.12031, section 3.1 (extrapolation)")

  /// Makes the recipe.
  public init() {}

  /// Nothing to learn.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> Constant {
    Constant(plans: [.none])
  }

  /// A fitted router that gives every prompt the same plan, whatever its features.
  public struct Constant: FittedRouter {
    let plans: [Plan]

    /// One setting a plan, numbered from 0.
    public var settings: [Double] { plans.indices.map(Double.init) }

    /// Its place among several plans.
    public func meaning(of setting: Double) -> String? {
      plans.count == 1 ? "its only setting" : "plan \(setting)"
    }

    /// It does not.
    public var looksAtPrompts: Bool { false }

    /// The plan of that setting for every prompt.
    public func plans(for features: Matrix, at setting: Double) throws(RoutingError) -> [Plan] {
      guard let index = Int(exactly: setting), plans.indices.contains(index) else {
        throw .unusableSetting(
          router: "constant", found: "the setting \(setting)",
          needed: "a whole number below \(plans.count)")
      }
      return [Plan](repeating: plans[index], count: features.rows)
    }
  }
}
