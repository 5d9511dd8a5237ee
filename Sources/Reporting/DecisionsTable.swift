import Evaluation

/// `decisions.csv`: which model each test prompt went to, over which parameters, and at what price.
enum DecisionsTable {
  /// The columns' names.
  static let header = [
    "task", "seed", "system", "sample_id", "parameter_from", "parameter_through", "model",
    "expected_quality", "quality", "cost",
  ]

  static func write(_ decisions: [Decision], _ emit: (String) throws -> Void) rethrows {
    try emit(CommaSeparated.record(header))
    for decision in decisions {
      try emit(
        CommaSeparated.record([
          decision.task, String(decision.seed), decision.system, decision.sampleID,
          decision.from.map(PointsTable.text) ?? "", decision.through.map(PointsTable.text) ?? "",
          decision.model,
          decision.expectedQuality.map(NumberText.exact) ?? "", NumberText.exact(decision.quality),
          NumberText.exact(decision.cost),
        ]))
    }
  }
}
