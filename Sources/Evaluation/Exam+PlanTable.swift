import CostQuality
import Matrices
import Outcomes
public import Routing

extension Exam {
  /// Measures both curves of a router that lives elsewhere; it pays the exam's overhead.
  ///
  /// With plans for the training prompts, `deployable` keeps the parameters on their hull. Without,
  /// nothing can be chosen, and it follows every parameter in order: those given, or, for estimates,
  /// the values of willingness to pay of a fixed grid.
  public func examine(
    _ answer: PlanAnswer, named name: String, taughtBy lessons: Lessons
  ) throws -> SystemResult {
    try sit(answer, named: name, taughtBy: lessons).result
  }

  func sit(
    _ answer: PlanAnswer, named name: String, taughtBy lessons: Lessons
  ) throws -> Examination {
    precondition(
      answer.test.sampleIDs == table.sampleIDs
        && (answer.training?.sampleIDs ?? lessons.table.sampleIDs) == lessons.table.sampleIDs,
      "A plan table must hold the prompts that were asked for, in their order.")
    let replay = Replay(table, overhead: overhead, sampling: sampling)
    let swept: [SweptPoint]
    let form: Examination.Swept
    switch answer.test.content {
    case .estimates(let estimates):
      let sweep = Sweep(estimates, on: table, grid: grid, overhead: overhead)
      swept = sweep.stops
      form = .sweep(sweep.trace)
    case .stops(let stops):
      swept = Self.points(of: stops, on: replay)
      form = .points(PromptOutcomes(of: stops.map(\.plans), on: replay))
    }
    let kept = try keptStops(answer, named: name, swept: swept, lessons)
    let plans = kept.map { answer.test.plans(at: $0.parameter) }
    let places = ceiling.hullPlaces(of: swept)
    var result = try SystemResult(
      name: name, swept: swept, hullPlaces: places,
      kept: zip(kept, plans).map { stop, plans in
        let test = replay.outcome(of: plans)
        var kept = KeptPoint(
          parameter: stop.parameter, model: nil, training: stop.training?.point, test: test.point,
          trainingDollars: stop.training?.dollars, testDollars: test.knownDollars,
          trainingSeconds: stop.training?.seconds, testSeconds: test.knownSeconds)
        kept.calls = replay.calls(of: plans)
        return kept
      }, range: costRange, extendedLeft: leftExtension)
    var estimates: Estimates?
    if case .estimates(let given) = answer.test.content { estimates = given }
    result.needsRecordedQuality = plans.contains { $0.contains(where: \.needsRecordedQuality) }
    result.calibration = estimates.map { CalibrationBin.bins(of: $0, on: table) }
    return Examination(
      result: result, kept: PromptOutcomes(of: plans, on: replay), swept: form,
      hullPlaces: places,
      // Order of the parameter, not of the curve, so that runs of one model are stretches of it.
      plans: zip(kept.map(\.parameter), plans).map { ($0, $1) }.sorted {
        ($0.parameter?.value ?? 0) < ($1.parameter?.value ?? 0)
      }, estimates: estimates, overhead: overhead)
  }

  /// The parameters of the deployable curve, with their points on the training prompts.
  private func keptStops(
    _ answer: PlanAnswer, named name: String, swept: [SweptPoint], _ lessons: Lessons
  ) throws -> [(parameter: Parameter?, training: SweptPoint?)] {
    guard let training = answer.training else {
      if ceiling.isBound { throw RoutingError.unbounded(router: name) }
      guard case .estimates(let estimates) = answer.test.content else {
        return swept.map { ($0.parameter, nil) }
      }
      let fixed = Sweep(
        estimates, on: table, at: WillingnessToPay.logarithmicGrid() + [.unlimited],
        overhead: overhead
      ).stops
      return fixed.indices.filter { $0 == 0 || fixed[$0].point != fixed[$0 - 1].point }
        .map { (fixed[$0].parameter, nil) }
    }
    let stops =
      switch training.content {
      case .estimates(let estimates):
        Sweep(estimates, on: lessons.table, grid: grid, overhead: overhead).stops
      case .stops(let stops):
        Self.points(of: stops, on: Replay(lessons.table, overhead: overhead))
      }
    let allowed = try ceiling.requiredKeepers(of: stops, router: name)
    return try SweptPoint.onHull(allowed).map { ($0.parameter, $0) }
  }

  private static func points(of stops: [PlanTable.Stop], on replay: Replay) -> [SweptPoint] {
    stops.map {
      SweptPoint(parameter: $0.parameter.map { Parameter($0) }, replay.outcome(of: $0.plans))
    }
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
