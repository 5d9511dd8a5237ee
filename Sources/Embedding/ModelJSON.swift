import Foundation

/// A value of a model's JSON file, whose objects keep their members in order and their keys by bytes.
///
/// Swift's own dictionaries take canonically equal keys for one; in a vocabulary they are two tokens.
enum ModelJSON: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([ModelJSON])
  case object([Member])

  struct Member: Sendable {
    let key: String
    let value: ModelJSON
  }

  /// Reads a whole file; `nil` if it is no JSON or is nested more than a hundred deep.
  init?(_ data: Data) {
    let value = data.withUnsafeBytes { bytes -> ModelJSON? in
      var parser = ModelJSONParser(bytes)
      return parser.whole()
    }
    guard let value else { return nil }
    self = value
  }

  /// The value of a key; of several, the last.
  subscript(_ key: String) -> ModelJSON? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  var bool: Bool? {
    if case .bool(let value) = self { return value }
    return nil
  }

  var text: String? {
    if case .text(let value) = self { return value }
    return nil
  }

  var number: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  /// A whole number; one beyond the range of `Int` becomes its end.
  var integer: Int? {
    guard case .number(let value) = self, value == value.rounded() else { return nil }
    return Int(exactly: value) ?? (value > 0 ? .max : .min)
  }

  /// The number of a token, which takes 31 bits.
  var token: Int32? {
    guard case .number(let value) = self else { return nil }
    return Int32(exactly: value)
  }

  var items: [ModelJSON]? {
    if case .list(let values) = self { return values }
    return nil
  }

  var members: [Member]? {
    if case .object(let members) = self { return members }
    return nil
  }

  /// The same object with some members replaced or added.
  func replacing(_ others: ModelJSON?) -> ModelJSON {
    guard let new = others?.members, let old = members else { return self }
    return .object(old + new)
  }
}
