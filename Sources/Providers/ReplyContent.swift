/// The text of an answer in the shapes that providers give it.
enum ReplyContent {
  /// The text of a string, a list of parts, or a value that a gateway has taken for JSON.
  ///
  /// Thinking is not a part of the answer.
  static func text(_ content: JSONValue?) -> String {
    switch content {
    case nil, .null: ""
    case .string(let text): text
    case .array(let parts): parts.map(part).joined()
    case .object(let members):
      members["type"] != nil || members["text"] != nil || members["parts"] != nil
        ? content.map(part) ?? "" : written(content)
    case .boolean, .integer, .number: written(content)
    }
  }

  private static func part(_ part: JSONValue) -> String {
    guard case .object(let members) = part else {
      if case .string(let text) = part { return text }
      return ""
    }
    let type = members["type"]?.text?.lowercased() ?? "text"
    if type.contains("think") || type.contains("reason") { return "" }
    if case .array(let parts)? = members["parts"] {
      return parts.map { $0["text"]?.text ?? "" }.joined()
    }
    return members["text"]?.text ?? members["text"]?["value"]?.text
      ?? (type.hasSuffix("text") ? members["content"]?.text ?? members["value"]?.text : nil) ?? ""
  }

  private static func written(_ value: JSONValue?) -> String {
    value.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }

  /// A name that should be text and may be a number.
  static func name(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text): text.isEmpty ? nil : clean(text)
    case .integer, .number: written(value)
    default: nil
    }
  }

  /// Text without the character of number 0, behind which databases and programs read nothing.
  static func clean(_ text: String) -> String {
    text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
  }
}
