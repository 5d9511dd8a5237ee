import CostQuality
import Matrices
import Outcomes
import Parallelism

/// How intervals are made: prompts are drawn anew, with all systems on the same draws.
///
/// The fitted routers and the cost range stay as they are, so an interval tells how the measured
/// numbers would vary with other test prompts, not with other training prompts: that is the spread
/// over split seeds.
public struct Bootstrap: Sendable, Hashable, Codable {
  /// How often prompts are drawn anew.
  public var resamples: Int
  /// The intervals' confidence, in (0, 1).
  public var level: Double
  /// The seed of the draws.
  public var seed: UInt64
  /// The difference in AIQ for which the number of test prompts is planned, above 0.
  public var difference: Double

  /// Makes the settings.
  ///
  /// - Precondition: There is at least one resample, the level lies in (0, 1) and the difference above
  ///   0.
  public init(
    resamples: Int = 1000, level: Double = 0.95, seed: UInt64 = 0, difference: Double = 0.01
  ) {
    precondition(difference > 0, "A difference to detect must lie above 0.")
    precondition(resamples >= 1, "A bootstrap needs at least one resample.")
    precondition(level > 0 && level < 1, "A confidence level lies between 0 and 1.")
    self.resamples = resamples
    self.level = level
    self.seed = seed
    self.difference = difference
  }

  /// Whether resamples suffice where others could not be used: nine of ten, and as many as an interval of this
  /// confidence has between its ends.
  func isEnough(_ used: Int) -> Bool {
    used * 10 >= resamples * 9
      && used >= HolmCorrection.resamplesNeeded(claims: 1, level: level)
  }

  /// The rows of a table by task, among which prompts are drawn.
  static func strata(of table: OutcomeTable, _ groups: TaskGroups) -> [[Int]] {
    Dictionary(grouping: 0..<table.count) { groups.task(of: table.evalNames[$0]) }
      .values.sorted { $0[0] < $1[0] }
  }

  /// How often each prompt was drawn, in one resample: within each stratum as many as it has.
  ///
  /// - Parameter strata: The prompts of each stratum; together they are all prompts.
  func counts(resample: Int, strata: [[Int]], prompts: Int) -> [Double] {
    var generator = SeededGenerator(seed: seed, stream: UInt64(resample))
    var counts = [Double](repeating: 0, count: prompts)
    for stratum in strata {
      for _ in stratum { counts[stratum[generator.integer(below: stratum.count)]] += 1 }
    }
    return counts
  }
}
