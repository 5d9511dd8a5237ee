/// RouteLLM's metrics between a weak and a strong model, on a scale from one's cost to the other's.
///
/// The scale is the share of calls that go to the strong model, where costs are counted in such calls,
/// and the share of the way between the two models' dollars, where they are counted in dollars.
///
/// - Source: arXiv:2406.18665, section 3.2; in dollars ours.
public struct GapRecovered: Sendable, Hashable {
  /// The cheaper model.
  public let weak: Point
  /// The dearer and better model.
  public let strong: Point
  private let range: CostRange

  /// Sets the scale.
  ///
  /// - Returns: nil unless the strong model costs more and is better.
  public init?(weak: Point, strong: Point) {
    guard strong.cost > weak.cost, strong.quality > weak.quality,
      let range = try? CostRange(lower: weak.cost, upper: strong.cost)
    else { return nil }
    self.weak = weak
    self.strong = strong
    self.range = range
  }

  /// The average performance gap recovered (APGR): 0 for the weak model's quality throughout, 1 for the
  /// strong one's, a half for mixing the two at random.
  public func average(along path: OperatingPath) -> Double {
    (path.averageImprovementInQuality(over: range) - weak.quality)
      / (strong.quality - weak.quality)
  }

  /// The call-performance threshold (CPT): how much of the scale is needed to recover a share of the gap;
  /// nil when the path never does, above 1 when it takes more than the strong model.
  public func threshold(recovering share: Double, along path: OperatingPath) -> Double? {
    cost(recovering: share, along: path).map { ($0 - weak.cost) / range.width }
  }

  /// The cost per prompt at which the path recovers a share of the gap; nil when it never does.
  public func cost(recovering share: Double, along path: OperatingPath) -> Double? {
    path.leastCost(
      reaching: weak.quality + share * (strong.quality - weak.quality), over: range.reaching(path))
  }
}
