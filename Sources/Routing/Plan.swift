public import Matrices

/// What to do with one prompt: the narrow waist between routers and everything that runs them.
///
/// The benchmark replays plans against recorded outcomes; a gateway executes the same plans. Models
/// are named by their index in the models of the lessons that taught the router.
public indirect enum Plan: Sendable, Hashable, Codable {
  /// Do not answer: no cost, no quality.
  case none
  /// Ask one model.
  case call(model: Int)
  /// Draw one of several plans; the shares are probabilities that sum to 1.
  case mix([Share])

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

  /// The exact expected dollars and quality of following the plan on one recorded prompt.
  ///
  /// - Parameters:
  ///   - row: The prompt's row.
  ///   - quality: Recorded quality, prompts x models.
  ///   - cost: Recorded dollars, prompts x models.
  public func expectation(
    row: Int, quality: Grid, cost: Grid
  ) -> (cost: Double, quality: Double) {
    switch self {
    case .none: return (0, 0)
    case .call(let model): return (cost[row, model], quality[row, model])
    case .mix(let shares):
      var expected = (cost: 0.0, quality: 0.0)
      for share in shares {
        let each = share.plan.expectation(row: row, quality: quality, cost: cost)
        expected.cost += share.probability * each.cost
        expected.quality += share.probability * each.quality
      }
      return expected
    }
  }
}
