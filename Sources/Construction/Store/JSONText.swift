import Foundation

/// Values as JSON in columns of text: always the same text for the same value.
enum JSONText {
  static func of(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings, arrays and enumerations of them have nothing that JSON lacks.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  static func value<Value: Decodable>(_ type: Value.Type, of text: String) -> Value? {
    try? JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
