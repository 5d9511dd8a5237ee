package import CostQuality
import Foundation

/// Numbers as text, the same on every machine and in every locale.
package enum NumberText {
  /// The shortest text that reads back as the same number; whole numbers lose their ".0".
  package static func exact(_ value: Double) -> String {
    let text = "\(value == 0 ? 0 : value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number with a fixed count of decimals, never "-0.0000".
  package static func fixed(_ value: Double, decimals: Int = 4) -> String {
    guard value.isFinite else { return "\(value)" }
    let text = String(format: "%.\(decimals)f", value)
    let isZero = !text.contains { $0 >= "1" && $0 <= "9" }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// A difference: as `fixed`, with a plus sign unless it is negative or rounds to zero.
  package static func signed(_ value: Double, decimals: Int = 4) -> String {
    let text = fixed(value, decimals: decimals)
    let isZero = !text.contains { $0 >= "1" && $0 <= "9" }
    return text.hasPrefix("-") || isZero ? text : "+" + text
  }

  /// A number to some significant digits, without an exponent.
  package static func significant(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return "\(value)" }
    guard value != 0 else { return "0" }
    // Printing with an exponent first rounds up to the next decade where needed: 0.99996 is 1.000.
    let rounded = String(format: "%.\(digits - 1)e", value)
    let exponent = rounded.split(separator: "e").last.flatMap { Int($0) } ?? 0
    return String(format: "%.\(max(0, digits - 1 - exponent))f", value)
  }

  /// The shortest text without an exponent, for ticks.
  package static func plain(_ value: Double) -> String {
    let text = significant(value, digits: 10)
    guard text.contains(".") else { return text }
    let trimmed = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return String(trimmed.reversed())
  }

  /// Dollars to some significant digits.
  package static func dollars(_ value: Double, digits: Int = 4) -> String {
    value < 0
      ? "-$" + significant(-value, digits: digits) : "$" + significant(value, digits: digits)
  }

  /// A share as a percentage without superfluous digits: 0.95 is "95%".
  package static func percent(_ share: Double) -> String {
    let text = significant(share * 100, digits: 6)
    let trimmed = text.contains(".") ? plain((share * 100 * 1e6).rounded() / 1e6) : text
    return trimmed + "%"
  }

  /// A p-value to two significant digits.
  package static func probability(_ value: Double) -> String { significant(value, digits: 2) }

  /// A cost in its unit: "$0.00012", "1.204 s", "0.43".
  package static func cost(_ value: Double, in unit: CostUnit) -> String {
    switch unit {
    case .dollars: dollars(value)
    case .seconds: significant(value) + " s"
    case .calls: significant(value)
    }
  }

  /// A count with commas between thousands.
  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (position, digit) in digits.enumerated() {
      if position > 0 && (digits.count - position) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A count with its noun.
  package static func count(_ value: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }
}
