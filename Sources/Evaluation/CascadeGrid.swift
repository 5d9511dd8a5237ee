public import CostQuality
import Matrices
public import Outcomes
public import Parallelism
public import Routing

/// The exact points of a cascade under every judge error and budget of a grid, in one pass.
///
/// It equals the replay of one plan a cell and is far faster: a prompt's calls and budgets are walked
/// once, for eight judge errors side by side.
///
/// - Source: arXiv:2403.12031, section 5.2 and Figures 4 and 5, which sample 8 errors x 11 budgets.
public struct CascadeGrid: Sendable, Hashable {
  /// The errors of the paper's code.
  public static let paperErrors = [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8]

  /// The judge's errors.
  public let errors: [Double]
  /// Dollars a prompt.
  public let budgets: [Double]
  /// One row an error, one point a budget.
  public let points: [[Point]]

  /// Walks complete outcomes.
  ///
  /// - Parameters:
  ///   - models: The models in the order in which they are asked.
  ///   - threshold: The least score that is accepted.
  /// - Precondition: There are prompts and models, errors are probabilities and no budget is NaN.
  /// - Complexity: O(*N* (*M* + budgets) errors / 8).
  public init(
    models: [Int], threshold: Double, errors: [Double] = paperErrors, budgets: [Double],
    rule: BudgetRule = .paper, on table: OutcomeTable, threads: Threads = .machine
  ) {
    precondition(table.count > 0 && !models.isEmpty, "A grid needs prompts and models.")
    precondition(
      errors.allSatisfy { (0...1).contains($0) } && !budgets.contains { $0.isNaN },
      "A grid needs errors from 0 to 1, and budgets that are numbers.")
    let order = budgets.indices.sorted { budgets[$0] < budgets[$1] }
    let walk = CascadeWalk(
      models: models, threshold: threshold - Opinion.tolerance, rule: rule,
      budgets: order.map { budgets[$0] }, quality: table.quality, cost: table.cost)
    var points = [[Point]](
      repeating: [Point](repeating: .null, count: budgets.count), count: errors.count)
    for start in stride(from: 0, to: errors.count, by: 8) {
      var lanes = SIMD8<Double>(repeating: 0)
      let count = min(8, errors.count - start)
      for lane in 0..<count { lanes[lane] = errors[start + lane] }
      let sums = walk.sums(errors: lanes, threads: threads)
      for (position, budget) in order.enumerated() {
        for lane in 0..<count {
          points[start + lane][budget] = Point(
            cost: sums[position].cost[lane] / Double(table.count),
            quality: sums[position].quality[lane] / Double(table.count))
        }
      }
    }
    self.errors = errors
    self.budgets = budgets
    self.points = points
  }
}

/// The walk of all prompts through a cascade, for eight judge errors at once.
private struct CascadeWalk: Sendable {
  let models: [Int]
  /// Already lowered by the tolerance.
  let threshold: Double
  let rule: BudgetRule
  /// Ascending.
  let budgets: [Double]
  let quality: Grid
  let cost: Grid

  /// What one budget has gathered.
  struct Sums: Sendable {
    var cost = SIMD8<Double>(repeating: 0)
    var quality = SIMD8<Double>(repeating: 0)
  }

  /// Prompts that are summed before their sum is added to others: sums stay short, so exact.
  private static let blockRows = 256

  /// Sums over all prompts, the same for any number of threads.
  func sums(errors: SIMD8<Double>, threads: Threads) -> [Sums] {
    let blocks = (quality.rows + Self.blockRows - 1) / Self.blockRows
    let parts = threads.map(count: blocks) { block -> [Sums] in
      var sums = [Sums](repeating: Sums(), count: budgets.count)
      let end = min(quality.rows, (block + 1) * Self.blockRows)
      quality.values.withUnsafeBufferPointer { quality in
        cost.values.withUnsafeBufferPointer { cost in
          sums.withUnsafeMutableBufferPointer { sums in
            for row in (block * Self.blockRows)..<end {
              add(row: row * self.cost.columns, quality, cost, errors, to: sums)
            }
          }
        }
      }
      return sums
    }
    var total = [Sums](repeating: Sums(), count: budgets.count)
    for part in parts {
      for index in total.indices {
        total[index].cost += part[index].cost
        total[index].quality += part[index].quality
      }
    }
    return total
  }

  /// One prompt: `start` is the place of its first cell.
  private func add(
    row start: Int, _ quality: UnsafeBufferPointer<Double>, _ cost: UnsafeBufferPointer<Double>,
    _ errors: SIMD8<Double>, to sums: UnsafeMutableBufferPointer<Sums>
  ) {
    var open = 0
    var reach = SIMD8<Double>(repeating: 1)
    var metCost = SIMD8<Double>(repeating: 0)
    var metQuality = SIMD8<Double>(repeating: 0)
    var spent = 0.0
    for position in models.indices {
      let cell = start + models[position]
      spent += cost[cell]
      metCost += reach * cost[cell]
      let last = position + 1 == models.count
      let next = last ? 0 : cost[start + models[position + 1]]
      var stopped: SIMD8<Double>?
      while open < budgets.count,
        last || !rule.allows(next: next, spent: spent, budget: budgets[open])
      {
        let here = stopped ?? metQuality + reach * quality[cell]
        stopped = here
        sums[open].cost += metCost
        sums[open].quality += here
        open += 1
      }
      if open == budgets.count { return }
      let graded = quality[cell]
      var accepted = SIMD8<Double>(repeating: 0)
      if graded >= threshold { accepted += 1 - errors }
      if 1 - graded >= threshold { accepted += errors }
      metQuality += reach * accepted * graded
      reach *= 1 - accepted
    }
  }
}
