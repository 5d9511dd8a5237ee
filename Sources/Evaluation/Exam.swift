public import CostQuality
public import Matrices
public import Outcomes
public import Routing

/// Test prompts with their outcomes, on which routers are examined.
public struct Exam: Sendable {
  /// Complete outcomes of the test prompts.
  public let table: OutcomeTable
  /// One row a prompt.
  public let features: Matrix
  /// The shared range of costs: from the cheapest to the dearest single model.
  public let costRange: CostRange
  /// How hulls go on to the left of their cheapest vertex.
  public var leftExtension = LeftExtension.nullMixture
  /// Which values of willingness to pay to try.
  public var grid = SweepGrid.exact
  /// What a router that looks at prompts takes itself for each of them.
  public var overhead = Overhead.none
  /// The seed of one drawn run a test prompt; nil for exact expectations. Models, Oracle, random and
  /// sweeps over willingness to pay draw nothing.
  public var sampling: UInt64?
  /// The most that a kept operating point takes a training prompt on average.
  ///
  /// It holds for `deployable` and Zero chosen on training prompts; `testHull` is of points that keep it on the
  /// test prompts, or of the nearest where none does.
  public var ceiling = Ceiling.none

  /// Sets an exam.
  ///
  /// - Throws: When the models do not differ in mean cost.
  /// - Precondition: One feature row a prompt, and no missing cell.
  public init(_ table: OutcomeTable, features: Matrix) throws(CostQualityError) {
    precondition(features.rows == table.count, "An exam needs one row of features a prompt.")
    self.table = table
    self.features = features
    costRange = try CostRange(spanning: Self.points(of: table))
  }

  /// Whether an exam on these rows is possible: whether models differ in mean cost there.
  public static func canBeSet(on table: OutcomeTable, rows: [Int]) -> Bool {
    (try? CostRange(spanning: points(of: table.selecting(rows: rows)))) != nil
  }

  /// The single models' points, in the models' order.
  public var modelPoints: [Point] { Self.points(of: table) }

  private static func points(of table: OutcomeTable) -> [Point] {
    zip(table.cost.columnMeans(), table.quality.columnMeans()).map {
      Point(cost: $0, quality: $1)
    }
  }

  /// The single models as stops without a parameter.
  static func stops(of table: OutcomeTable) -> [SweptPoint] {
    let dollars = table.completeDollars?.columnMeans()
    let seconds = table.completeLatency?.columnMeans()
    return points(of: table).enumerated().map { model, point in
      SweptPoint(
        parameter: nil, point: point, dollars: dollars?[model], seconds: seconds?[model])
    }
  }

  /// Fits a router and measures both of its curves.
  ///
  /// `testHull` is the paper's: the hull of the points on these test prompts. `deployable` keeps the
  /// operating points that lie on the hull over the training prompts, each predicted without itself,
  /// and measures only those here.
  ///
  /// - Parameter folds: For routers that must be fitted again to leave a prompt out.
  /// - Source: arXiv:2403.12031, section 3; the deployable curve is ours.
  public func examine(
    _ recipe: some Router, taughtBy lessons: Lessons, folds: Int = 5
  ) throws -> SystemResult {
    try examine(
      Rehearsal(
        recipe, taughtBy: lessons, grid: grid, overhead: overhead, within: ceiling,
        folds: folds))
  }

  /// Measures both curves of a router that has learned.
  public func examine(_ rehearsal: Rehearsal<some Router>) throws -> SystemResult {
    try sit(rehearsal).result
  }

  /// Zero: the single models' hull on the test prompts, beside the one chosen on training prompts.
  public func examineZero(taughtBy lessons: Lessons) throws -> SystemResult {
    try sitZero(taughtBy: lessons).result
  }

