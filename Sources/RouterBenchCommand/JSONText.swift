import Foundation

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
}
