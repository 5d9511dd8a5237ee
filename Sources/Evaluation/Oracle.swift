public import CostQuality
import Matrices
public import Outcomes

/// The best possible router: per prompt the best quality, then the cheapest model.
///
/// It needs the answers, so it is no router but a reference curve that the exam draws itself.
public struct Oracle: Sendable {
  /// The model chosen for each prompt.
  public let choices: [Int]
  /// Its point; a prompt that nobody solves goes to the cheapest model there and pays for it.
  public let point: Point
  /// Its point when prompts that nobody solves cost nothing, as in the original code.
  public let pointFreeWhenUnsolved: Point

  /// Consults complete outcomes.
  ///
  /// - Source: arXiv:2403.12031, section 4.4; the original code charges $0 for unsolved prompts.
  public init(_ table: OutcomeTable) {
    var choices: [Int] = []
    var cost = ExactSum()
    var paid = ExactSum()
    var quality = ExactSum()
    for row in 0..<table.count {
      var best = 0
      for model in table.models.indices {
        let (q, c) = (table.quality[row, model], table.cost[row, model])
        if (q, -c) > (table.quality[row, best], -table.cost[row, best]) { best = model }
      }
      choices.append(best)
      cost.add(table.cost[row, best])
      if table.quality[row, best] > 0 { paid.add(table.cost[row, best]) }
      quality.add(table.quality[row, best])
    }
    let count = Double(max(1, table.count))
    self.choices = choices
    point = Point(cost: cost.value / count, quality: quality.value / count)
    pointFreeWhenUnsolved = Point(cost: paid.value / count, quality: quality.value / count)
  }
}
