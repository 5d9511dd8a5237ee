/// Reads the source text of a Python list of strings, as `repr` or a person writes it.
///
/// Understands both quotes, triple quotes, `r` and `u` prefixes, every escape of the language,
/// adjacent literals and a trailing comma. Anything else (numbers, nested lists, bytes, an empty
/// list, text after the bracket) is no list of strings, and the answer is nil.
enum PythonStringList {
  static func parse(_ source: String) -> [String]? {
    // Nearly every prompt that is no literal is turned away by its first character.
    guard let first = source.utf8.first(where: { !isSpace($0) }), first == UInt8(ascii: "[") else {
      return nil
    }
    var source = source
    return source.withUTF8 { bytes in
      var parser = Parser(bytes: bytes)
      return parser.list()
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private struct Parser {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    func peek(_ ahead: Int = 0) -> UInt8? {
      position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    mutating func skipSpace() {
      while let byte = peek(), PythonStringList.isSpace(byte) { position += 1 }
    }

    mutating func list() -> [String]? {
      skipSpace()
      guard peek() == UInt8(ascii: "[") else { return nil }
      position += 1
      var items: [String] = []
      while true {
        skipSpace()
        if peek() == UInt8(ascii: "]") { break }
        var parts: [UInt8] = []
        var literals = 0
        while let next = peek(), next != UInt8(ascii: ","), next != UInt8(ascii: "]") {
          guard literal(into: &parts) else { return nil }
          literals += 1
          skipSpace()
        }
        guard literals > 0, let next = peek() else { return nil }
        items.append(String(decoding: parts, as: UTF8.self))
        if next == UInt8(ascii: ",") { position += 1 }
      }
      position += 1
      skipSpace()
      return position == bytes.count && !items.isEmpty ? items : nil
    }

    mutating func literal(into text: inout [UInt8]) -> Bool {
      var isRaw = false
      if let prefix = peek().map({ $0 | 0x20 }), prefix == UInt8(ascii: "r") || prefix == 0x75 {
        isRaw = prefix == UInt8(ascii: "r")
        position += 1
      }
      guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
        return false
      }
      let isTriple = peek(1) == quote && peek(2) == quote
      position += isTriple ? 3 : 1
      while let byte = peek() {
        if byte == quote {
          if !isTriple {
            position += 1
            return true
          }
          if peek(1) == quote && peek(2) == quote {
            position += 3
            return true
          }
        }
        if byte == UInt8(ascii: "\\") {
          if isRaw {
            guard let next = peek(1) else { return false }
            text.append(byte)
            text.append(next)
            position += 2
          } else if !escape(into: &text) {
            return false
          }
          continue
        }
        // A bare line break ends a single-quoted literal in Python; hand-edited files have it.
        text.append(byte)
        position += 1
      }
      return false
    }

    /// Reads one escape, which starts at the backslash.
    mutating func escape(into text: inout [UInt8]) -> Bool {
      guard let kind = peek(1) else { return false }
      position += 2
      switch kind {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "a"): text.append(0x07)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "v"): text.append(0x0B)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): text.append(kind)
      case 0x0A: break
      case 0x0D: if peek() == 0x0A { position += 1 }
      case UInt8(ascii: "x"): return hexadecimal(2, into: &text)
      case UInt8(ascii: "u"): return hexadecimal(4, into: &text)
      case UInt8(ascii: "U"): return hexadecimal(8, into: &text)
      case UInt8(ascii: "N"): return named(into: &text)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        var value = UInt32(kind - UInt8(ascii: "0"))
        for _ in 0..<2 {
          guard let digit = peek(), (0x30...0x37).contains(digit) else { break }
          value = value * 8 + UInt32(digit - 0x30)
          position += 1
        }
        append(value, to: &text)
      default:
        // Python keeps the backslash of an escape it does not know.
        text.append(UInt8(ascii: "\\"))
        text.append(kind)
      }
      return true
    }

    mutating func digits(_ count: Int) -> UInt32? {
      var value: UInt32 = 0
      guard position + count <= bytes.count else { return nil }
      for offset in 0..<count {
        let byte = bytes[position + offset]
        switch byte {
        case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
        case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
        case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
        default: return nil
        }
      }
      position += count
      return value
    }

    mutating func hexadecimal(_ count: Int, into text: inout [UInt8]) -> Bool {
      guard let value = digits(count), value <= 0x10FFFF else { return false }
      // Two escaped surrogates make one character, as in text that passed through JSON.
      if (0xD800...0xDBFF).contains(value), peek() == UInt8(ascii: "\\"),
        peek(1) == UInt8(ascii: "u")
      {
        let start = position
        position += 2
        if let low = digits(4), (0xDC00...0xDFFF).contains(low) {
          append(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00), to: &text)
          return true
        }
        position = start
      }
      append(value, to: &text)
      return true
    }

    mutating func named(into text: inout [UInt8]) -> Bool {
      guard peek() == UInt8(ascii: "{") else { return false }
      var name = ""
      position += 1
      while let byte = peek(), byte != UInt8(ascii: "}") {
        guard byte < 0x80, name.utf8.count < 100 else { return false }
        name.unicodeScalars.append(Unicode.Scalar(byte))
        position += 1
      }
      guard peek() == UInt8(ascii: "}") else { return false }
      position += 1
      let wanted = name.uppercased()
      for value: UInt32 in 0...0x10FFFF {
        guard let scalar = Unicode.Scalar(value) else { continue }
        if scalar.properties.name == wanted || scalar.properties.nameAlias == wanted {
          append(value, to: &text)
          return true
        }
      }
      return false
    }

    /// Appends a character; a lone surrogate becomes the replacement character.
    func append(_ value: UInt32, to text: inout [UInt8]) {
      text.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    }
  }
}
