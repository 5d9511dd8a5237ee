/// Numbers that are written as English words, such as "twenty-one" and "a hundred and five".
enum NumberWords {
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  private static let factors = [
    "dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000,
  ]

  private struct Word {
    let text: String
    let range: Range<Int>
    let value: Int?
  }

  /// The last one in a part of plain text.
  ///
  /// "one" alone is more often a pronoun, and is left to the other rules.
  static func last(in bytes: [UInt8], _ range: Range<Int>) -> NumberToken? {
    all(in: bytes, range).last { $0.values != [1] }
  }

  /// Those in a part of plain text, in order, "one" included.
  static func all(in bytes: [UInt8], _ range: Range<Int>) -> [NumberToken] {
    let words = words(in: bytes, range)
    var found: [NumberToken] = []
    var index = 0
    while index < words.count {
      guard let (value, next) = number(at: index, of: words, in: bytes) else {
        index += 1
        continue
      }
      let start = words[index].range.lowerBound
      let sign = SignWord.start(before: start, in: bytes)
      found.append(
        NumberToken(
          range: (sign ?? start)..<words[next - 1].range.upperBound,
          values: [Double(sign == nil ? value : -value)]))
      index = next
    }
    return found
  }

  private static func words(in bytes: [UInt8], _ range: Range<Int>) -> [Word] {
    var words: [Word] = []
    var start = range.lowerBound
    while start < range.upperBound {
      guard isWordByte(bytes[start]) else {
        start += 1
        continue
      }
      var stop = start
      while stop < range.upperBound, isWordByte(bytes[stop]) { stop += 1 }
      let text = String(decoding: bytes[start..<stop].prefix(24), as: UTF8.self).lowercased()
      words.append(Word(text: text, range: start..<stop, value: value(of: text)))
      start = stop
    }
    return words
  }

  /// The number that begins with a word, and the place behind its last one.
  private static func number(
    at first: Int, of words: [Word], in bytes: [UInt8]
  ) -> (value: Int, next: Int)? {
    func factor(_ index: Int) -> Int? {
      index < words.count && isJoined(words, index - 1, index, in: bytes)
        ? factors[words[index].text] : nil
    }
    var index = first + 1
    // What is summed up in thousands, and the part below a thousand.
    var total = 0
    var part: Int
    if let value = words[first].value {
      part = value
    } else if words[first].text == "a", factor(index) != nil {
      part = 1
    } else {
      return nil
    }
    while index < words.count, total < 1_000_000_000_000, part < 1_000_000 {
      if let factor = factor(index) {
        if factor <= 100 { part *= factor } else { (total, part) = (total + part * factor, 0) }
        index += 1
        if factor == 12 { break }
        continue
      }
      let isAnd = words[index].text == "and" && (part >= 100 || total > 0)
      let next = index + (isAnd ? 1 : 0)
      guard next < words.count, isJoined(words, index - 1, next, in: bytes),
        let value = words[next].value, value > 0, fits(value, behind: part, total)
      else { break }
      part += value
      index = next + 1
    }
    return (total + part, index)
  }

  /// Whether a number goes on with a smaller part, as "twenty one" does and "five six" does not.
  private static func fits(_ value: Int, behind part: Int, _ total: Int) -> Bool {
    if part == 0 { return total > 0 }
    if part >= 100 { return part.isMultiple(of: 100) && value < 100 }
    return (20...90).contains(part) && part.isMultiple(of: 10) && value < 10
  }

  /// Whether nothing but space and "and" stands between two words.
  private static func isJoined(
    _ words: [Word], _ first: Int, _ second: Int, in bytes: [UInt8]
  ) -> Bool {
    (first..<second).allSatisfy { place in
      bytes[words[place].range.upperBound..<words[place + 1].range.lowerBound].allSatisfy {
        $0 == 0x20
      }
    }
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
