/// The points that no other of a set dominates: none is at most as dear and at least as good.
public struct ParetoFrontier: Sendable, Hashable {
  /// The points from the cheapest to the best, each dearer and better than the one before.
  public let points: [Point]

  /// Finds the frontier of a set.
  ///
  /// - Complexity: O(*n* log *n*).
  public init(of points: [Point]) {
    var frontier: [Point] = []
    for point in points.sorted(by: { ($0.cost, -$0.quality) < ($1.cost, -$1.quality) })
    where frontier.last.map({ point.quality > $0.quality }) ?? true {
      frontier.append(point)
    }
    self.points = frontier
  }

  /// How far a point lies from the nearest point of the frontier; nil when the frontier is empty.
  ///
  /// - Parameters:
  ///   - cost: What counts as 1 on the axis of cost, above 0.
  ///   - quality: What counts as 1 on the axis of quality, above 0.
  /// - Source: Pareto distance after LLMRouterBench, arXiv:2601.07206; the units are ours.
  public func distance(from point: Point, cost: Double, quality: Double) -> Double? {
    precondition(cost > 0 && quality > 0, "A distance needs units above 0.")
    return points.map { other in
      let (run, rise) = (
        (other.cost - point.cost) / cost, (other.quality - point.quality) / quality
      )
      return (run * run + rise * rise).squareRoot()
    }.min()
  }
}
