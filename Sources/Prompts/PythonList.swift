/// Reads a Python list of string literals, as `repr` writes one.
enum PythonList {
  /// The strings, or nil when the text is anything else.
  static func strings(in text: String) -> [String]? {
    var parser = Parser(bytes: Array(text.utf8))
    return parser.list()
  }

  private struct Parser {
    let bytes: [UInt8]
    var position = 0

    mutating func list() -> [String]? {
      skipSpace()
      guard take("[") else { return nil }
      var items: [String] = []
      skipSpace()
      if take("]") { return isAtEnd() ? items : nil }
      while true {
        guard var item = literal() else { return nil }
        skipSpace()
        // Adjacent literals are one string.
        while let next = peek(), next == UInt8(ascii: "'") || next == UInt8(ascii: "\"") {
          guard let more = literal() else { return nil }
          item += more
          skipSpace()
        }
        items.append(item)
        if take(",") {
          skipSpace()
          if take("]") { return isAtEnd() ? items : nil }
          continue
        }
        guard take("]") else { return nil }
        return isAtEnd() ? items : nil
      }
    }

    private mutating func literal() -> String? {
      guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
        return nil
      }
      position += 1
      var content: [UInt8] = []
      while let byte = peek() {
        position += 1
        if byte == quote {
          return String(validating: content, as: UTF8.self)
        }
        if byte == UInt8(ascii: "\n") { return nil }
        guard byte == UInt8(ascii: "\\") else {
          content.append(byte)
          continue
        }
        guard escape(into: &content) else { return nil }
      }
      return nil
    }

    private mutating func escape(into content: inout [UInt8]) -> Bool {
      guard let kind = peek() else { return false }
      position += 1
      switch kind {
      case UInt8(ascii: "n"): content.append(10)
      case UInt8(ascii: "t"): content.append(9)
      case UInt8(ascii: "r"): content.append(13)
      case UInt8(ascii: "a"): content.append(7)
      case UInt8(ascii: "b"): content.append(8)
      case UInt8(ascii: "f"): content.append(12)
      case UInt8(ascii: "v"): content.append(11)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): content.append(kind)
      case UInt8(ascii: "\n"): break
      case UInt8(ascii: "x"): return scalar(digits: 2, radix: 16, into: &content)
      case UInt8(ascii: "u"): return scalar(digits: 4, radix: 16, into: &content)
      case UInt8(ascii: "U"): return scalar(digits: 8, radix: 16, into: &content)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        position -= 1
        var count = 0
        while count < 3, position + count < bytes.count,
          (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[position + count])
        { count += 1 }
        return scalar(digits: count, radix: 8, into: &content)
      default:
        // Python keeps the backslash of an escape it does not know.
        content.append(UInt8(ascii: "\\"))
        content.append(kind)
      }
      return true
    }

    private mutating func scalar(digits: Int, radix: Int, into content: inout [UInt8]) -> Bool {
      guard position + digits <= bytes.count,
        let text = String(validating: bytes[position..<(position + digits)], as: UTF8.self),
        let value = UInt32(text, radix: radix)
      else { return false }
      position += digits
      // A lone surrogate has no UTF-8 form; the replacement character stands for it.
      let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
      content.append(contentsOf: Array(String(Character(scalar)).utf8))
      return true
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard peek() == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    private mutating func skipSpace() {
      while let byte = peek(), byte == 32 || (9...13).contains(byte) { position += 1 }
    }

    private mutating func isAtEnd() -> Bool {
      skipSpace()
      return position == bytes.count
    }
  }
}
