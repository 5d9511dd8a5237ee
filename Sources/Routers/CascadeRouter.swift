public import Matrices
public import Outcomes
public import Routing

/// Asks models one after another until a judge accepts an answer or the money has run out.
///
/// Budgets sweep it and, where the judge has no natural threshold, thresholds too.
///
/// - Source: arXiv:2403.12031, section 5.2; the threshold is given or learned on training prompts, not
///   taken from test prompts as in the original code.
public struct CascadeRouter: Router {
  /// The name card.
  public static let card = RouterCard(
    name: "cascade", summary: "Asks one model after another until a judge accepts an answer.",
    source: "arXiv:2403.12031, section 5.2")

  /// The budgets of the paper's code, in dollars a prompt.
  public static let paperBudgets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50, 100]

  /// Who scores the answers.
  public let judge: JudgeRecipe
  /// In which order models are asked.
  public let order: CascadeOrder
  /// The least score that is accepted.
  ///
  /// Where it is nil, a judge of recorded quality gets the one of the greatest AIQ on the training
  /// prompts, and other judges sweep over quantiles of their training scores.
  public let threshold: Double?
  /// When the money has run out.
  public let rule: BudgetRule
  /// Dollars a prompt.
  public let budgets: [Double]

  /// Makes the recipe.
  public init(
    judge: JudgeRecipe = .quality(error: 0), order: CascadeOrder = .meanCost,
    threshold: Double? = nil, rule: BudgetRule = .paper, budgets: [Double] = paperBudgets
  ) {
    self.judge = judge
    self.order = order
    self.threshold = threshold
    self.rule = rule
    self.budgets = budgets
  }

  /// `cascade` and what is not usual, such as `cascade:e=0.1,t=0.5`.
  public var name: String {
    var parts = judge.spelling
    if let threshold { parts.append("t=\(threshold)") }
    if rule != .paper { parts.append("rule=\(rule.rawValue)") }
    if let spelling = order.spelling { parts.append(spelling) }
    if budgets != Self.paperBudgets {
      parts.append("budgets=" + budgets.map { "\($0)" }.joined(separator: "+"))
    }
    return ([Self.card.name] + (parts.isEmpty ? [] : [parts.joined(separator: ",")]))
      .joined(separator: ":")
  }

  /// What the judge judges by.
  public var needs: Set<OutcomePart> { judge.needs }

  /// When the judge, the threshold or the order is learned.
  public var mustLeaveOut: Bool { judge.learns || threshold == nil || order == .searched }

  /// Orders the models, makes the judge and chooses thresholds, all on the training prompts.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> Fitted {
    let budgets = try checkedBudgets()
    if let threshold, !threshold.isFinite {
      throw .unusableSetting(
        router: Self.card.name, found: "the threshold \(threshold)", needed: "a finite number")
    }
    guard lessons.count >= 1 else {
      throw .tooFewLessons(router: name, found: lessons.count, needed: 1)
    }
    let start = try order.start(lessons, router: Self.card.name)
    let judge = try judge.judge(lessons, router: Self.card.name)
    // A search may bring the last model forward, so then every model's answers must be judged.
    let judged: Plan =
      order == .searched
      ? .rerank(Rerank(models: start, judge: judge))
      : .cascade(Cascade(models: start, threshold: 0, judge: judge))
    try RecordedOutcomes(lessons.table).requireEvidence(
      for: [Plan](repeating: judged, count: lessons.count))
    let trial = CascadeTrial(lessons, judge: judge, rule: rule, budgets: budgets)
    var thresholds = self.thresholds(lessons)
    var models = start
    if case .quality = judge.source, threshold == nil {
      let candidates = thresholds
      thresholds = [trial.bestThreshold(models, among: candidates)]
      if order == .searched {
        models = trial.bestOrder(from: models, thresholds: thresholds)
        thresholds = [trial.bestThreshold(models, among: candidates)]
      }
    } else if order == .searched {
      models = trial.bestOrder(from: models, thresholds: thresholds)
    }
    return Fitted(
      name: name, models: models, judge: judge, rule: rule, thresholds: thresholds,
      budgets: budgets)
  }

  private func checkedBudgets() throws(RoutingError) -> [Double] {
    guard !budgets.isEmpty else {
      throw .unusableSetting(router: Self.card.name, found: "no budget", needed: "at least one")
    }
    for budget in budgets where !(budget >= 0 && budget.isFinite) {
      throw .unusableSetting(
        router: Self.card.name, found: "the budget \(budget)",
        needed: "finite dollars a prompt, at least 0")
    }
    return Set(budgets).sorted()
  }

  /// How many thresholds are tried at most.
  private static let thresholdCount = 20

  /// The thresholds to use or to choose from: the training scores, or their quantiles.
  private func thresholds(_ lessons: Lessons) -> [Double] {
    if let threshold { return [threshold] }
    let scores = judge.trainingScores(lessons).sorted()
    guard let first = scores.first else { return [0] }
    if case .quality = judge.source {
      var distinct = [first]
      for score in scores where score - distinct[distinct.count - 1] > Opinion.tolerance {
        distinct.append(score)
      }
      if distinct.count <= Self.thresholdCount { return distinct }
    }
    // Always as many as this, so that routers taught on parts of the lessons have the same settings.
    return (0..<Self.thresholdCount).map { step in
      scores[(2 * step + 1) * scores.count / (2 * Self.thresholdCount)]
    }
  }

  /// A fitted cascade.
  public struct Fitted: FittedRouter {
    let name: String
    let models: [Int]
    let judge: Judge
    let rule: BudgetRule
    let thresholds: [Double]
    let budgets: [Double]

    /// The budgets; numbers from 0 where there are several thresholds, each with all budgets.
    public var settings: [Double] {
      thresholds.count == 1
        ? budgets : (0..<(thresholds.count * budgets.count)).map(Double.init)
    }

    /// The threshold and the budget, in the unit of the costs that it was taught on.
    public func meaning(of setting: Double) -> String? {
      settings.firstIndex(of: setting).map { index in
        "threshold \(thresholds[index / budgets.count]), budget "
          + "\(budgets[index % budgets.count]) a prompt"
      }
    }

    /// It does not; its judge looks at answers, and has its own price.
    public var looksAtPrompts: Bool { false }

    /// The same cascade for every prompt: it chooses by the answers, not by features.
    public func plans(for features: Matrix, at setting: Double) throws(RoutingError) -> [Plan] {
      guard let index = settings.firstIndex(of: setting) else {
        throw .unusableSetting(
          router: name, found: "the setting \(setting)", needed: "one of its settings")
      }
      let cascade = Cascade(
        models: models, threshold: thresholds[index / budgets.count],
        budget: budgets[index % budgets.count], rule: rule, judge: judge)
      return [Plan](repeating: .cascade(cascade), count: features.rows)
    }
  }
}
