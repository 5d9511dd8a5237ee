/// The printable character that stands for each byte in the files of a byte-level vocabulary.
///
/// Printable Latin-1 characters stand for themselves; the others are moved behind U+0100 in order.
///
/// - Source: GPT-2's `bytes_to_unicode`.
enum ByteAlphabet {
  /// One character for each of the 256 bytes.
  static let characters: [Unicode.Scalar] = {
    var moved: UInt32 = 0x100
    return (UInt8.min...UInt8.max).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(byte)
      default:
        defer { moved += 1 }
        return Unicode.Scalar(moved) ?? "\u{FFFD}"
      }
    }
  }()

  private static let bytes = Dictionary(
    uniqueKeysWithValues: zip(characters, UInt8.min...UInt8.max))

  /// The bytes that a token's characters stand for; `nil` if one stands for none.
  static func bytes(of token: some Sequence<UInt8>) -> [UInt8]? {
    var found: [UInt8] = []
    for scalar in String(decoding: Array(token), as: UTF8.self).unicodeScalars {
      guard let byte = bytes[scalar] else { return nil }
      found.append(byte)
    }
    return found
  }
}
