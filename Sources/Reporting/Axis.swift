import Foundation

/// One axis of a picture: from values to pixels, with round tick marks.
struct Axis {
  /// A mark with its text.
  struct Tick: Hashable {
    let value: Double
    let label: String
  }

  let ticks: [Tick]
  private let lower: Double
  private let upper: Double
  private let start: Double
  private let end: Double
  private let isLogarithmic: Bool

  /// An axis over [lower, upper] drawn from `start` to `end`; logarithmic when the span is wide.
  init(
    lower: Double, upper: Double, from start: Double, to end: Double, allowsLogarithm: Bool,
    label: (Double) -> String
  ) {
    isLogarithmic = allowsLogarithm && lower > 0 && upper / lower > 20
    self.start = start
    self.end = end
    if isLogarithmic {
      self.lower = lower / 1.25
      self.upper = upper * 1.25
      var values: [Double] = []
      for exponent in Int(floor(log10(self.lower)))...Int(ceil(log10(self.upper))) {
        for step in [1.0, 2, 5] { values.append(step * pow(10, Double(exponent))) }
      }
      let (low, high) = (self.lower, self.upper)
      let inside = values.filter { $0 >= low && $0 <= high }
      ticks = inside.map { Tick(value: $0, label: label($0)) }
    } else {
      let span = upper > lower ? upper - lower : max(abs(upper), 1e-9)
      let padding = span * 0.06
      self.lower = max(0, lower - padding)
      self.upper = upper + padding
      let raw = (self.upper - self.lower) / 6
      let decade = pow(10, floor(log10(raw)))
      let step = [1.0, 2, 5, 10].map { $0 * decade }.first { $0 >= raw } ?? 10 * decade
      let first = Int(ceil(self.lower / step))
      let last = Int(floor(self.upper / step))
      ticks = (first...max(first, last)).map {
        Tick(value: Double($0) * step, label: label(Double($0) * step))
      }
    }
  }

  /// The pixel of a value; values outside the axis land on its ends.
  func position(_ value: Double) -> Double {
    let bounded = min(max(value, lower), upper)
    let share =
      isLogarithmic
      ? log(bounded / lower) / log(upper / lower) : (bounded - lower) / (upper - lower)
    return start + share * (end - start)
  }

  /// The least value drawn.
  var least: Double { lower }
  /// The greatest value drawn.
  var greatest: Double { upper }
}
