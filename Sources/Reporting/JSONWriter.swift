/// Writes JSON piece by piece, so that a report of millions of points needs no second copy in memory.
///
/// The caller gives an object's keys in sorted order.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var levels: [Level] = []
  private var follows = false
  /// Whether no blank is written that a reader does not need.
  private let isDense: Bool

  init(isDense: Bool = false) { self.isDense = isDense }

  private struct Level {
    let isInline: Bool
    var isEmpty = true
  }

  /// Hands over what was written so far.
  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Writes an object; an inline one stays on one line, as does all that it holds.
  mutating func object(
    inline: Bool = false, _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    try nest("{", "}", inline: inline, body)
  }

  /// Writes an array.
  mutating func array<Element>(
    _ elements: some Sequence<Element>, inline: Bool = false,
    _ body: (inout JSONWriter, Element) throws -> Void
  ) rethrows {
    try nest("[", "]", inline: inline) { writer in
      for element in elements { try body(&writer, element) }
    }
  }

  /// Writes a key; a value must follow.
  mutating func key(_ name: String) {
    startItem()
    quote(name)
    append(isDense ? ":" : ": ")
    follows = true
  }

  /// Writes a string.
  mutating func value(_ text: String) {
    startItem()
    quote(text)
  }

  /// Writes a number as the shortest text that reads back the same.
  mutating func value(_ number: Double) {
    startItem()
    append(NumberText.exact(number))
  }

  /// Writes a whole number.
  mutating func value(_ number: some BinaryInteger) {
    startItem()
    append(String(number))
  }

  /// Writes true or false.
  mutating func value(_ flag: Bool) {
    startItem()
    append(flag ? "true" : "false")
  }

  /// Writes a key with its string, or nothing at all.
  mutating func field(_ name: String, _ text: String?) {
    guard let text else { return }
    key(name)
    value(text)
  }

  /// Writes a key with its number, or nothing at all.
  mutating func field(_ name: String, _ number: Double?) {
    guard let number else { return }
    key(name)
    value(number)
  }

  /// Writes a key with its flag, or nothing at all.
  mutating func field(_ name: String, _ flag: Bool?) {
    guard let flag else { return }
    key(name)
    value(flag)
  }

  /// Writes a key with its whole number.
  mutating func field(_ name: String, _ number: some BinaryInteger) {
    key(name)
    value(number)
  }

  /// Ends the text with a line break.
  mutating func finish() { append("\n") }

  private mutating func nest(
    _ open: String, _ close: String, inline: Bool, _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    startItem()
    let isInline = inline || (levels.last?.isInline ?? false)
    append(open)
    levels.append(Level(isInline: isInline))
    try body(&self)
    let level = levels.removeLast()
    if !level.isEmpty && !isInline { breakLine() }
    append(close)
  }

  private mutating func startItem() {
    if follows {
      follows = false
      return
    }
    guard let level = levels.last else { return }
    if !level.isEmpty { append(level.isInline && !isDense ? ", " : ",") }
    levels[levels.count - 1].isEmpty = false
    if !level.isInline { breakLine() }
  }

  private mutating func breakLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * levels.count))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x08: append("\\b")
      case 0x0C: append("\\f")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20: append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
