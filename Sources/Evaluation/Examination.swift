import CostQuality
import Routing

/// What one system did on every test prompt: its result, and all that resampling prompts needs.
struct Examination: Sendable {
  let result: SystemResult
  /// Outcomes at the kept operating points, in `result.kept`'s order.
  let kept: PromptOutcomes
  let swept: Swept
  /// The places of the swept points whose hull is the test hull.
  let hullPlaces: [Int]
  /// The plans at the kept operating points in order of the parameter, one array of plans a point.
  let plans: [(parameter: Parameter?, plans: [Plan])]
  /// What the router expected; nil for one that does not estimate.
  let estimates: Estimates?
  /// What the router takes itself for each prompt; the outcomes include it.
  let overhead: Overhead

  /// The same under another name.
  func named(_ name: String) -> Examination {
    Examination(
      result: result.named(name), kept: kept, swept: swept, hullPlaces: hullPlaces, plans: plans,
      estimates: estimates,
      overhead: overhead)
  }

  /// The points whose hull is the test hull, in each of several draws.
  func hullPoints(in draws: PromptDraws) -> [[Point]] {
    let points = swept.points(in: draws)
    if hullPlaces.count == result.swept.count { return points }
    return points.map { points in hullPlaces.map { points[$0] } }
  }

  /// What every swept point is on any weights of the prompts.
  enum Swept: Sendable {
    /// A sweep over willingness to pay.
    case sweep(SweepTrace)
    /// A few points.
    case points(PromptOutcomes)

    /// The points in each of several draws.
    func points(in draws: PromptDraws) -> [[Point]] {
      switch self {
      case .sweep(let trace):
        (0..<draws.count).map { draw in
          draws.withDraw(draw) { trace.points(weights: $0, total: $1) }
        }
      case .points(let outcomes): outcomes.points(in: draws)
      }
    }
  }
}
