import Foundation
import Matrices
import Outcomes
import Routing

/// Fits a logistic curve of quality over confidence for each model, by Newton's method.
///
/// A weak pull towards a flat curve keeps it finite where confidence separates right from wrong.
struct CalibrationTraining {
  var pull = 1.0
  var steps = 50

  /// A calibration from outcomes whose cells all have a confidence, or have none counted.
  func calibration(of table: OutcomeTable) -> ConfidenceCalibration {
    let curves = table.models.indices.map { curve(of: table, model: $0) }
    return ConfidenceCalibration(
      intercepts: curves.map(\.intercept), slopes: curves.map(\.slope))
  }

  private func curve(
    of table: OutcomeTable, model: Int
  ) -> (intercept: Double, slope: Double) {
    let pairs = (0..<table.count).compactMap { row -> (x: Double, y: Double)? in
      guard let x = table.confidence?[row, model], x.isFinite else { return nil }
      return (x, table.quality[row, model])
    }
    guard !pairs.isEmpty else { return (0, 0) }
    let count = Double(pairs.count)
    let mean = pairs.reduce(0) { $0 + $1.x } / count
    let deviation = (pairs.reduce(0) { $0 + ($1.x - mean) * ($1.x - mean) } / count).squareRoot()
    let scale = deviation > 0 ? deviation : 1
    var (intercept, slope) = (0.0, 0.0)
    for _ in 0..<steps {
      // The gradient and the matrix of second derivatives of the loss, the pull included.
      var (g0, g1) = (pull * 1e-3 * intercept, pull * slope)
      var (h00, h01, h11) = (pull * 1e-3, 0.0, pull)
      for pair in pairs {
        let x = (pair.x - mean) / scale
        let p = 1 / (1 + exp(-(intercept + slope * x)))
        let weight = p * (1 - p)
        g0 += p - pair.y
        g1 += (p - pair.y) * x
        h00 += weight
        h01 += weight * x
        h11 += weight * x * x
      }
      let determinant = h00 * h11 - h01 * h01
      guard determinant > 0 else { break }
      // Steps of at most 2 keep Newton's method from overshooting on flat parts.
      let d0 = max(-2, min(2, (h11 * g0 - h01 * g1) / determinant))
      let d1 = max(-2, min(2, (h00 * g1 - h01 * g0) / determinant))
      intercept -= d0
      slope -= d1
      if abs(d0) + abs(d1) < 1e-12 { break }
    }
    return (intercept - slope * mean / scale, slope / scale)
  }
}
