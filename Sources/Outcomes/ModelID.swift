/// A model's name, as the data spells it.
public struct ModelID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name, such as `gpt-4-1106-preview`.
  public let name: String

  /// Makes an identifier.
  public init(_ name: String) { self.name = name }

  /// The name.
  public var description: String { name }

  /// Orders by name.
  public static func < (left: ModelID, right: ModelID) -> Bool { left.name < right.name }
}

extension ModelID: ExpressibleByStringLiteral {
  /// Makes an identifier from a literal.
  public init(stringLiteral name: String) { self.init(name) }
}

extension ModelID: Codable {
  /// Reads a plain string.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
