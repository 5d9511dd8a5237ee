import CostQuality
import Matrices
import Outcomes
import Routing

/// What each of several points costs and achieves on every test prompt.
struct PromptOutcomes: Sendable {
  /// Expected dollars, prompts x points.
  let cost: Grid
  /// Expected quality, prompts x points.
  let quality: Grid
  /// Expected seconds, prompts x points; nil where latencies were not recorded for every answer.
  let seconds: Grid?

  /// The single models of some columns.
  init(models columns: [Int], of table: OutcomeTable) {
    cost = table.cost.selecting(columns: columns)
    quality = table.quality.selecting(columns: columns)
    seconds = table.completeLatency?.selecting(columns: columns)
  }

  /// Plans replayed; one array of plans a point.
  init(of points: [[Plan]], on replay: Replay) {
    let rows = points.first?.count ?? replay.count
    var cost = Grid(rows: rows, columns: points.count, repeating: 0)
    var quality = Grid(rows: rows, columns: points.count, repeating: 0)
    var seconds = Grid(rows: rows, columns: points.count, repeating: 0)
    for (column, plans) in points.enumerated() {
      for (row, plan) in plans.enumerated() {
        let expected = replay.outcome(of: plan, row: row)
        cost[row, column] = expected.cost
        quality[row, column] = expected.quality
        seconds[row, column] = expected.seconds
      }
    }
    self.cost = cost
    self.quality = quality
    self.seconds = replay.hasSeconds ? seconds : nil
  }

  private init(cost: Grid, quality: Grid, seconds: Grid?) {
    self.cost = cost
    self.quality = quality
    self.seconds = seconds
  }

  /// These points and then others, on the same prompts.
  func joined(with other: PromptOutcomes) -> PromptOutcomes {
    func join(_ left: Grid, _ right: Grid) -> Grid {
      Grid(
        rows: left.rows, columns: left.columns + right.columns,
        values: (0..<left.rows).flatMap { Array(left[row: $0]) + Array(right[row: $0]) })
    }
    return PromptOutcomes(
      cost: join(cost, other.cost), quality: join(quality, other.quality),
      seconds: seconds.flatMap { own in other.seconds.map { join(own, $0) } })
  }

  /// The points in each of several draws.
  func points(in draws: PromptDraws) -> [[Point]] {
    let (costs, qualities) = (draws.means(of: cost), draws.means(of: quality))
    return (0..<draws.count).map { draw in
      zip(costs[row: draw], qualities[row: draw]).map { Point(cost: $0, quality: $1) }
    }
  }

  /// The points' seconds in each of several draws; NaN where they are unknown.
  func seconds(in draws: PromptDraws) -> Grid {
    guard let seconds else { return Grid(rows: draws.count, columns: cost.columns) }
    return draws.means(of: seconds)
  }
}
