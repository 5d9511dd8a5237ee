import Foundation

/// One number's values over all resamples, and what follows from them.
struct BootstrapSample: Sendable {
  private let sorted: [Double]
  /// Prompts behind the number.
  private let count: Int

  /// - Precondition: There is at least one value.
  init(_ values: [Double], prompts count: Int) {
    precondition(!values.isEmpty, "A bootstrap needs at least one resample.")
    sorted = values.sorted()
    self.count = count
  }

  /// The expanded percentile interval.
  ///
  /// The plain percentile interval is too narrow on few prompts, since it takes the spread of *n*
  /// values for that of *n* - 1 and the normal for Student's distribution. Its tails are taken
  /// farther out by both factors.
  ///
  /// - Source: Hesterberg, "What teachers should know about the bootstrap", 2015, section 3.3.
  func interval(level: Double) -> Interval {
    let ends = bounds(level: level)
    return Interval(lower: ends.lower, upper: ends.upper)
  }

  /// The ends of the interval.
  func bounds(level: Double) -> (lower: Double, upper: Double) {
    let tail = Normal.distribution(
      -Self.expansion(prompts: count) * Self.student(1 - (1 - level) / 2, prompts: count))
    return (quantile(tail), quantile(1 - tail))
  }

  /// The p-value where no resample lies on one side of 0.
  static func leastPValue(resamples: Int) -> Double { min(1, 2 / Double(resamples + 1)) }

  /// Twice the smaller share of resamples on one side of 0, with one added to both for the sample
  /// itself.
  var pValue: Double {
    let below = sorted.count { $0 <= 0 }
    let above = sorted.count { $0 >= 0 }
    return min(1, 2 * Double(min(below, above) + 1) / Double(sorted.count + 1))
  }

  /// The resamples' standard deviation.
  var standardDeviation: Double { Spread(sorted).standardDeviation ?? 0 }

  private func quantile(_ share: Double) -> Double {
    let position = share * Double(sorted.count + 1) - 1
    if position <= 0 { return sorted[0] }
    let index = Int(position)
    if index >= sorted.count - 1 { return sorted[sorted.count - 1] }
    let rest = position - Double(index)
    return sorted[index] + rest * (sorted[index + 1] - sorted[index])
  }

  private static func expansion(prompts: Int) -> Double {
    prompts > 1 ? (Double(prompts) / Double(prompts - 1)).squareRoot() : 1
  }

  /// Student's quantile by the expansion in 1 / degrees of freedom.
  private static func student(_ share: Double, prompts: Int) -> Double {
    let z = Normal.quantile(share)
    let freedom = Double(max(1, prompts - 1))
    let first = (z * z * z + z) / 4
    let second = (5 * pow(z, 5) + 16 * z * z * z + 3 * z) / 96
    return z + first / freedom + second / (freedom * freedom)
  }
}

/// The standard normal distribution.
enum Normal {
  static func distribution(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// The inverse of the distribution, by bisection.
  static func quantile(_ share: Double) -> Double {
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if distribution(middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
