/// The escapes of JSON strings.
package enum JSONEscapes {
  /// Decodes what stands between the quotes; the escapes were checked when the string was scanned.
  package static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == UInt8(ascii: "\\"), position + 1 < bytes.count else {
        text.append(byte)
        position += 1
        continue
      }
      let kind = bytes[position + 1]
      position += 2
      switch kind {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "u"):
        guard var value = hexadecimal(bytes, at: position) else { continue }
        position += 4
        if (0xD800...0xDBFF).contains(value), position + 1 < bytes.count,
          bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u"),
          let low = hexadecimal(bytes, at: position + 2), (0xDC00...0xDFFF).contains(low)
        {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          position += 6
        }
        // Half a pair is no character.
        text.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
      default: text.append(kind)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The number that four hexadecimal digits spell, or nil for anything else.
  package static func hexadecimal(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<(start + 4)] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }
}
