/// The words "negative" and "minus" before a number.
enum SignWord {
  /// Where the word begins that makes the number behind it negative; `nil` if there is none.
  ///
  /// "x is minus 7" is a sign, "10 minus 7" a difference.
  static func start(before index: Int, in bytes: [UInt8]) -> Int? {
    var end = index
    while end > 0, bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: "*") { end -= 1 }
    guard end < index else { return nil }
    let word = word(before: end, in: bytes)
    let start = end - word.utf8.count
    if word == "negative" { return start > 0 && bytes[start - 1] == 0x2D ? nil : start }
    guard word == "minus" else { return nil }
    var earlier = start
    while earlier > 0, bytes[earlier - 1] == 0x20 { earlier -= 1 }
    guard earlier > 0, earlier < start || !isLetter(bytes[earlier - 1]) else {
      return earlier == 0 ? start : nil
    }
    let before = self.word(before: earlier, in: bytes)
    if before.isEmpty { return "=:(,.\n\"".utf8.contains(bytes[earlier - 1]) ? start : nil }
    return links.contains(before) ? start : nil
  }

  private static let links: Set<String> = [
    "is", "be", "was", "are", "equals", "equal", "to", "of", "gives", "get", "answer", "at", "or",
    "becomes", "by", "exactly", "about", "it's", "that's", "than",
  ]

  private static func word(before end: Int, in bytes: [UInt8]) -> String {
    var start = end
    while start > 0, end - start < 12, isLetter(bytes[start - 1]) || bytes[start - 1] == 0x27 {
      start -= 1
    }
    return String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
