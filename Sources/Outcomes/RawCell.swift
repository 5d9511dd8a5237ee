/// The place of one cell in a file's bytes, and how to decode it.
struct RawCell {
  enum Kind: UInt8 {
    case missing
    /// Bytes as they stand.
    case plain
    /// CSV text between quotes, quotes in it doubled.
    case doubledQuotes
    /// A JSON string with escapes.
    case escaped
  }

  var offset: Int
  var length: UInt32
  var kind: Kind

  static let missing = RawCell(offset: 0, length: 0, kind: .missing)

  private func bytes(in file: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file[offset..<(offset + Int(length))])
  }

  func number(in file: UnsafeRawBufferPointer) -> NumberCell {
    switch kind {
    case .missing: .missing
    case .plain: parseNumber(bytes(in: file))
    case .doubledQuotes, .escaped:
      Array((text(in: file) ?? "").utf8).withUnsafeBytes(parseNumber)
    }
  }

  func text(in file: UnsafeRawBufferPointer) -> String? {
    switch kind {
    case .missing: return nil
    case .plain: return String(decoding: bytes(in: file), as: UTF8.self)
    case .escaped: return JSONString.decode(bytes(in: file))
    case .doubledQuotes:
      var text: [UInt8] = []
      text.reserveCapacity(Int(length))
      var wasQuote = false
      for byte in bytes(in: file) {
        if byte == UInt8(ascii: "\""), !wasQuote {
          wasQuote = true
          continue
        }
        wasQuote = false
        text.append(byte)
      }
      return String(decoding: text, as: UTF8.self)
    }
  }
}
