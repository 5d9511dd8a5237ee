/// How many test prompts would show a difference from Zero, by the spread that was seen on some.
///
/// - Source: the normal approximation of a two-sided test's power; the standard error is that of the
///   paired bootstrap and falls with the square root of the number of prompts.
public struct Detection: Sendable, Hashable, Codable {
  /// The true difference in deployable AIQ that shall be found.
  public let difference: Double
  /// How often it shall be found, in (0, 1).
  public let power: Double
  /// Different prompts that were tested, over all splits.
  public let testPrompts: Int
  /// The smallest true difference that these prompts find so often.
  public let smallestDifference: Double
  /// The test prompts that find `difference` so often, when one comparison is made.
  public let neededPrompts: Int

  /// The spread of fewer prompts says nothing of that of many.
  static let fewestPrompts = 10

  /// Plans a test from what a smaller or larger one has shown.
  ///
  /// - Parameters:
  ///   - standardError: Of the difference, measured on `testPrompts`.
  ///   - level: The confidence at which a difference counts as found.
  /// - Returns: nil where nothing varied, or too few prompts were tested, so that nothing is known of the spread.
  public init?(
    of difference: Double, power: Double = 0.8, standardError: Double, testPrompts: Int,
    level: Double
  ) {
    precondition(difference > 0, "A difference to detect must lie above 0.")
    precondition(power > 0 && power < 1, "A power lies between 0 and 1.")
    guard standardError > 0, testPrompts >= Self.fewestPrompts else { return nil }
    let smallest =
      (Normal.quantile(1 - (1 - level) / 2) + Normal.quantile(power)) * standardError
    let ratio = smallest / difference
    let needed = (Double(testPrompts) * ratio * ratio).rounded(.up)
    guard needed >= Double(Self.fewestPrompts) else { return nil }
    self.difference = difference
    self.power = power
    self.testPrompts = testPrompts
    smallestDifference = smallest
    neededPrompts = needed < 1e15 ? Int(needed) : Int(1e15)
  }
}
