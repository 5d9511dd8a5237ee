/// The value of one of the command's options, as a manifest holds it.
public enum OptionValue: Sendable, Hashable, Codable {
  /// A text.
  case text(String)
  /// A finite number; whole ones are exact up to 2^53.
  case number(Double)
  /// A switch.
  case flag(Bool)
  /// Several values, in order.
  case list([OptionValue])

  /// Reads a JSON string, number, boolean or array.
  public init(from decoder: any Decoder) throws {
    if var list = try? decoder.unkeyedContainer() {
      var values: [OptionValue] = []
      while !list.isAtEnd { values.append(try list.decode(OptionValue.self)) }
      self = .list(values)
      return
    }
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// Writes a JSON string, number, boolean or array.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let values): try container.encode(values)
    }
  }

  var isFinite: Bool {
    switch self {
    case .number(let number): number.isFinite
    case .list(let values): values.allSatisfy(\.isFinite)
    case .text, .flag: true
    }
  }

  func write(to writer: inout JSONWriter) {
    switch self {
    case .text(let text): writer.value(text)
    case .number(let number): writer.value(number)
    case .flag(let flag): writer.value(flag)
    case .list(let values): writer.array(values, inline: true) { $1.write(to: &$0) }
    }
  }
}
