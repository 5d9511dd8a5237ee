import Outcomes

extension Plan {
  /// Adds how often each model is expected to be called on one recorded prompt.
  ///
  /// A draw counts each of its plans by its probability, a cascade each model by the probability that it
  /// is reached. Where every prompt goes to one model these are shares of traffic.
  ///
  /// - Parameters:
  ///   - row: The prompt's row.
  ///   - outcomes: What was recorded.
  ///   - probability: That of the plan itself.
  ///   - counts: One count a model, added to.
  /// - Throws: When the outcomes lack what a judge judges by.
  public func addCalls(
    row: Int, in outcomes: RecordedOutcomes, times probability: Double = 1,
    to counts: inout [Double]
  ) throws(RoutingError) {
    switch self {
    case .none: break
    case .call(let model): counts[model] += probability
    case .mix(let shares):
      for share in shares {
        try share.plan.addCalls(
          row: row, in: outcomes, times: probability * share.probability, to: &counts)
      }
    case .cascade(let cascade):
      try cascade.addCalls(row: row, in: outcomes, times: probability, to: &counts)
    case .rerank(let rerank): for model in rerank.models { counts[model] += probability }
    }
  }
}

extension Cascade {
  /// Adds the probability that each model is reached; the walk of `expectations` for one budget.
  func addCalls(
    row: Int, in outcomes: RecordedOutcomes, times probability: Double, to counts: inout [Double]
  ) throws(RoutingError) {
    let unit = outcomes.table.costUnit
    var reach = probability
    var spent = 0.0
    for (position, model) in models.enumerated() {
      counts[model] += reach
      spent += outcomes.cost(row: row, model: model)
      guard position + 1 < models.count,
        goesOn(
          next: outcomes.cost(row: row, model: models[position + 1]), spent: spent, budget: budget,
          in: unit)
      else { return }
      let opinion = try outcomes.opinion(of: judge, row: row, model: model)
      spent += judge.overhead.cost(in: unit)
      reach *= 1 - opinion.acceptance(threshold: threshold)
      if reach <= 0 { return }
    }
  }
}
