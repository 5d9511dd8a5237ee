/// Numbers, words and texts.
extension JSONReader {
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipSpace() {
    // NUL bytes are what a padded buffer ends with.
    while let byte = peek, byte <= 0x20 { position += 1 }
  }

  /// A number or a word; `nil` if it is neither.
  mutating func scalar() -> JSONValue? {
    let start = position
    while let byte = peek, Self.isPartOfScalar(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    switch text {
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    case "null", "None", "NULL", "nil", "undefined", "NaN", "nan", "-NaN", "-nan", "Infinity",
      "-Infinity", "+Infinity", "inf", "-inf":
      return .null
    default: break
    }
    let signs = [UInt8(ascii: "-"), UInt8(ascii: "+")]
    guard let first = text.utf8.first(where: { !signs.contains($0) }),
      (0x30...0x39).contains(first) || first == UInt8(ascii: ".")
    else { return nil }
    if let whole = Int(text) { return .integer(whole) }
    return Double(text).map { .number($0) }
  }

  private static func isPartOfScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Steps over a text that begins here; whether it ends.
  mutating func skipString() -> Bool {
    position += 1
    while let byte = peek {
      position += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") { position += 1 }
    }
    position = min(position, bytes.count)
    return false
  }

  /// The text that begins here; `nil` if it does not end.
  mutating func string() -> String? {
    let start = position + 1
    var escape: Int?
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\") {
        escape = escape ?? index
        index += 1
      }
      index += 1
    }
    guard index < bytes.count else {
      position = bytes.count
      return nil
    }
    position = index + 1
    guard let escape else { return String(decoding: bytes[start..<index], as: UTF8.self) }
    var text = [UInt8](bytes[start..<escape])
    text.reserveCapacity(index - start)
    Self.unescape(bytes[escape..<index], into: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func unescape(_ raw: Slice<UnsafeBufferPointer<UInt8>>, into text: inout [UInt8]) {
    var index = raw.startIndex
    while index < raw.endIndex {
      let byte = raw[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < raw.endIndex else {
        text.append(byte)
        continue
      }
      let escape = raw[index]
      index += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"):
        text.append(escape)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        guard let unit = codeUnit(raw, at: index) else {
          text += [UInt8(ascii: "\\"), escape]
          continue
        }
        index += 4
        var scalar = UInt32(unit)
        if (0xD800..<0xDC00).contains(unit), index + 6 <= raw.endIndex,
          raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u"),
          let low = codeUnit(raw, at: index + 2), (0xDC00..<0xE000).contains(low)
        {
          scalar = 0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(low - 0xDC00)
          index += 6
        }
        // A lone surrogate is half of a character that was cut off.
        text += Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
      default: text += [UInt8(ascii: "\\"), escape]
      }
    }
  }

  private static func codeUnit(_ raw: Slice<UnsafeBufferPointer<UInt8>>, at index: Int) -> UInt16? {
    guard index + 4 <= raw.endIndex else { return nil }
    var value: UInt16 = 0
    for byte in raw[index..<(index + 4)] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt16(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt16(byte - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt16(byte - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }
}
