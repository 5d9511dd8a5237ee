public import Matrices
public import Outcomes

/// A router's name card, for catalogues and reports.
public struct RouterCard: Sendable, Hashable {
  /// The name on the command line, such as `knn`.
  public let name: String
  /// One sentence.
  public let summary: String
  /// Where the method is from.
  public let source: String

  /// Makes a card.
  public init(name: String, summary: String, source: String) {
    self.name = name
    self.summary = summary
    self.source = source
  }
}

/// A recipe for a router: hyperparameters, and a way to learn from lessons.
///
/// Recipe and fitted router are two types, so "not fitted" cannot be written. A recipe is `Codable`
/// and carries its seed, if it needs one, so that an experiment file is data.
public protocol Router: Sendable, Codable {
  /// What `fit` gives.
  associatedtype Fitted: FittedRouter

  /// The name card.
  static var card: RouterCard { get }
  /// The name with its hyperparameters, as reports show it and the command line takes it: `knn:40`.
  var name: String { get }
  /// What outcomes must have of every answer besides quality and cost; nothing by default.
  var needs: Set<OutcomePart> { get }

  /// Whether what `fit` learns flatters it on the very answers it learned from, so that its operating
  /// points must be chosen on prompts left out; when it learns from answers' texts by default.
  ///
  /// Estimating routers always leave each prompt out.
  var mustLeaveOut: Bool { get }

  /// Learns from training prompts, and from nothing else.
  func fit(_ lessons: Lessons) throws(RoutingError) -> Fitted

  /// Estimates for the training prompts themselves, each made without its own sample, or nil when
  /// the router has no shorter way than to be fitted again without a fold.
  func estimatesWithoutSelf(_ lessons: Lessons) throws(RoutingError) -> Estimates?

  /// The same recipes, in the same order, that do once what each would do by itself on the same
  /// lessons; their names and all their results stay as they are.
  static func sharing(_ recipes: [Self]) -> [Self]
}

extension Router {
  /// The card's name: for recipes without hyperparameters.
  public var name: String { Self.card.name }

  /// Nothing.
  public var needs: Set<OutcomePart> { [] }

  /// When it learns from answers' texts.
  public var mustLeaveOut: Bool { needs.contains(.response) }

  /// Nothing is shared.
  public static func sharing(_ recipes: [Self]) -> [Self] { recipes }

  /// No shorter way.
  public func estimatesWithoutSelf(_ lessons: Lessons) throws(RoutingError) -> Estimates? { nil }
}

/// A router that has learned: it turns features into plans, one a prompt.
///
/// It is `Codable`, so that one that is saved and loaded makes the same decisions.
public protocol FittedRouter: Sendable, Codable {
  /// The settings at which to sweep the router, in order; empty when a willingness to pay sweeps it.
  var settings: [Double] { get }
  /// What a setting stands for, in a few words such as "threshold 0.6, budget 0.01 a prompt"; nil where
  /// it is a willingness to pay, as by default.
  func meaning(of setting: Double) -> String?
  /// Whether it looks at prompts to decide, so that its own work costs something; true by default.
  var looksAtPrompts: Bool { get }

  /// One plan a prompt.
  ///
  /// A prompt's plan depends on its own features and the setting alone, so that a prompt alone and in
  /// a batch get the same plan.
  ///
  /// - Parameter setting: One of `settings`, or a willingness to pay in dollars per unit of quality.
  func plans(for features: Matrix, at setting: Double) throws(RoutingError) -> [Plan]
}

extension FittedRouter {
  /// A willingness to pay.
  public func meaning(of setting: Double) -> String? { nil }

  /// It does.
  public var looksAtPrompts: Bool { true }
}

/// A fitted router that predicts every model's quality, so that sweeps over willingness to pay are
/// free.
public protocol EstimatingRouter: FittedRouter {
  /// Predicted quality and cost, prompts x models.
  func estimates(for features: Matrix) throws(RoutingError) -> Estimates
}

extension EstimatingRouter {
  /// None: a willingness to pay sweeps the router.
  public var settings: [Double] { [] }

  /// The model of the greatest lambda P - cost for each prompt.
  public func plans(for features: Matrix, at setting: Double) throws(RoutingError) -> [Plan] {
    try estimates(for: features).plans(at: WillingnessToPay(dollars: setting))
  }
}
