/// What to do with one prompt: the narrow waist between routers and everything that runs them.
///
/// The benchmark replays plans against recorded outcomes; a gateway executes the same plans. Models
/// are named by their index in the models of the lessons that taught the router.
public indirect enum Plan: Sendable, Hashable {
  /// Do not answer: no cost, no quality.
  case none
  /// Ask one model.
  case call(model: Int)
  /// Draw one of several plans; the shares are probabilities that sum to 1.
  case mix([Share])
  /// Ask models one after another until a judge accepts.
  case cascade(Cascade)
  /// Ask all models and return the answer that a judge scores best.
  case rerank(Rerank)

  /// A plan with the probability that it is drawn.
  public struct Share: Sendable, Hashable, Codable {
    /// The probability, in [0, 1].
    public let probability: Double
    /// The plan drawn.
    public let plan: Plan

    /// Makes a share.
    public init(probability: Double, plan: Plan) {
      self.probability = probability
      self.plan = plan
    }
  }

  /// A draw among models by weights, which need not sum to 1.
  ///
  /// - Precondition: Weights are finite and at least 0, and one is positive.
  public static func mixture(weights: [Double]) -> Plan {
    let total = weights.reduce(0, +)
    precondition(
      total > 0 && total.isFinite && weights.allSatisfy { $0 >= 0 },
      "Weights must be at least 0 with a positive sum.")
    return .mix(
      weights.enumerated().filter { $1 > 0 }.map { model, weight in
        Share(probability: weight / total, plan: .call(model: model))
      })
  }

  /// The exact expectation of following the plan on one recorded prompt.
  ///
  /// - Parameters:
  ///   - row: The prompt's row.
  ///   - outcomes: What was recorded.
  /// - Throws: When the outcomes lack what a judge judges by.
  public func expectation(
    row: Int, in outcomes: RecordedOutcomes
  ) throws(RoutingError) -> ExpectedOutcome {
    switch self {
    case .none: return .nothing
    case .call(let model): return outcomes.call(row: row, model: model)
    case .mix(let shares):
      var expected = ExpectedOutcome.nothing
      for share in shares {
        expected.add(
          try share.plan.expectation(row: row, in: outcomes), times: share.probability)
      }
      return expected
    case .cascade(let cascade): return try cascade.expectation(row: row, in: outcomes)
    case .rerank(let rerank): return try rerank.expectation(row: row, in: outcomes)
    }
  }

  /// One run on a recorded prompt: shares and the judges' errors are drawn.
  ///
  /// It exists to check the expectation, and takes its steps as a server would.
  public func drawn(
    row: Int, in outcomes: RecordedOutcomes, with generator: inout some RandomNumberGenerator
  ) throws(RoutingError) -> ExpectedOutcome {
    switch self {
    case .none: return .nothing
    case .call(let model): return outcomes.call(row: row, model: model)
    case .mix(let shares):
      var left = Double(generator.next() >> 11) * 0x1p-53
      for share in shares {
        if left < share.probability {
          return try share.plan.drawn(row: row, in: outcomes, with: &generator)
        }
        left -= share.probability
      }
      // Shares sum to 1 but for rounding.
      return try shares.last?.plan.drawn(row: row, in: outcomes, with: &generator) ?? .nothing
    case .cascade(let cascade):
      return try cascade.drawn(row: row, in: outcomes, with: &generator)
    case .rerank(let rerank): return try rerank.drawn(row: row, in: outcomes, with: &generator)
    }
  }

  /// Whether a judge of it knows the recorded quality, which no server does.
  public var needsRecordedQuality: Bool {
    var needs = false
    forEachJudged { judge, _ in
      if case .quality = judge.source { needs = true }
    }
    return needs
  }

  /// Calls `body` for every model whose answer a judge may be asked about.
  func forEachJudged(_ body: (Judge, Int) -> Void) {
    switch self {
    case .none, .call: break
    case .mix(let shares): for share in shares { share.plan.forEachJudged(body) }
    case .cascade(let cascade):
      for model in cascade.models.dropLast() { body(cascade.judge, model) }
    case .rerank(let rerank):
      if rerank.models.count > 1 { for model in rerank.models { body(rerank.judge, model) } }
    }
  }
}
