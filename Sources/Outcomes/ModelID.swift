/// The name of a language model, as outcome files and providers spell it.
public struct ModelID: Hashable, Sendable, Comparable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The name, such as `gpt-4-1106-preview` or `meta/llama-2-70b-chat`.
  public let name: String

  /// Takes the name as it is.
  public init(_ name: String) { self.name = name }

  /// Takes a name written in source code.
  public init(stringLiteral value: String) { name = value }

  /// The name.
  public var description: String { name }

  /// Orders by name.
  public static func < (left: ModelID, right: ModelID) -> Bool { left.name < right.name }
}

extension ModelID: Codable {
  /// Decodes a plain string.
  public init(from decoder: any Decoder) throws {
    name = try decoder.singleValueContainer().decode(String.self)
  }

  /// Encodes a plain string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
