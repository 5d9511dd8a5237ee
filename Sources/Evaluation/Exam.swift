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

  /// The single models' points, in the models' order.
  public var modelPoints: [Point] { Self.points(of: table) }

  private static func points(of table: OutcomeTable) -> [Point] {
    zip(table.cost.columnMeans(), table.quality.columnMeans()).map {
      Point(cost: $0, quality: $1)
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
    try examineWithDecisions(recipe, taughtBy: lessons, folds: folds).result
  }

  func examineWithDecisions<Recipe: Router>(
    _ recipe: Recipe, taughtBy lessons: Lessons, folds: Int = 5
  ) throws -> (result: SystemResult, fitted: Recipe.Fitted, estimates: Estimates?) {
    let fitted = try recipe.fit(lessons)
    if let router = fitted as? any EstimatingRouter {
      let estimates = try router.estimates(for: features)
      let swept = Sweep(estimates, on: table, grid: grid).stops
      let training = try OutOfSample.estimates(recipe, lessons, folds: folds)
      let stops = Sweep(training, on: lessons.table, grid: grid).stops
      let replay = Replay(table)
      let kept = try Self.hullStops(stops).map { stop in
        KeptPoint(
          parameter: stop.parameter, model: nil, training: stop.point,
          test: replay.point(
            of: estimates.plans(
              at: WillingnessToPay(dollars: stop.parameter?.value ?? 0))))
      }
      return (try result(recipe.name, swept: swept, kept: kept), fitted, estimates)
    }
    let here = try Self.stops(of: fitted, features, table)
    let there = try Self.stops(of: fitted, lessons.features, lessons.table)
    let kept = try Self.hullStops(there).compactMap { stop -> KeptPoint? in
      guard let test = here.first(where: { $0.parameter == stop.parameter }) else { return nil }
      return KeptPoint(
        parameter: stop.parameter, model: nil, training: stop.point, test: test.point)
    }
    return (try result(recipe.name, swept: here, kept: kept), fitted, nil)
  }

  /// Zero: the single models' hull on the test prompts, beside the one chosen on training prompts.
  public func examineZero(taughtBy lessons: Lessons) throws -> SystemResult {
    let here = modelPoints
    let there = Self.points(of: lessons.table)
    let hull = try NonDecreasingHull(of: there)
    let kept = hull.vertices.compactMap { vertex -> KeptPoint? in
      guard let model = there.firstIndex(of: vertex) else { return nil }
      return KeptPoint(
        parameter: nil, model: table.models[model].name, training: vertex, test: here[model])
    }
    return try result(
      "zero", swept: here.map { SweptPoint(parameter: nil, point: $0) }, kept: kept)
  }

  private func result(
    _ name: String, swept: [SweptPoint], kept: [KeptPoint]
  ) throws -> SystemResult {
    try SystemResult(
      name: name, swept: swept, kept: kept, range: costRange, extendedLeft: leftExtension)
  }

  /// The stops whose points are the vertices of their hull, in its order.
  static func hullStops(_ stops: [SweptPoint]) throws -> [SweptPoint] {
    var first: [Point: SweptPoint] = [:]
    for stop in stops where first[stop.point] == nil { first[stop.point] = stop }
    return try NonDecreasingHull(of: stops.map(\.point)).vertices.compactMap { first[$0] }
  }

  private static func stops(
    of router: some FittedRouter, _ features: Matrix, _ table: OutcomeTable
  ) throws -> [SweptPoint] {
    let replay = Replay(table)
    return try router.settings.map { setting in
      SweptPoint(
        parameter: Parameter(setting),
        point: replay.point(of: try router.plans(for: features, at: setting)))
    }
  }
}
