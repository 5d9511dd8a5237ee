import Foundation

/// Chances of right answers on the scale of log odds.
enum Calibration {
  /// The offset that, added to every logit, makes the mean probability `mean`.
  static func offset(for mean: Double, _ logits: [Double]) -> Double {
    var low = -60.0
    var high = 60.0
    for _ in 0..<50 {
      let middle = (low + high) / 2
      let reached = logits.reduce(0) { $0 + logistic($1 + middle) } / Double(logits.count)
      if reached < mean { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  static func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}
