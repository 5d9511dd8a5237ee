import CostQuality
import Matrices
import Outcomes
public import Routing

extension Exam {
  /// Measures both curves of a router that lives elsewhere.
  ///
  /// With plans for the training prompts, `deployable` keeps the parameters on their hull. Without,
  /// nothing can be chosen, and it follows every parameter in order: those given, or, for estimates,
  /// the values of willingness to pay of a fixed grid.
  public func examine(_ answer: PlanAnswer, named name: String, taughtBy lessons: Lessons) throws
    -> SystemResult
  {
    precondition(
      answer.test.sampleIDs == table.sampleIDs
        && (answer.training?.sampleIDs ?? lessons.table.sampleIDs) == lessons.table.sampleIDs,
      "A plan table must hold the prompts that were asked for, in their order.")
    let swept = stops(
      of: answer.test, on: Replay(table), sweep: { Sweep($0, on: table, grid: grid) })
    let kept: [KeptPoint]
    if let training = answer.training {
      let there = stops(
        of: training, on: Replay(lessons.table),
        sweep: { Sweep($0, on: lessons.table, grid: grid) })
      let replay = Replay(table)
      kept = try Self.hullStops(there).map { stop in
        KeptPoint(
          parameter: stop.parameter, model: nil, training: stop.point,
          test: replay.point(of: answer.test.plans(at: stop.parameter)))
      }
    } else {
      let fixed: [SweptPoint]
      if case .estimates(let estimates) = answer.test.content {
        fixed = Self.withoutRepeats(
          Sweep(estimates, on: table, at: WillingnessToPay.logarithmicGrid() + [.unlimited]).stops)
      } else {
        fixed = swept
      }
      kept = fixed.map {
        KeptPoint(parameter: $0.parameter, model: nil, training: nil, test: $0.point)
      }
    }
    return try SystemResult(
      name: name, swept: swept, kept: kept, range: costRange, extendedLeft: leftExtension)
  }

  private func stops(
    of table: PlanTable, on replay: Replay, sweep: (Estimates) -> Sweep
  ) -> [SweptPoint] {
    switch table.content {
    case .estimates(let estimates): sweep(estimates).stops
    case .stops(let stops):
      stops.map {
        SweptPoint(
          parameter: $0.parameter.map { Parameter($0) }, point: replay.point(of: $0.plans))
      }
    }
  }

  private static func withoutRepeats(_ stops: [SweptPoint]) -> [SweptPoint] {
    stops.enumerated().filter { $0 == 0 || $1.point != stops[$0 - 1].point }.map(\.element)
  }

  /// Where every test prompt goes over the kept parameters, one entry for each run of one model.
  func decisions(
    of answer: PlanAnswer, kept: [Parameter?], task: String, seed: UInt64, system: String
  ) -> [Decision] {
    let columns = kept.map { answer.test.plans(at: $0) }
    var decisions: [Decision] = []
    for row in 0..<table.count {
      var start = 0
      while start < kept.count {
        guard case .call(let model) = columns[start][row] else {
          start += 1
          continue
        }
        var end = start
        while end + 1 < kept.count, columns[end + 1][row] == columns[start][row] { end += 1 }
        var expected: Double?
        if case .estimates(let estimates) = answer.test.content {
          expected = estimates.quality[row, model]
        }
        decisions.append(
          Decision(
            task: task, seed: seed, system: system, sampleID: table.sampleIDs[row],
            from: kept[start], through: kept[end], model: table.models[model].name,
            expectedQuality: expected, quality: table.quality[row, model],
            cost: table.cost[row, model]))
        start = end + 1
      }
    }
    return decisions
  }
}

extension PlanTable {
  /// The plans at one of the table's parameters or, for estimates, at a willingness to pay.
  func plans(at parameter: Parameter?) -> [Plan] {
    switch content {
    case .estimates(let estimates):
      return estimates.plans(at: WillingnessToPay(dollars: parameter?.value ?? 0))
    case .stops(let stops):
      guard let stop = stops.first(where: { $0.parameter == parameter?.value }) else {
        preconditionFailure(
          "The table has no plans at the parameter \(String(describing: parameter)).")
      }
      return stop.plans
    }
  }
}
