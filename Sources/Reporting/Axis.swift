import Foundation

/// One axis of a picture: from values to pixels, with round ticks.
struct Axis {
  let lower: Double
  let upper: Double
  let isLogarithmic: Bool
  /// Whether a logarithmic axis has a break at `lower`, left of which values run straight down to zero.
  ///
  /// Zero has no logarithm: so dose-response plots show controls, and symmetric-log axes what is near 0.
  var holdsZero = false
  /// The pixel of `lower`, and of `upper`.
  let start: Double
  let end: Double

  /// Where zero stands on an axis that holds it, as a share of its length.
  static let zeroShare = 0.03
  /// Where such an axis breaks.
  static let breakShare = 0.1

  /// The pixel of a value.
  func position(of value: Double) -> Double { start + share(of: value) * (end - start) }

  private func share(of value: Double) -> Double {
    guard isLogarithmic else { return (value - lower) / (upper - lower) }
    let share = log(value / lower) / log(upper / lower)
    guard holdsZero else { return share }
    return value < lower
      ? Self.zeroShare + value / lower * (Self.breakShare - Self.zeroShare)
      : Self.breakShare + share * (1 - Self.breakShare)
  }

  /// Whether a value lies on the axis.
  func contains(_ value: Double) -> Bool { value >= (holdsZero ? 0 : lower) && value <= upper }

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
    let length = abs(end - start) * (holdsZero ? 1 - Self.breakShare : 1)
    let decade = length / log10(upper / lower)
    var widest = 0.0
    for power in first...last { widest = max(widest, width(label(pow(10, Double(power))))) }
    // The narrowest gap between labels: 1-2 (0.30 decades), 3-10 (0.52), or whole decades.
    let labelled: Set<Int> =
      widest * 1.1 <= 0.3 * decade ? [1, 2, 5] : widest * 1.1 <= 0.47 * decade ? [1, 3] : [1]
    let every = max(1, Int((widest / decade).rounded(.up)))
    let zero = holdsZero ? [Tick(value: 0, label: label(0))] : []
    var ticks = zero
    for power in first...last {
      for mantissa in 1...9 {
        guard mantissa == 1 || decade >= 90 else { continue }
        let value = Double("\(mantissa)e\(power)") ?? 0
        guard value >= lower, value <= upper else { continue }
        let touchesZero = zero.contains {
          abs(position(of: value) - position(of: $0.value))
            < (width(label(value)) + width($0.label ?? "")) / 2
        }
        let isLabelled =
          labelled.contains(mantissa) && (power - first) % every == 0 && !touchesZero
        ticks.append(Tick(value: value, label: isLabelled ? label(value) : nil))
      }
    }
    return ticks
  }
}
