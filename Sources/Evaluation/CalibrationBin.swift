import Matrices
import Outcomes
import Routing

/// Predicted qualities that lie close together, and the qualities that were recorded.
///
/// A router whose predictions can be taken at their word has `predicted` and `recorded` equal in every
/// bin. All models' predictions count, not those of chosen models alone: choosing the greatest of noisy
/// predictions makes any router look too hopeful.
public struct CalibrationBin: Sendable, Hashable, Codable {
  /// How many predictions lie here: one a test prompt and model.
  public let count: Int
  /// Their mean.
  public let predicted: Double
  /// The mean recorded quality.
  public let recorded: Double

  /// Makes a bin.
  public init(count: Int, predicted: Double, recorded: Double) {
    self.count = count
    self.predicted = predicted
    self.recorded = recorded
  }

  /// How many bins divide [0, 1].
  static let bins = 10

  /// The bins of a router's predictions that are not empty, from the lowest; predictions beyond [0, 1]
  /// belong to the outermost.
  static func bins(of estimates: Estimates, on table: OutcomeTable) -> [CalibrationBin] {
    var counts = [Int](repeating: 0, count: bins)
    var predicted = [ExactSum](repeating: ExactSum(), count: bins)
    var recorded = predicted
    for row in 0..<table.count {
      for model in table.models.indices {
        let value = estimates.quality[row, model]
        let bin = max(0, min(bins - 1, Int((min(max(value, 0), 1) * Double(bins)).rounded(.down))))
        counts[bin] += 1
        predicted[bin].add(value)
        recorded[bin].add(table.quality[row, model])
      }
    }
    return (0..<bins).filter { counts[$0] > 0 }.map {
      CalibrationBin(
        count: counts[$0], predicted: predicted[$0].value / Double(counts[$0]),
        recorded: recorded[$0].value / Double(counts[$0]))
    }
  }
}
