import Foundation

/// RouterArena's score of one operating point: a weighted harmonic mean of quality and cheapness.
///
/// - Source: arXiv:2510.00202 and its public code (`compute_arena_score`).
public enum ArenaScore {
  /// How much cheapness counts beside quality.
  public static let weight = 0.1
  /// Dollars for 1,000 prompts at which cheapness is 0.
  public static let dearest = 200.0
  /// Dollars for 1,000 prompts at which cheapness is 1.
  public static let cheapest = 0.0044

  /// The score; nil outside the costs that the score is defined for.
  public static func of(_ point: Point) -> Double? {
    let cost = point.cost * 1000
    guard cost >= cheapest, cost <= dearest else { return nil }
    let cheapness = (log2(dearest) - log2(cost)) / (log2(dearest) - log2(cheapest))
    let sum = weight * point.quality + cheapness
    return sum > 0 ? (1 + weight) * point.quality * cheapness / sum : 0
  }
}
