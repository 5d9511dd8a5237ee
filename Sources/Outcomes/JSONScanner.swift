import Files
import Foundation
import SIMDShim

/// Steps over JSON values; text and nesting are checked, and nothing is decoded.
struct JSONScanner {
  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int

  private static let depthLimit = 128

  init(_ bytes: UnsafeRawBufferPointer, at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Steps over white space, and in an array over what stands between its items.
  mutating func skipSpace(andCommas: Bool = false) {
    while let byte = peek {
      switch byte {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      case UInt8(ascii: ","), UInt8(ascii: "]"):
        if !andCommas { return }
        position += 1
      default: return
      }
    }
  }

  /// Steps to the next line feed.
  mutating func skipLine() {
    guard let base = bytes.baseAddress, position < bytes.count else { return }
    let found = memchr(base + position, 0x0A, bytes.count - position)
    position = found.map { UnsafeRawPointer($0) - base } ?? bytes.count
  }

  mutating func isAtLineEnd() -> Bool {
    while let byte = peek, byte == 0x20 || byte == 0x0D || byte == 0x09 { position += 1 }
    return peek == nil || peek == 0x0A
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  /// Steps over one value.
  mutating func scanValue(depth: Int) -> TextPlace? {
    guard depth < JSONScanner.depthLimit, let first = peek else { return nil }
    let start = position
    switch first {
    case UInt8(ascii: "\""): return scanString()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      position += 1
      let close = first + 2
      skipSpace()
      if !take(close) {
        while true {
          skipSpace()
          if first == UInt8(ascii: "{") {
            guard scanString() != nil else { return nil }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { return nil }
            skipSpace()
          }
          guard scanValue(depth: depth + 1) != nil else { return nil }
          skipSpace()
          if take(UInt8(ascii: ",")) { continue }
          guard take(close) else { return nil }
          break
        }
      }
      return place(from: start)
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null") == nil ? nil : .missing
    case UInt8(ascii: "N"): return word("NaN") == nil ? nil : .missing
    case UInt8(ascii: "I"): return word("Infinity")
    default: return scanNumber()
    }
  }

  private func place(from start: Int) -> TextPlace {
    TextPlace(offset: start, length: position - start, spelling: .plain)
  }

  private mutating func word(_ word: StaticString) -> TextPlace? {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[index]) else { return nil }
    }
    return place(from: start)
  }

  private mutating func scanNumber() -> TextPlace? {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if peek == UInt8(ascii: "I") {
      guard word("Infinity") != nil else { return nil }
      return place(from: start)
    }
    if take(UInt8(ascii: "0")) {
      if let byte = peek, (0x30...0x39).contains(byte) { return nil }
    } else if skipDigits() == 0 {
      return nil
    }
    if take(UInt8(ascii: ".")), skipDigits() == 0 { return nil }
    if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let sign = peek, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position += 1 }
      if skipDigits() == 0 { return nil }
    }
    return place(from: start)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
    return position - start
  }

  /// Steps over a string; the place is what stands between its quotes.
  mutating func scanString() -> TextPlace? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = position
    var spelling = TextPlace.Spelling.plain
    while position < bytes.count {
      skipCharacters()
      guard let byte = peek else { return nil }
      if byte == UInt8(ascii: "\"") {
        position += 1
        return TextPlace(offset: start, length: position - 1 - start, spelling: spelling)
      }
      if byte < 0x20 { return nil }
      position += 1
      guard byte == UInt8(ascii: "\\") else { continue }
      spelling = .escaped
      guard let escape = peek else { return nil }
      position += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
        UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        break
      case UInt8(ascii: "u"):
        guard JSONEscapes.hexadecimal(bytes, at: position) != nil else { return nil }
        position += 4
      default: return nil
      }
    }
    return nil
  }

  /// Steps over bytes that stand for themselves, 64 at a time; those near the end stay.
  @inline(__always)
  private mutating func skipCharacters() {
    guard let base = bytes.baseAddress else { return }
    while position + 64 <= bytes.count {
      let masks = json_masks(base + position)
      let stops = masks.quotes | masks.others
      if stops != 0 {
        position += stops.trailingZeroBitCount
        return
      }
      position += 64
    }
  }
}
