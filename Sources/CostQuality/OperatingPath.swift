/// Operating points joined in a given order: what a user can have by mixing neighbours.
///
/// Its value at a cost is the best of the segments that cover the cost. Unlike a hull it keeps every
/// point it is given, so choosing the points elsewhere (on training data) and measuring them here
/// carries no luck. It may run backwards in cost, and need not be concave.
public struct OperatingPath: Sendable, Hashable, Codable {
  /// The points in order; the path goes on flat to the right of the last.
  public let points: [Point]

  /// Joins the points in their order, starting from the null router (0, 0).
  ///
  /// - Throws: When there are no points, or one is not finite.
  public init(joining points: [Point]) throws(CostQualityError) {
    for point in points where !(point.cost.isFinite && point.quality.isFinite) {
      throw .notFinite(point)
    }
    guard !points.isEmpty else { throw .noPoints }
    self.init(joining: points, startsAtNull: true)
  }

  init(joining points: [Point], startsAtNull: Bool) {
    self.points = startsAtNull ? [.null] + points : points
  }

  /// The best quality at a cost, in dollars per prompt; 0 where nothing covers the cost.
  ///
  /// - Complexity: O(*n*) in the points.
  public func quality(atCost cost: Double) -> Double {
    var best = 0.0
    for piece in pieces where piece.left.cost <= cost && cost <= piece.right.cost {
      best = max(best, piece.quality(at: cost))
    }
    if let last = points.last, cost >= last.cost { best = max(best, last.quality) }
    return best
  }

  /// The average quality over a range of budgets: the exact integral of the best covering segment.
  ///
  /// - Complexity: O(*n*^2) at worst in the points, which are the few vertices of a training hull.
  public func averageImprovementInQuality(over range: CostRange) -> Double {
    var area = 0.0
    let line = polyline(over: range)
    for (left, right) in zip(line, line.dropFirst()) {
      area += (left.quality + right.quality) / 2 * (right.cost - left.cost)
    }
    return area / range.width
  }

  /// The curve over a range as a drawable line; two points of one cost mark a jump.
  public func polyline(over range: CostRange) -> [Point] {
    var segments = pieces
    if let last = points.last, last.cost < range.upper {
      segments.append(
        Piece(left: last, right: Point(cost: range.upper, quality: last.quality)))
    }
    var costs = [range.lower, range.upper]
    for point in points where point.cost > range.lower && point.cost < range.upper {
      costs.append(point.cost)
    }
    costs.sort()
    var line: [Point] = []
    for (start, end) in zip(costs, costs.dropFirst()) where end > start {
      let active = segments.filter { $0.left.cost <= start && $0.right.cost >= end }
      for point in Self.envelope(of: active, from: start, to: end) where line.last != point {
        line.append(point)
      }
    }
    return line
  }

  /// The upper envelope of pieces that all span [start, end], never below 0.
  private static func envelope(of pieces: [Piece], from start: Double, to end: Double) -> [Point] {
    let ground = Piece(left: Point(cost: start, quality: 0), right: Point(cost: end, quality: 0))
    let lines = (pieces + [ground]).map { piece in
      (from: piece.quality(at: start), to: piece.quality(at: end))
    }
    // In units of the interval, each line is from + (to - from) u for u in [0, 1].
    var current = 0
    for index in lines.indices where lines[index] > lines[current] { current = index }
    var position = 0.0
    var result = [Point(cost: start, quality: lines[current].from)]
    while true {
      let slope = lines[current].to - lines[current].from
      var next: (position: Double, index: Int)?
      for index in lines.indices {
        let other = lines[index].to - lines[index].from
        guard other > slope else { continue }
        let crossing = (lines[current].from - lines[index].from) / (other - slope)
        guard crossing >= position, crossing < 1 else { continue }
        if let found = next {
          let steeper = other > lines[found.index].to - lines[found.index].from
          if crossing > found.position || (crossing == found.position && !steeper) { continue }
        }
        next = (crossing, index)
      }
      guard let crossing = next else { break }
      position = crossing.position
      current = crossing.index
      result.append(
        Point(
          cost: start + position * (end - start),
          quality: lines[current].from + position * (lines[current].to - lines[current].from)))
    }
    result.append(Point(cost: end, quality: lines[current].to))
    return result
  }

  private var pieces: [Piece] {
    zip(points, points.dropFirst()).map { first, second in
      first.cost <= second.cost
        ? Piece(left: first, right: second) : Piece(left: second, right: first)
    }
  }

  private struct Piece {
    let left: Point
    let right: Point

    func quality(at cost: Double) -> Double {
      if right.cost == left.cost { return max(left.quality, right.quality) }
      let share = (cost - left.cost) / (right.cost - left.cost)
      return left.quality + share * (right.quality - left.quality)
    }
  }
}
