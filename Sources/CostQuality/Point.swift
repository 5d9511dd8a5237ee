/// A system's place in the cost-quality plane: expected dollars and expected quality a prompt.
public struct Point: Sendable, Hashable, Codable {
  /// Expected US dollars per prompt.
  public var cost: Double
  /// Expected quality, in [0, 1] for recorded outcomes.
  public var quality: Double

  /// Makes a point.
  public init(cost: Double, quality: Double) {
    self.cost = cost
    self.quality = quality
  }

  /// The system that never answers and never pays: (0, 0).
  public static let null = Point(cost: 0, quality: 0)

  /// The point reached when a prompt goes to `self` with probability `share`, else to `other`.
  ///
  /// - Source: arXiv:2403.12031, section 3.1 (linear interpolation).
  public func mixed(with other: Point, share: Double) -> Point {
    precondition(share >= 0 && share <= 1, "A share is a probability; \(share) is not.")
    return Point(
      cost: share * cost + (1 - share) * other.cost,
      quality: share * quality + (1 - share) * other.quality)
  }
}
