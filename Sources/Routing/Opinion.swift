/// What a judge says of an answer: a score, and with some probability its opposite instead.
public struct Opinion: Sendable, Hashable {
  /// The score the judge gives when it does not err.
  public let score: Double
  /// The score it gives when it errs.
  public let flipped: Double
  /// The probability that it errs.
  public let chance: Double

  /// An opinion without error.
  public init(score: Double) {
    self.init(score: score, flipped: score, chance: 0)
  }

  /// An opinion that is flipped with a probability.
  public init(score: Double, flipped: Double, chance: Double) {
    self.score = score
    self.flipped = flipped
    self.chance = chance
  }

  /// Scores this near to each other, or to a threshold, count as equal: 1 - 0.9 reaches 0.1.
  public static let tolerance = 1e-12

  /// The probability that the score reaches a threshold.
  public func acceptance(threshold: Double) -> Double {
    let least = threshold - Self.tolerance
    return (score >= least ? 1 - chance : 0) + (flipped >= least ? chance : 0)
  }

  /// One draw of the score.
  func drawn(with generator: inout some RandomNumberGenerator) -> Double {
    // The standard library does not promise how it draws doubles, so 53 bits are taken here.
    chance > 0 && Double(generator.next() >> 11) * 0x1p-53 < chance ? flipped : score
  }
}
