import CostQuality
import Matrices
import Outcomes

/// A sweep as what every prompt does at its start, and each change on the way.
///
/// From it the sweep's points follow for any weights of the prompts in one pass: weighted prefix sums
/// over the breakpoints.
struct SweepTrace: Sendable {
  /// One prompt goes to another model.
  struct Change: Sendable {
    let row: Int32
    let cost: Double
    let quality: Double
  }

  /// What the router itself adds to every prompt's cost.
  let overhead: Double
  /// What each prompt costs and achieves at the first stop.
  var startCost: [Double] = []
  var startQuality: [Double] = []
  /// All changes, in order of the stops.
  var changes: [Change] = []
  /// For each stop, how many changes come before it.
  var changesBefore: [Int] = []

  init(overhead: Double) { self.overhead = overhead }

  /// Takes in a prompt's first model; prompts come in order.
  mutating func start(row: Int, model: Int, in table: OutcomeTable) {
    startCost.append(table.cost[row, model] + overhead)
    startQuality.append(table.quality[row, model])
  }

  mutating func change(row: Int, from: Int, to: Int, in table: OutcomeTable) {
    changes.append(
      Change(
        row: Int32(row), cost: table.cost[row, to] - table.cost[row, from],
        quality: table.quality[row, to] - table.quality[row, from]))
  }

  mutating func stop() { changesBefore.append(changes.count) }

  /// The points of all stops under weights.
  ///
  /// - Parameters:
  ///   - weights: One a prompt.
  ///   - total: Their sum, above 0.
  func points(weights: UnsafeBufferPointer<Double>, total: Double) -> [Point] {
    var cost = 0.0
    var quality = 0.0
    for row in startCost.indices {
      cost += weights[row] * startCost[row]
      quality += weights[row] * startQuality[row]
    }
    var points: [Point] = []
    points.reserveCapacity(changesBefore.count)
    var index = 0
    for before in changesBefore {
      while index < before {
        let change = changes[index]
        let weight = weights[Int(change.row)]
        cost += weight * change.cost
        quality += weight * change.quality
        index += 1
      }
      points.append(Point(cost: cost / total, quality: quality / total))
    }
    return points
  }
}
