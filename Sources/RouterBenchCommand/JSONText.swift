import Foundation
import Words

/// JSON as this tool writes it: sorted keys, so that the same value gives the same bytes.
enum JSONText {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    // As in a report: JSON has no infinity.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "unlimited", negativeInfinity: "-unlimited", nan: "nan")
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// The same value in text that no terminal acts on.
  ///
  /// JSON's own encoder escapes the control characters below U+0020 alone. The others can stand in strings only,
  /// so that an escape means the same.
  static func inert(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x7F }) { return text }
    var result = ""
    result.unicodeScalars.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if scalar.isASCII && scalar.value != 0x7F || PlainText.isInert(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result
  }
}
