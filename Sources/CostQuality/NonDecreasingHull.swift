/// How a hull goes on to the left of its cheapest vertex.
public enum LeftExtension: String, Sendable, Codable, CaseIterable {
  /// Mixtures with the null router (0, 0), which joins the points before the hull is taken.
  case nullMixture
  /// Quality 0 below the cheapest vertex, as the paper's Figure 2 draws it.
  case zero
}

/// The non-decreasing convex hull (NDCH): the best quality that mixtures reach at each cost.
///
/// Its vertices run from the cheapest point to the cheapest point of the greatest quality, strictly
/// rising in both, with falling slopes; collinear points are dropped.
///
/// - Source: arXiv:2403.12031, section 3.2.
public struct NonDecreasingHull: Sendable, Hashable, Codable {
  /// The vertices, from the cheapest to the best.
  public let vertices: [Point]

  /// Takes the hull of points in any order.
  ///
  /// Points of equal cost keep the best. Taking the hull of a hull's vertices changes nothing.
  ///
  /// - Throws: When there are no points, or one is not finite.
  /// - Complexity: O(*n* log *n*); where most points are worse than others, O(*n*).
  public init(of points: [Point]) throws(CostQualityError) {
    for point in points where !(point.cost.isFinite && point.quality.isFinite) {
      throw .notFinite(point)
    }
    let sorted = Self.promising(points).sorted { ($0.cost, -$0.quality) < ($1.cost, -$1.quality) }
    guard !sorted.isEmpty else { throw .noPoints }
    var hull: [Point] = []
    for point in sorted {
      // Cheaper and at least as good: nothing that costs more for no more quality is a vertex.
      if let last = hull.last, point.quality <= last.quality { continue }
      while hull.count >= 2, Self.isAtOrBelow(hull[hull.count - 1], hull[hull.count - 2], point) {
        hull.removeLast()
      }
      hull.append(point)
    }
    vertices = hull
  }

  /// The points but for most that cost more than another and are no better.
  ///
  /// Those are no vertices and would be skipped, so the hull stays the same to the bit; what is left to
  /// sort is little, unless the points already rise.
  private static func promising(_ points: [Point]) -> [Point] {
    let bins = 4096
    guard points.count > 2 * bins else { return points }
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for point in points {
      least = min(least, point.cost)
      greatest = max(greatest, point.cost)
    }
    let scale = Double(bins) / (greatest - least)
    guard scale.isFinite, scale > 0 else { return points }
    // Rounding is monotone: a lower bin means a lower cost.
    func bin(_ point: Point) -> Int { min(bins - 1, Int((point.cost - least) * scale)) }
    var best = [Double](repeating: -.infinity, count: bins + 1)
    for point in points {
      let place = bin(point) + 1
      if point.quality > best[place] { best[place] = point.quality }
    }
    for place in 1...bins { best[place] = max(best[place], best[place - 1]) }
    return points.filter { $0.quality > best[bin($0)] }
  }

  /// Whether `middle` lies at or below the chord, within a few units in the last place.
  private static func isAtOrBelow(_ middle: Point, _ left: Point, _ right: Point) -> Bool {
    let rise = (middle.quality - left.quality) * (right.cost - left.cost)
    let chord = (right.quality - left.quality) * (middle.cost - left.cost)
    return rise <= chord + 8 * Double.ulpOfOne * max(abs(rise), abs(chord))
  }

  /// The hull with the null router among its points.
  public var withNull: NonDecreasingHull {
    guard let joined = try? NonDecreasingHull(of: vertices + [.null]) else { return self }
    return joined
  }

  /// The hull as a path of straight pieces over all costs from 0, flat on the right.
  public func path(extendedLeft extension: LeftExtension = .nullMixture) -> OperatingPath {
    switch `extension` {
    case .nullMixture: OperatingPath(joining: withNull.vertices, startsAtNull: false)
    case .zero: OperatingPath(joining: vertices, startsAtNull: false)
    }
  }

  /// The best quality at a cost, in dollars per prompt; 0 below the hull under `.zero`.
  public func quality(
    atCost cost: Double, extendedLeft extension: LeftExtension = .nullMixture
  ) -> Double {
    path(extendedLeft: `extension`).quality(atCost: cost)
  }

  /// The average quality a system reaches over a range of budgets (AIQ).
  ///
  /// Prefer this over comparing single points: systems rarely spend the same.
  ///
  /// - Returns: A quality; exact trapezoids between the vertices.
  /// - Complexity: O(*n*) in the hull's vertices.
  /// - Source: arXiv:2403.12031, section 3.3; the original code divides by the greatest cost instead.
  public func averageImprovementInQuality(
    over range: CostRange, extendedLeft extension: LeftExtension = .nullMixture
  ) -> Double {
    let points: [Point] =
      switch `extension` {
      case .nullMixture: withNull.vertices
      case .zero: vertices
      }
    return Self.integral(under: points, from: range.lower, to: range.upper) / range.width
  }

  /// The AIQ of the original code: from the hull's own cheapest vertex, over the greatest cost.
  ///
  /// Only to compare with published numbers: the systems do not share a range, so adding a point can
  /// lower it.
  ///
  /// - Parameter greatestCost: The greatest cost among all the system's points, hull or not.
  /// - Returns: 0 when `greatestCost` is 0.
  public func referenceAverageImprovementInQuality(greatestCost: Double) -> Double {
    guard greatestCost > 0, let first = vertices.first else { return 0 }
    return Self.integral(under: vertices, from: first.cost, to: greatestCost) / greatestCost
  }

  /// The area under joined points, zero on their left and flat on their right.
  private static func integral(under points: [Point], from lower: Double, to upper: Double)
    -> Double
  {
    guard let last = points.last else { return 0 }
    var area = 0.0
    for (left, right) in zip(points, points.dropFirst()) {
      let start = max(left.cost, lower)
      let end = min(right.cost, upper)
      guard end > start else { continue }
      let slope = (right.quality - left.quality) / (right.cost - left.cost)
      let middle = left.quality + slope * ((start + end) / 2 - left.cost)
      area += middle * (end - start)
    }
    area += last.quality * max(0, upper - max(lower, last.cost))
    return area
  }

  /// How to spend exactly `cost` dollars a prompt in expectation on the hull.
  ///
  /// - Returns: Two operating points and the share of prompts that go to the second; past the best
  ///   vertex the best vertex alone, since extra cost buys nothing.
  /// - Throws: When the cost is negative or not finite.
  public func mixture(atCost cost: Double) throws(CostQualityError) -> OperatingMixture {
    guard cost.isFinite, cost >= 0 else { throw .outOfReach(cost: cost, cheapest: 0) }
    let points = withNull.vertices
    for (left, right) in zip(points, points.dropFirst()) where cost <= right.cost {
      let share = (cost - left.cost) / (right.cost - left.cost)
      return OperatingMixture(cheaper: left, dearer: right, shareOfDearer: min(1, max(0, share)))
    }
    let best = points[points.count - 1]
    return OperatingMixture(cheaper: best, dearer: best, shareOfDearer: 1)
  }
}
