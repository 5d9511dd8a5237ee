import Matrices
import Outcomes
import Routing

/// The plain twin: every combination of the judge's errors, followed one by one.
enum Brute {
  /// The scores of one combination, its probability, and what the plan then does.
  static func expectation(
    _ models: [Int], error: Double, row: Int, table: OutcomeTable,
    _ follow: (_ scores: [Double]) -> (cost: Double, quality: Double)
  ) -> (cost: Double, quality: Double) {
    var total = (cost: 0.0, quality: 0.0)
    for flips in 0..<(1 << models.count) {
      var probability = 1.0
      let scores = models.indices.map { position -> Double in
        let flipped = flips >> position & 1 == 1
        probability *= flipped ? error : 1 - error
        let quality = table.quality[row, models[position]]
        return flipped ? 1 - quality : quality
      }
      let found = follow(scores)
      total.cost += probability * found.cost
      total.quality += probability * found.quality
    }
    return total
  }

  static func cascade(_ cascade: Cascade, error: Double, row: Int, table: OutcomeTable)
    -> (cost: Double, quality: Double)
  {
    expectation(cascade.models, error: error, row: row, table: table) { scores in
      var spent = 0.0
      for (position, model) in cascade.models.enumerated() {
        spent += table.cost[row, model]
        let quality = table.quality[row, model]
        if position + 1 == cascade.models.count { return (spent, quality) }
        // Accept before budget.
        if scores[position] >= cascade.threshold - 1e-12 { return (spent, quality) }
        let next = table.cost[row, cascade.models[position + 1]]
        switch cascade.rule {
        case .paper: if spent >= cascade.budget { return (spent, quality) }
        case .reference: if next >= cascade.budget - spent { return (spent, quality) }
        }
      }
      return (spent, 0)
    }
  }

  static func rerank(_ rerank: Rerank, error: Double, row: Int, table: OutcomeTable)
    -> (cost: Double, quality: Double)
  {
    expectation(rerank.models, error: error, row: row, table: table) { scores in
      let best = scores.max() ?? 0
      let winner = scores.firstIndex { $0 >= best - 1e-12 } ?? 0
      return (
        rerank.models.reduce(0) { $0 + table.cost[row, $1] },
        table.quality[row, rerank.models[winner]]
      )
    }
  }
}
