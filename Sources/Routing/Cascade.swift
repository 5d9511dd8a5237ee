public import CostQuality
import Outcomes

/// Asks models one after another until a judge accepts an answer or the money has run out.
///
/// The accept test comes before the budget test. When all answers are rejected or the budget ends, the
/// current answer is returned. The judge is not consulted where nothing depends on it: about the
/// last model's answer, and where the budget allows no further call whatever it says.
public struct Cascade: Sendable, Hashable {
  /// The models in the order in which they are asked.
  public let models: [Int]
  /// The least score that is accepted.
  public let threshold: Double
  /// Dollars for one prompt; infinite for no limit.
  public let budget: Double
  /// When the budget has run out.
  public let rule: BudgetRule
  /// Who scores the answers.
  public let judge: Judge

  /// Makes a cascade.
  ///
  /// - Precondition: There is a model, and neither threshold nor budget is NaN.
  public init(
    models: [Int], threshold: Double, budget: Double = .infinity, rule: BudgetRule = .paper,
    judge: Judge
  ) {
    precondition(!models.isEmpty, "A cascade needs at least one model.")
    precondition(!threshold.isNaN && !budget.isNaN, "A threshold and a budget must be numbers.")
    self.models = models
    self.threshold = threshold
    self.budget = budget
    self.rule = rule
    self.judge = judge
  }

  /// Whether the judge is consulted and, if it rejects, the next model is asked.
  ///
  /// - Parameters:
  ///   - next: What the next call costs, in dollars; a server's estimate, or as recorded.
  ///   - spent: Dollars spent so far.
  ///   - unit: What takes the place of dollars in replays of outcomes with other costs.
  public func goesOn(
    next: Double, spent: Double, budget: Double, in unit: CostUnit = .dollars
  ) -> Bool {
    rule.allows(next: next, spent: spent + judge.overhead.cost(in: unit), budget: budget)
  }

  /// The exact expected outcomes on one recorded prompt under several budgets, in one pass.
  ///
  /// - Parameters:
  ///   - budgets: Dollars, ascending; they take the place of the cascade's own.
  ///   - body: Called once a budget, with its position.
  /// - Source: arXiv:2403.12031, section 5.2; the paper samples, this sums the probabilities.
  public func expectations(
    row: Int, in outcomes: RecordedOutcomes, budgets: [Double],
    _ body: (Int, ExpectedOutcome) -> Void
  ) throws(RoutingError) {
    let unit = outcomes.table.costUnit
    let (fee, wait) = (judge.overhead.cost(in: unit), judge.overhead.seconds)
    var open = 0
    // The probability that no answer has been accepted, and what has been met on the way.
    var reach = 1.0
    var spent = 0.0
    var met = ExpectedOutcome.nothing
    for (position, model) in models.enumerated() {
      let call = outcomes.call(row: row, model: model)
      spent += call.cost
      met.cost += reach * call.cost
      met.dollars += reach * call.dollars
      met.seconds += reach * call.seconds
      let last = position + 1 == models.count
      let next = last ? 0 : outcomes.cost(row: row, model: models[position + 1])
      while open < budgets.count,
        last || !goesOn(next: next, spent: spent, budget: budgets[open], in: unit)
      {
        var stopped = met
        stopped.quality += reach * call.quality
        body(open, stopped)
        open += 1
      }
      if open == budgets.count { return }
      let accepted = try outcomes.opinion(of: judge, row: row, model: model)
        .acceptance(threshold: threshold)
      spent += fee
      met.cost += reach * fee
      met.dollars += reach * judge.overhead.dollars
      met.seconds += reach * wait
      met.quality += reach * accepted * call.quality
      reach *= 1 - accepted
      if reach <= 0 { break }
    }
    for rest in open..<budgets.count { body(rest, met) }
  }

  func expectation(row: Int, in outcomes: RecordedOutcomes) throws(RoutingError) -> ExpectedOutcome
  {
    var found = ExpectedOutcome.nothing
    try expectations(row: row, in: outcomes, budgets: [budget]) { found = $1 }
    return found
  }

  /// One run on a recorded prompt, the judge's errors drawn.
  func drawn(
    row: Int, in outcomes: RecordedOutcomes, with generator: inout some RandomNumberGenerator
  ) throws(RoutingError) -> ExpectedOutcome {
    var run = ExpectedOutcome.nothing
    for (position, model) in models.enumerated() {
      run.add(outcomes.call(row: row, model: model), times: 1)
      run.quality = outcomes.quality(row: row, model: model)
      guard position + 1 < models.count,
        goesOn(
          next: outcomes.cost(row: row, model: models[position + 1]), spent: run.cost,
          budget: budget, in: outcomes.table.costUnit)
      else { break }
      run.cost += judge.overhead.cost(in: outcomes.table.costUnit)
      run.dollars += judge.overhead.dollars
      run.seconds += judge.overhead.seconds
      let score = try outcomes.opinion(of: judge, row: row, model: model).drawn(with: &generator)
      if score >= threshold - Opinion.tolerance { break }
    }
    return run
  }
}

extension Cascade: Codable {
  private enum CodingKeys: String, CodingKey {
    case models, threshold, budget, rule, judge
  }

  /// Reads a cascade; one without a budget has no limit.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let models = try container.decode([Int].self, forKey: .models)
    let threshold = try container.decode(Double.self, forKey: .threshold)
    let budget = try container.decodeIfPresent(Double.self, forKey: .budget) ?? .infinity
    guard !models.isEmpty, !threshold.isNaN, !budget.isNaN else {
      throw DecodingError.dataCorruptedError(
        forKey: .models, in: container,
        debugDescription: "A cascade needs a model, and numbers for threshold and budget.")
    }
    self.init(
      models: models, threshold: threshold, budget: budget,
      rule: try container.decode(BudgetRule.self, forKey: .rule),
      judge: try container.decode(Judge.self, forKey: .judge))
  }

  /// Writes a cascade; no budget where there is no limit, since JSON has no infinity.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(models, forKey: .models)
    try container.encode(threshold, forKey: .threshold)
    if budget != .infinity { try container.encode(budget, forKey: .budget) }
    try container.encode(rule, forKey: .rule)
    try container.encode(judge, forKey: .judge)
  }
}
