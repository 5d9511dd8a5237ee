/// Where a text lies in some bytes, and how it is spelled there; nothing is decoded until it is
/// asked for.
@usableFromInline
package struct TextPlace: Sendable {
  /// How the bytes spell the text.
  @usableFromInline
  package enum Spelling: UInt8, Sendable {
    /// There is no text.
    case missing
    /// UTF-8 as it stands.
    case plain
    /// CSV between quotes, quotes in it doubled.
    case doubledQuotes
    /// A JSON string with escapes, which were checked when the string was found.
    case escaped
  }

  /// The first byte.
  @usableFromInline package let offset: Int
  @usableFromInline let word: UInt64

  /// A place in some bytes.
  @inlinable
  package init(offset: Int, length: Int, spelling: Spelling) {
    self.offset = offset
    word = UInt64(truncatingIfNeeded: length) << 8 | UInt64(spelling.rawValue)
  }

  /// No text.
  @inlinable package static var missing: TextPlace {
    TextPlace(offset: 0, length: 0, spelling: .missing)
  }

  /// How many bytes spell the text.
  @inlinable package var length: Int { Int(word >> 8) }

  /// Whether there is no text.
  @inlinable package var isMissing: Bool { word & 0xFF == 0 }

  /// Whether the text is missing or has no character.
  @inlinable package var isEmpty: Bool { word >> 8 == 0 }

  /// How the bytes spell the text.
  package var spelling: Spelling { Spelling(rawValue: UInt8(word & 0xFF)) ?? .missing }

  /// Whether the bytes are the text.
  @inlinable package var isPlain: Bool { word & 0xFF == 1 }

  /// The bytes as they are spelled.
  ///
  /// - Precondition: The place lies in the bytes.
  @inlinable
  package func bytes(in whole: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    precondition(
      offset >= 0 && offset <= whole.count && length <= whole.count - offset,
      "A text lies outside its bytes.")
    return UnsafeRawBufferPointer(rebasing: whole[offset..<(offset + length)])
  }

  /// The text, or nil where there is none; invalid UTF-8 is repaired.
  package func text(in whole: UnsafeRawBufferPointer) -> String? {
    switch spelling {
    case .missing: nil
    case .plain: String(decoding: bytes(in: whole), as: UTF8.self)
    case .escaped: JSONEscapes.decode(bytes(in: whole))
    case .doubledQuotes: Self.halvingQuotes(bytes(in: whole))
    }
  }

  private static func halvingQuotes(_ bytes: UnsafeRawBufferPointer) -> String {
    String(unsafeUninitializedCapacity: bytes.count) { target in
      var count = 0
      var wasQuote = false
      for byte in bytes {
        if byte == UInt8(ascii: "\""), !wasQuote {
          wasQuote = true
          continue
        }
        wasQuote = false
        target[count] = byte
        count += 1
      }
      return count
    }
  }
}
