import CostQuality
import Matrices
import Outcomes
import Parallelism
import Routing

/// Tries cascades on the training prompts: their worth is the AIQ of all their operating points.
///
/// The range is that of the single models on the same prompts, and mixtures with the null router count.
struct CascadeTrial: Sendable {
  private let outcomes: RecordedOutcomes
  private let judge: Judge
  private let rule: BudgetRule
  private let budgets: [Double]
  private let range: CostRange?

  /// Prepares outcomes that have what the judge judges by.
  ///
  /// - Parameter budgets: Ascending.
  init(_ lessons: Lessons, judge: Judge, rule: BudgetRule, budgets: [Double]) {
    outcomes = RecordedOutcomes(lessons.table)
    self.judge = judge
    self.rule = rule
    self.budgets = budgets
    let points = zip(lessons.meanCosts, lessons.table.quality.columnMeans()).map {
      Point(cost: $0, quality: $1)
    }
    range = try? CostRange(spanning: points)
  }

  /// The average quality over the range, or where models do not differ in cost, the best quality.
  func worth(_ models: [Int], thresholds: [Double]) -> Double {
    let points = thresholds.flatMap { self.points(models, threshold: $0) }
    guard let range, let hull = try? NonDecreasingHull(of: points) else {
      return points.map(\.quality).max() ?? 0
    }
    return hull.averageImprovementInQuality(over: range)
  }

  /// One point a budget.
  func points(_ models: [Int], threshold: Double) -> [Point] {
    let cascade = Cascade(models: models, threshold: threshold, rule: rule, judge: judge)
    var cost = [Double](repeating: 0, count: budgets.count)
    var quality = [Double](repeating: 0, count: budgets.count)
    for row in 0..<outcomes.table.count {
      do throws(RoutingError) {
        try cascade.expectations(row: row, in: outcomes, budgets: budgets) { index, expected in
          cost[index] += expected.cost
          quality[index] += expected.quality
        }
      } catch {
        preconditionFailure(error.description)
      }
    }
    let count = Double(outcomes.table.count)
    return zip(cost, quality).map { Point(cost: $0 / count, quality: $1 / count) }
  }

  /// The threshold of the greatest worth; among equals the lowest.
  func bestThreshold(_ models: [Int], among candidates: [Double]) -> Double {
    let worths = Threads.machine.map(count: candidates.count) {
      worth(models, thresholds: [candidates[$0]])
    }
    var best = 0
    for index in candidates.indices where worths[index] > worths[best] + Self.gain { best = index }
    return candidates[best]
  }

  /// Improves a sequence by moving, leaving out or adding one model at a time, the best step first.
  func bestOrder(from start: [Int], thresholds: [Double]) -> [Int] {
    var models = start
    var reached = worth(models, thresholds: thresholds)
    while true {
      let steps = Self.steps(from: models, models: outcomes.table.models.count)
      let worths = Threads.machine.map(count: steps.count) {
        worth(steps[$0], thresholds: thresholds)
      }
      var best: Int?
      for index in steps.indices where worths[index] > reached + Self.gain {
        best = index
        reached = worths[index]
      }
      guard let best else { return models }
      models = steps[best]
    }
  }

  /// A gain that is more than rounding.
  private static let gain = 1e-12

  /// The sequences one step away, in a fixed order.
  private static func steps(from models: [Int], models count: Int) -> [[Int]] {
    var found: [[Int]] = []
    for position in models.indices {
      var rest = models
      let model = rest.remove(at: position)
      if !rest.isEmpty { found.append(rest) }
      for place in 0...rest.count where place != position {
        var moved = rest
        moved.insert(model, at: place)
        found.append(moved)
      }
    }
    for model in 0..<count where !models.contains(model) {
      for place in 0...models.count {
        var longer = models
        longer.insert(model, at: place)
        found.append(longer)
      }
    }
    return found
  }
}
