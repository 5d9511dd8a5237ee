/// A coin toss between two operating points that realises a point of a hull.
public struct OperatingMixture: Sendable, Hashable, Codable {
  /// The cheaper operating point; `.null` means not to answer.
  public let cheaper: Point
  /// The dearer operating point.
  public let dearer: Point
  /// The probability, in [0, 1], that a prompt goes to the dearer point.
  public let shareOfDearer: Double

  /// The expected cost and quality of the mixture.
  public var point: Point { dearer.mixed(with: cheaper, share: shareOfDearer) }
}
