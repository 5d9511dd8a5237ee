public import CostQuality
import Routing

/// One stop of a sweep: a parameter, and the point it gives on the test prompts.
public struct SweptPoint: Sendable, Hashable, Codable {
  /// The value that replays the point; nil for a system without a parameter.
  ///
  /// For a willingness to pay it is dollars per unit of quality, and infinite at the end of an exact
  /// sweep (encoded as the string "unlimited").
  public let parameter: Parameter?
  /// Expected cost and quality on the test prompts; drawn ones in a sampled experiment.
  public let point: Point
  /// Expected dollars per prompt beside another cost; nil where cost counts dollars, or where they were not
  /// recorded for every answer.
  public let dollars: Double?
  /// Expected seconds per prompt; nil where latencies were not recorded for every answer.
  public let seconds: Double?

  /// Makes a stop.
  public init(
    parameter: Parameter?, point: Point, dollars: Double? = nil, seconds: Double? = nil
  ) {
    self.parameter = parameter
    self.point = point
    self.dollars = dollars
    self.seconds = seconds
  }

  init(parameter: Parameter?, _ outcome: ExpectedOutcome) {
    self.init(
      parameter: parameter, point: outcome.point, dollars: outcome.knownDollars,
      seconds: outcome.knownSeconds)
  }
}

extension SweptPoint {
  /// The stops whose points are the vertices of their hull, in its order.
  static func onHull(_ stops: [SweptPoint]) throws -> [SweptPoint] {
    var first: [Point: SweptPoint] = [:]
    for stop in stops where first[stop.point] == nil { first[stop.point] = stop }
    return try NonDecreasingHull(of: stops.map(\.point)).vertices.compactMap { first[$0] }
  }
}

/// An operating point kept for deployment: chosen on training prompts, measured on test prompts.
public struct KeptPoint: Sendable, Hashable, Codable {
  /// What replays the point; nil for a single model.
  public let parameter: Parameter?
  /// The model, when the operating point is a single model.
  public let model: String?
  /// Where the point lay on the training prompts, predicted without themselves; nil for a router
  /// that gave no plans for them, so that nothing was chosen there.
  public let training: Point?
  /// Where it lies on the test prompts.
  public let test: Point
  /// Expected dollars per training prompt beside another cost; nil where cost counts dollars, or where they
  /// were not recorded for every answer.
  public let trainingDollars: Double?
  /// Expected dollars per test prompt; nil as above.
  public let testDollars: Double?
  /// Expected seconds per training prompt; nil where latencies were not recorded for every answer.
  public let trainingSeconds: Double?
  /// Expected seconds per test prompt; nil as above.
  public let testSeconds: Double?
  /// How far the test point may be off; nil when nothing was resampled.
  public var intervals: PointIntervals?
  /// Expected calls of each model over all test prompts, in the models' order; nil in reports that were
  /// made before they were counted.
  public var calls: [Double]?
  /// What the parameter stands for, in a few words; nil where it is a willingness to pay, a model, or the
  /// user's own.
  public var meaning: String?

  /// Makes a kept point.
  public init(
    parameter: Parameter?, model: String?, training: Point?, test: Point,
    trainingDollars: Double? = nil, testDollars: Double? = nil, trainingSeconds: Double? = nil,
    testSeconds: Double? = nil
  ) {
    self.parameter = parameter
    self.model = model
    self.training = training
    self.test = test
    self.trainingDollars = trainingDollars
    self.testDollars = testDollars
    self.trainingSeconds = trainingSeconds
    self.testSeconds = testSeconds
  }

  init(_ stop: SweptPoint, model: String? = nil, test: ExpectedOutcome) {
    self.init(
      parameter: stop.parameter, model: model, training: stop.point, test: test.point,
      trainingDollars: stop.dollars, testDollars: test.knownDollars,
      trainingSeconds: stop.seconds, testSeconds: test.knownSeconds)
  }
}

/// What one system showed on one split of one task.
public struct SystemResult: Sendable, Hashable, Codable {
  /// The system's name with its hyperparameters, such as `knn:40`, or `zero`.
  public private(set) var name: String
  /// Every point of the sweep on the test prompts, in order of the parameter.
  public let swept: [SweptPoint]
  /// The hull of the swept points, of those that keep the bounds if there are any: optimistic, since
  /// it is chosen on the test prompts.
  public let testHull: NonDecreasingHull
  /// The operating points kept on the training prompts, in that hull's order.
  public var kept: [KeptPoint]
  /// The kept points joined: what a user can have.
  public let deployable: OperatingPath
  /// AIQ of `testHull` over the split's range.
  public let testHullAIQ: Double
  /// AIQ of `deployable` over the split's range.
  public let deployableAIQ: Double
  /// AIQ of the test hull as the original code computes it.
  public let referenceAIQ: Double
  /// How predicted and recorded qualities compare; nil for a system that predicts none.
  public var calibration: [CalibrationBin]?
  /// Whether its judge knows the recorded quality, so that it cannot serve; nil in reports that were made
  /// before this was noted.
  public var needsRecordedQuality: Bool?

  /// The same under another name.
  func named(_ name: String) -> SystemResult {
    var copy = self
    copy.name = name
    return copy
  }

  /// Measures a system's curves over a range.
  ///
  /// - Parameter hullPlaces: The places of the swept points whose hull is the test hull; all when nil.
  public init(
    name: String, swept: [SweptPoint], hullPlaces: [Int]? = nil, kept: [KeptPoint],
    range: CostRange,
    extendedLeft side: LeftExtension
  ) throws(CostQualityError) {
    self.name = name
    self.swept = swept
    self.kept = kept
    let points = hullPlaces.map { $0.map { swept[$0].point } } ?? swept.map(\.point)
    testHull = try NonDecreasingHull(of: points)
    deployable = try OperatingPath(joining: kept.map(\.test))
    testHullAIQ = testHull.averageImprovementInQuality(over: range, extendedLeft: side)
    deployableAIQ = deployable.averageImprovementInQuality(over: range)
    referenceAIQ = testHull.referenceAverageImprovementInQuality(
      greatestCost: points.map(\.cost).max() ?? 0)
  }
}
