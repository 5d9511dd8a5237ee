import Foundation

/// One axis of a picture: from values to pixels, with round ticks.
struct Axis {
  let lower: Double
  let upper: Double
  let isLogarithmic: Bool
  /// The pixel of `lower`, and of `upper`.
  let start: Double
  let end: Double

  /// The pixel of a value.
  func position(of value: Double) -> Double {
    let share =
      isLogarithmic
      ? log(value / lower) / log(upper / lower) : (value - lower) / (upper - lower)
    return start + share * (end - start)
  }

  /// The value at a share of the axis' length.
  func value(at share: Double) -> Double {
    isLogarithmic ? lower * pow(upper / lower, share) : lower + share * (upper - lower)
  }

  /// Whether a value lies on the axis.
  func contains(_ value: Double) -> Bool { value >= lower && value <= upper }

  /// A round number on the axis: labelled, or a faint line only.
  struct Tick: Equatable {
    let value: Double
    let label: String?
  }

  /// Round ticks whose labels do not touch.
  ///
  /// - Parameter width: The room that a label takes along the axis.
  func ticks(width: (String) -> Double, label: (Double) -> String) -> [Tick] {
    isLogarithmic
      ? logarithmicTicks(width: width, label: label)
      : linearTicks(width: width, label: label)
  }

  private func linearTicks(width: (String) -> Double, label: (Double) -> String) -> [Tick] {
    let span = upper - lower
    var power = Int(log10(span).rounded(.down)) - 2
    while power < 310 {
      for step in [1.0, 2, 2.5, 5] {
        let size = step * pow(10, Double(power))
        let first = Int((lower / size).rounded(.up))
        let last = Int((upper / size + 1e-9).rounded(.down))
        guard last - first <= 8, last >= first else { continue }
        // Multiplying whole numbers keeps 0.3 from being 0.30000000000000004.
        let ticks = (first...last).map { index -> Tick in
          let value = Double("\(Double(index) * step)e\(power)") ?? Double(index) * size
          return Tick(value: value, label: label(value))
        }
        let room = abs(end - start) * size / span
        if ticks.allSatisfy({ width($0.label ?? "") <= room }) { return ticks }
      }
      power += 1
    }
    return []
  }

  private func logarithmicTicks(
    width: (String) -> Double, label: (Double) -> String
  ) -> [Tick] {
    let first = Int(log10(lower).rounded(.down))
    let last = Int(log10(upper).rounded(.up))
    let decade = abs(end - start) / log10(upper / lower)
    var widest = 0.0
    for power in first...last { widest = max(widest, width(label(pow(10, Double(power))))) }
    // The narrowest gap between labels: 1-2 (0.30 decades), 3-10 (0.52), or whole decades.
    let labelled: Set<Int> =
      widest * 1.1 <= 0.3 * decade ? [1, 2, 5] : widest * 1.1 <= 0.47 * decade ? [1, 3] : [1]
    let every = max(1, Int((widest / decade).rounded(.up)))
    var ticks: [Tick] = []
    for power in first...last {
      for mantissa in 1...9 {
        guard mantissa == 1 || decade >= 90 else { continue }
        let value = Double("\(mantissa)e\(power)") ?? 0
        guard contains(value) else { continue }
        let isLabelled = labelled.contains(mantissa) && (power - first) % every == 0
        ticks.append(Tick(value: value, label: isLabelled ? label(value) : nil))
      }
    }
    return ticks
  }
}
