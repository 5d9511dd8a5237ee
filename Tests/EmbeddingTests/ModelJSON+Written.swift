@testable import Embedding

extension ModelJSON {
  /// The value as text, with every member, also those of one key.
  var written: String {
    switch self {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .number(let value): return "\(value)"
    case .text(let value): return Self.quoted(value)
    case .list(let values): return "[" + values.map(\.written).joined(separator: ",") + "]"
    case .object(let members):
      return "{"
        + members.map { Self.quoted($0.key) + ":" + $0.value.written }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
      guard scalar.value < 0x20 else { return String(scalar) }
      return "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    }
    return "\"" + escaped.joined() + "\""
  }
}
