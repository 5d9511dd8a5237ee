import Files

/// A list of texts in a native file, decoded one by one when asked for.
struct NativeTexts {
  private let bytes: UnsafeRawBufferPointer
  let count: Int

  /// Checks that every text lies in the section; nil where one does not.
  ///
  /// - Precondition: The section has room for `count` ends.
  init?(_ section: UnsafeRawBufferPointer, count: Int) {
    guard count <= section.count / 8 else { return nil }
    bytes = section
    self.count = count
    let limit = UInt64(section.count - count * 8)
    var previous: UInt64 = 0
    for index in 0..<count {
      let end = section.word(at: index * 8) & ~NativeLayout.missingBit
      guard end >= previous, end <= limit else { return nil }
      previous = end
    }
  }

  subscript(index: Int) -> String? {
    let word = bytes.word(at: index * 8)
    if word & NativeLayout.missingBit != 0 { return nil }
    let base = count * 8
    let start = index == 0 ? 0 : Int(bytes.word(at: index * 8 - 8) & ~NativeLayout.missingBit)
    return String(decoding: bytes[(base + start)..<(base + Int(word))], as: UTF8.self)
  }

  /// One text of a list whose other texts are not looked at; the outer nil means it lies outside.
  static func one(
    _ index: Int, of count: Int, in section: UnsafeRawBufferPointer
  ) -> String?? {
    guard count <= section.count / 8 else { return nil }
    let word = section.word(at: index * 8)
    let start = index == 0 ? 0 : section.word(at: index * 8 - 8) & ~NativeLayout.missingBit
    let end = word & ~NativeLayout.missingBit
    guard start <= end, end <= UInt64(section.count - count * 8) else { return nil }
    if word & NativeLayout.missingBit != 0 { return .some(nil) }
    let base = count * 8
    return String(decoding: section[(base + Int(start))..<(base + Int(end))], as: UTF8.self)
  }

  /// Where the texts lie in the file, whose byte at `offset` is the section's first.
  func places(at offset: Int) -> [TextPlace] {
    var start = offset + count * 8
    return (0..<count).map { index in
      let word = bytes.word(at: index * 8)
      let end = offset + count * 8 + Int(word & ~NativeLayout.missingBit)
      defer { start = end }
      return word & NativeLayout.missingBit != 0
        ? .missing : TextPlace(offset: start, length: end - start, spelling: .plain)
    }
  }

  /// All texts; a missing one is empty.
  func strings() -> [String] { (0..<count).map { self[$0] ?? "" } }
}