  func sit(_ rehearsal: Rehearsal<some Router>) throws -> Examination {
    let overhead = rehearsal.overhead
    let replay = Replay(table, overhead: overhead, sampling: sampling)
    let parameters = rehearsal.kept.compactMap(\.parameter)
    let estimates = try (rehearsal.fitted as? any EstimatingRouter)?.estimates(for: features)
    let plans = try parameters.map { parameter in
      try estimates?.plans(at: WillingnessToPay(dollars: parameter.value))
        ?? rehearsal.fitted.plans(for: features, at: parameter.value)
    }
    for each in plans { try replay.check(each) }
    let kept = zip(rehearsal.kept, plans).map { stop, plans in
      var kept = KeptPoint(stop, test: replay.outcome(of: plans))
      kept.calls = replay.calls(of: plans)
      kept.meaning = kept.parameter.flatMap { rehearsal.fitted.meaning(of: $0.value) }
      return kept
    }
    let stops: [SweptPoint]
    let swept: Examination.Swept
    if let estimates {
      let sweep = Sweep(estimates, on: table, grid: grid, overhead: overhead)
      stops = sweep.stops
      swept = .sweep(sweep.trace)
    } else {
      let settings = rehearsal.fitted.settings
      let plans = try settings.map { try rehearsal.fitted.plans(for: features, at: $0) }
      for each in plans { try replay.check(each) }
      stops = zip(settings, plans).map {
        SweptPoint(parameter: Parameter($0), replay.outcome(of: $1))
      }
      swept = .points(PromptOutcomes(of: plans, on: replay))
    }
    let places = ceiling.hullPlaces(of: stops)
    var found = try result(rehearsal.recipe.name, swept: stops, places, kept: kept)
    found.needsRecordedQuality = plans.contains { $0.contains(where: \.needsRecordedQuality) }
    found.calibration = estimates.map { CalibrationBin.bins(of: $0, on: table) }
    return Examination(
      result: found,
      kept: PromptOutcomes(of: plans, on: replay), swept: swept,
      hullPlaces: places,
      plans: zip(parameters, plans).sorted { $0.0 < $1.0 }.map { ($0, $1) },
      estimates: estimates, overhead: overhead)
  }

  /// Zero, of models that keep the bounds, if there are any.
  func sitZero(taughtBy lessons: Lessons) throws -> Examination {
    let here = Self.stops(of: table)
    let there = Self.stops(of: lessons.table)
    let allowed = try ceiling.requiredKeepers(of: there, router: "zero")
    let models = try SweptPoint.onHull(allowed).compactMap { there.firstIndex(of: $0) }
    let kept = models.map { model in
      var kept = KeptPoint(
        parameter: nil, model: table.models[model].name, training: there[model].point,
        test: here[model].point, trainingDollars: there[model].dollars,
        testDollars: here[model].dollars, trainingSeconds: there[model].seconds,
        testSeconds: here[model].seconds)
      kept.calls = table.models.indices.map { $0 == model ? Double(table.count) : 0 }
      return kept
    }
    let places = ceiling.hullPlaces(of: here)
    return Examination(
      result: try result("zero", swept: here, places, kept: kept),
      kept: PromptOutcomes(models: models, of: table),
      swept: .points(PromptOutcomes(models: Array(table.models.indices), of: table)),
      hullPlaces: places, plans: [],
      estimates: nil, overhead: .none)
  }

  /// The points of a router that has settings of its own, one a setting.
  ///
  /// - Throws: When the outcomes lack what the plans' judges judge by.
  static func stops(
    of router: some FittedRouter, _ features: Matrix, _ table: OutcomeTable,
    overhead: Overhead
  ) throws -> [SweptPoint] {
    let replay = Replay(table, overhead: overhead)
    return try router.settings.map { setting in
      let plans = try router.plans(for: features, at: setting)
      try replay.check(plans)
      return SweptPoint(parameter: Parameter(setting), replay.outcome(of: plans))
    }
  }

  private func result(
    _ name: String, swept: [SweptPoint], _ hullPlaces: [Int], kept: [KeptPoint]
  ) throws -> SystemResult {
    try SystemResult(
      name: name, swept: swept, hullPlaces: hullPlaces, kept: kept, range: costRange,
      extendedLeft: leftExtension)
  }
}
