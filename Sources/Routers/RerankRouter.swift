import Matrices
public import Outcomes
public import Routing

/// Asks all models and returns the answer that a judge scores best: overgenerate and rerank.
///
/// - Source: arXiv:2403.12031, section 5.2.
public struct RerankRouter: Router {
  /// The name card.
  public static let card = RouterCard(
    name: "rerank", summary: "Asks all models and returns the answer a judge scores best.",
    source: "arXiv:2403.12031, section 5.2")

  /// Who scores the answers.
  public let judge: JudgeRecipe

  /// Makes the recipe.
  public init(judge: JudgeRecipe = .quality(error: 0)) { self.judge = judge }

  /// `rerank` and what is not usual, such as `rerank:e=0.1`.
  public var name: String {
    let parts = judge.spelling
    return parts.isEmpty
      ? Self.card.name : "\(Self.card.name):" + parts.joined(separator: ",")
  }

  /// What the judge judges by.
  public var needs: Set<OutcomePart> { judge.needs }

  /// When the judge is learned.
  public var mustLeaveOut: Bool { judge.learns }

  /// Makes the judge; ties will go to the model of the smaller mean training cost.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> NullRouter.Constant {
    guard lessons.count >= 1 else {
      throw .tooFewLessons(router: name, found: lessons.count, needed: 1)
    }
    let plan = Plan.rerank(
      Rerank(
        models: CascadeOrder.byMeanCost(lessons),
        judge: try judge.judge(lessons, router: Self.card.name)))
    try RecordedOutcomes(lessons.table).requireEvidence(
      for: [Plan](repeating: plan, count: lessons.count))
    return NullRouter.Constant(plans: [plan])
  }
}
