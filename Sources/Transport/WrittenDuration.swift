/// A duration as servers write it: `120`, `1.2s`, `900ms`, `6m0s`, `4hr 59min`, `2 days`.
public struct WrittenDuration: Sendable, Hashable {
  /// Its length in seconds; at least 0 and finite.
  public let seconds: Double

  /// More than any server means, even in milliseconds since 1970; sums and dates stay finite.
  private static let most = 1e15

  private static let units: [String: Double] = {
    let names: [(Double, [String])] = [
      (1e-9, ["ns", "nanosecond", "nanoseconds"]),
      (1e-6, ["us", "µs", "μs", "microsecond", "microseconds"]),
      (1e-3, ["ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds"]),
      (1, ["s", "sec", "secs", "second", "seconds"]),
      (60, ["m", "min", "mins", "minute", "minutes"]),
      (3600, ["h", "hr", "hrs", "hour", "hours"]),
      (86_400, ["d", "day", "days"]),
      (604_800, ["w", "week", "weeks"]),
    ]
    return Dictionary(
      uniqueKeysWithValues: names.flatMap { size, names in names.map { ($0, size) } })
  }()

  /// Reads a text that is a duration and nothing else; a number without a unit is seconds.
  public init?(_ text: String) {
    guard let (seconds, rest) = Self.read(text.lowercased()[...], needsUnit: false),
      rest.allSatisfy({ $0.isWhitespace || $0 == "." })
    else { return nil }
    self.seconds = seconds
  }

  /// Reads a duration at the start of a sentence's rest.
  ///
  /// - Parameter needsUnit: Whether a number alone is no duration.
  public init?(startOf text: Substring, needsUnit: Bool) {
    guard let (seconds, _) = Self.read(text.lowercased()[...], needsUnit: needsUnit) else {
      return nil
    }
    self.seconds = seconds
  }

  /// Adds up numbers with units for as long as they follow each other.
  private static func read(_ text: Substring, needsUnit: Bool) -> (Double, Substring)? {
    var (rest, sum, count) = (text, 0.0, 0)
    while true {
      var next = rest.drop { $0.isWhitespace }
      if count > 0 {
        for joint in ["and ", ", "] where next.hasPrefix(joint) {
          next = next.dropFirst(joint.count)
        }
        next = next.drop { $0.isWhitespace }
      }
      guard let (number, afterNumber) = number(next) else { break }
      let spaced = afterNumber.drop { $0 == " " }
      let unit = spaced.prefix { $0.isLetter }
      if let size = units[String(unit)] {
        sum += number * size
        rest = spaced.dropFirst(unit.count)
      } else {
        // A number after a duration begins something else, as in "in 5s. 3 calls are left".
        if count > 0 || needsUnit { break }
        return (min(most, number), afterNumber)
      }
      count += 1
    }
    return count > 0 ? (min(most, sum), rest) : nil
  }

  /// Digits with a point or without; no sign, exponent, hexadecimal or infinity.
  private static func number(_ text: Substring) -> (Double, Substring)? {
    func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
    let whole = text.prefix(while: isDigit)
    var rest = text.dropFirst(whole.count)
    var digits = String(whole)
    if rest.first == "." {
      let part = rest.dropFirst().prefix(while: isDigit)
      if !part.isEmpty {
        digits += "." + part
        rest = rest.dropFirst(1 + part.count)
      }
    }
    guard digits.contains(where: isDigit),
      let number = Double(digits.hasPrefix(".") ? "0" + digits : digits)
    else { return nil }
    return (min(most, number), rest)
  }
}
