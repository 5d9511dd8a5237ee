/// A system's sweep parameter; infinity is spelt "unlimited" in files, since JSON has no infinity.
public struct Parameter: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  /// The value; never NaN.
  public let value: Double

  /// Makes a parameter.
  ///
  /// - Precondition: The value is not NaN.
  public init(_ value: Double) {
    precondition(!value.isNaN, "A parameter must be a number.")
    self.value = value
  }

  /// Reads a number or the word "unlimited".
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self.init(value)
    } else if try container.decode(String.self) == "unlimited" {
      self.init(.infinity)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "A parameter is a number or \"unlimited\".")
    }
  }

  /// Writes a number or the word "unlimited".
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if value == .infinity {
      try container.encode("unlimited")
    } else {
      try container.encode(value)
    }
  }

  /// Orders by value.
  public static func < (left: Parameter, right: Parameter) -> Bool { left.value < right.value }

  /// The value as files and tables spell it.
  public var description: String { value == .infinity ? "unlimited" : "\(value)" }
}
