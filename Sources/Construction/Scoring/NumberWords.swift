/// Numbers that are written as English words, up to ninety-nine.
enum NumberWords {
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  /// The last one in a part of plain text.
  ///
  /// "one" alone is more often a pronoun, and is left to the other rules.
  static func last(in bytes: [UInt8], _ range: Range<Int>) -> NumberToken? {
    all(in: bytes, range).last { $0.values != [1] }
  }

  /// Those in a part of plain text, in order, "one" included.
  static func all(in bytes: [UInt8], _ range: Range<Int>) -> [NumberToken] {
    var found: [NumberToken] = []
    var start = range.lowerBound
    while start < range.upperBound {
      guard isWordByte(bytes[start]) else {
        start += 1
        continue
      }
      var stop = start
      while stop < range.upperBound, isWordByte(bytes[stop]) { stop += 1 }
      let word = String(decoding: bytes[start..<stop], as: UTF8.self).lowercased()
      if let value = value(of: word) {
        found.append(NumberToken(range: start..<stop, values: [Double(value)]))
      }
      start = stop
    }
    return found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "-")
  }

  static func value(of word: String) -> Int? {
    if let index = small.firstIndex(of: word) { return index }
    let parts = word.split(separator: "-").map(String.init)
    guard let first = parts.first, let ten = tens.firstIndex(of: first) else { return nil }
    let base = 10 * (ten + 2)
    if parts.count == 1 { return base }
    guard parts.count == 2, let unit = small[1..<10].firstIndex(of: parts[1]) else { return nil }
    return base + unit
  }
}
