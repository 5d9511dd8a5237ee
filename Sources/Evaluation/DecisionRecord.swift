import Matrices
import Outcomes
import Routing

/// Writes down what a router does with every test prompt, one decision a stretch of parameters.
struct DecisionRecord {
  let task: String
  let seed: UInt64
  let system: String
  let table: OutcomeTable

  /// What is done with a prompt at one parameter.
  private struct Deed: Equatable {
    let model: String
    let expectedQuality: Double?
    let quality: Double
    let cost: Double
  }

  /// The decisions of a predictive router, which calls one model.
  func decisions(by estimates: Estimates, at kept: [Parameter]) -> [Decision] {
    (0..<table.count).flatMap { row in
      stretches(
        row,
        kept.map { parameter in
          let model = estimates.choice(
            row: row, at: WillingnessToPay(dollars: parameter.value))
          let deed = Deed(
            model: table.models[model].name, expectedQuality: estimates.quality[row, model],
            quality: table.quality[row, model], cost: table.cost[row, model])
          return (parameter, deed)
        })
    }
  }

  /// The decisions of a router with settings, whose plans may be of any kind.
  func decisions(
    by router: some FittedRouter, features: Matrix, at kept: [Parameter]
  ) throws -> [Decision] {
    let plans = try kept.map { try router.plans(for: features, at: $0.value) }
    let replay = Replay(table)
    return (0..<table.count).flatMap { row in
      stretches(
        row,
        zip(kept, plans).map { parameter, plans in
          let expected = replay.expectation(of: plans[row], row: row)
          let deed = Deed(
            model: plans[row].label(table.models), expectedQuality: nil,
            quality: expected.quality, cost: expected.cost)
          return (parameter, deed)
        })
    }
  }

  /// Joins equal neighbours.
  private func stretches(_ row: Int, _ deeds: [(Parameter, Deed)]) -> [Decision] {
    var decisions: [Decision] = []
    var start = 0
    for (index, (parameter, deed)) in deeds.enumerated() {
      if index + 1 < deeds.count, deeds[index + 1].1 == deed { continue }
      decisions.append(
        Decision(
          task: task, seed: seed, system: system, sampleID: table.sampleIDs[row],
          from: deeds[start].0, through: parameter, model: deed.model,
          expectedQuality: deed.expectedQuality, quality: deed.quality, cost: deed.cost))
      start = index + 1
    }
    return decisions
  }
}
