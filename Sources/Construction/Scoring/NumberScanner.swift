import Foundation

/// Finds the numbers in text as people write them.
///
/// Signs, currencies, thousands separators, decimals, powers, fractions, mixed numbers, percentages,
/// magnitudes in words or letters, times of day. A number inside a word ("H2O") is none, and neither is
/// the exponent of a unit ("cm^2") or an index.
struct NumberScanner {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The numbers of a part of plain text, in order.
  static func tokens(in bytes: [UInt8], _ range: Range<Int>? = nil) -> [NumberToken] {
    var scanner = NumberScanner(bytes, range ?? 0..<bytes.count)
    var tokens: [NumberToken] = []
    while let token = scanner.next() { tokens.append(token) }
    return tokens
  }

  private func byte(_ index: Int) -> UInt8? { index >= 0 && index < end ? bytes[index] : nil }

  private func isDigit(_ index: Int) -> Bool {
    byte(index).map { (0x30...0x39).contains($0) } ?? false
  }

  private func isLetter(_ index: Int) -> Bool {
    byte(index).map { (0x41...0x5A).contains($0 & 0xDF) || $0 >= 0x80 } ?? false
  }

  private func digits(from start: Int) -> Int {
    var index = start
    while isDigit(index) { index += 1 }
    return index - start
  }

  private mutating func next() -> NumberToken? {
    while position < end {
      let isPoint = byte(position) == UInt8(ascii: ".") && !isDigit(position - 1)
      guard isDigit(position) || (isPoint && isDigit(position + 1)) else {
        position += 1
        continue
      }
      if isRaised(position) {
        position += digits(from: position)
        continue
      }
      let before = byte(position - 1)
      if isLetter(position - 1) && !follows(times: position) || before == UInt8(ascii: "_") {
        while isDigit(position) || isLetter(position) { position += 1 }
        if byte(position) == UInt8(ascii: "."), isDigit(position + 1) {
          position += 1 + digits(from: position + 1)
        }
        position = max(position, 1)
        continue
      }
      return token()
    }
    return nil
  }

  /// Whether a multiplication sign, which is no letter, stands before.
  private func follows(times index: Int) -> Bool {
    byte(index - 1) == 0x97 && byte(index - 2) == 0xC3
  }

  /// Whether digits are the exponent of what is no number, or an index.
  private func isRaised(_ index: Int) -> Bool {
    let mark = byte(index - 1) == UInt8(ascii: "{") ? byte(index - 2) : byte(index - 1)
    return mark == UInt8(ascii: "^") || mark == UInt8(ascii: "_") && byte(index - 1) != mark
  }

  /// The sign and the currency before a number: where they begin, and whether it is below zero.
  private func sign(before start: Int) -> (start: Int, isNegative: Bool) {
    var index = start
    var isNegative = false
    for _ in 0..<2 {
      if byte(index - 1) == UInt8(ascii: "$") { index -= 1 }
      guard !isNegative, byte(index - 1) == UInt8(ascii: "-") else { continue }
      // "5-3" and "(a)-3" are differences, "room-3" is a name; "5 -3" is a difference too.
      var earlier = index - 2
      let isApart = byte(earlier) == 0x20
      while byte(earlier) == 0x20 { earlier -= 1 }
      if isDigit(earlier) || byte(earlier) == UInt8(ascii: ")") || byte(earlier) == 0x2D { break }
      if isLetter(earlier) && !isApart { break }
      isNegative = true
      index -= 1
    }
    if !isNegative, let word = SignWord.start(before: index, in: bytes) { return (word, true) }
    if !isNegative, byte(index - 1) == 0x20, byte(index - 2) == UInt8(ascii: "-") {
      // "x = - 7"; elsewhere a dash with a space is a bullet or a difference.
      var earlier = index - 3
      while byte(earlier) == 0x20 { earlier -= 1 }
      if byte(earlier) == UInt8(ascii: "=") { return (index - 2, true) }
    }
    return (index, isNegative)
  }

  /// Reads groups of three digits behind an apostrophe, a low line or a space.
  ///
  /// - Returns: The digits of the groups; `nil` if there are none.
  private mutating func groups(from start: Int) -> String? {
    guard let mark = byte(position), [0x20, 0x27, 0x5F].contains(mark), bytes[start] != 0x30
    else { return nil }
    var index = position
    var text = ""
    while byte(index) == mark, digits(from: index + 1) == 3 {
      text += String(decoding: bytes[(index + 1)..<(index + 4)], as: UTF8.self)
      index += 4
    }
    guard !text.isEmpty else { return nil }
    if mark == 0x20 {
      // "7 8 900" is a list, and "3 500-gram bags" counts bags.
      let isListed =
        byte(start - 1) == 0x20 && (isDigit(start - 2) || byte(start - 2) == UInt8(ascii: ","))
      let goesOn = byte(index) == 0x20 && isDigit(index + 1)
      let isCompound = byte(index) == 0x2D || byte(index) == 0x2F || byte(index) == 0x3A
      guard !isListed, !goesOn, !isCompound else { return nil }
    }
    position = index
    return text
  }

  /// Reads digits with their separators and decimals; the position is left behind them.
  private mutating func magnitude() -> Double {
    let start = position
    var whole = digits(from: position)
    position += whole
    var text = String(decoding: bytes[start..<position], as: UTF8.self)
    if (1...3).contains(whole) {
      var isGrouped = false
      while byte(position) == UInt8(ascii: ","), [2, 3].contains(digits(from: position + 1)) {
        let length = digits(from: position + 1)
        // Groups of two are Indian, and end in one of three.
        if length == 2 {
          var after = position + 3
          while byte(after) == UInt8(ascii: ","), digits(from: after + 1) == 2 { after += 3 }
          guard byte(after) == UInt8(ascii: ","), digits(from: after + 1) == 3 else { break }
        }
        text += String(decoding: bytes[(position + 1)..<(position + 1 + length)], as: UTF8.self)
        position += 1 + length
        isGrouped = true
      }
      if !isGrouped, let value = continental(whole: text) { return value }
      if !isGrouped, let more = groups(from: start) {
        text += more
        if let share = commaDecimals(from: position, isMoney: true) { text += share }
      }
    }
    if whole > 0, let share = commaDecimals(from: position, isMoney: isMoney(start)) {
      text += share
    }
    whole = digits(from: position + 1)
    if byte(position) == UInt8(ascii: "."), whole > 0 {
      text += "." + String(decoding: bytes[(position + 1)..<(position + 1 + whole)], as: UTF8.self)
      position += 1 + whole
    }
    if let mark = byte(position), mark | 0x20 == UInt8(ascii: "e") {
      let isSigned = byte(position + 1) == 0x2B || byte(position + 1) == 0x2D
      let length = digits(from: position + (isSigned ? 2 : 1))
      let after = position + (isSigned ? 2 : 1) + length
      if length > 0, !isLetter(after) {
        text += String(decoding: bytes[position..<after], as: UTF8.self)
        position = after
      }
    }
    return Double(text.hasPrefix(".") ? "0" + text : text) ?? .nan
  }

  /// ",50" behind money or thousands, where a comma before two digits parts nothing else.
  private mutating func commaDecimals(from index: Int, isMoney: Bool) -> String? {
    guard byte(index) == UInt8(ascii: ","), digits(from: index + 1) == 2 else { return nil }
    var after = index + 3
    if byte(after) == 0x20 { after += 1 }
    guard isMoney || byte(after) == UInt8(ascii: "$"), byte(index + 3) != UInt8(ascii: ",")
    else { return nil }
    position = index + 3
    return "." + String(decoding: bytes[(index + 1)..<(index + 3)], as: UTF8.self)
  }

  private func isMoney(_ start: Int) -> Bool { byte(start - 1) == UInt8(ascii: "$") }

  /// "1.234,50" and "1.234.567": points between thousands, where that is the only reading.
  private mutating func continental(whole: String) -> Double? {
    var text = whole
    var index = position
    var groups = 0
    while byte(index) == UInt8(ascii: "."), digits(from: index + 1) == 3 {
      text += String(decoding: bytes[(index + 1)..<(index + 4)], as: UTF8.self)
      index += 4
      groups += 1
    }
    let length = digits(from: index + 1)
    let hasComma = byte(index) == UInt8(ascii: ",") && (1...2).contains(length)
    guard groups > 1 || (groups == 1 && hasComma) else { return nil }
    if hasComma {
      text += "." + String(decoding: bytes[(index + 1)..<(index + 1 + length)], as: UTF8.self)
      index += 1 + length
    }
    position = index
    return Double(text)
  }

  private mutating func token() -> NumberToken {
    let (start, isNegative) = sign(before: position)
    var value = magnitude()
    var isFraction = false
    if byte(position) == UInt8(ascii: ":"), digits(from: position + 1) == 2 {
      // A time of day is a number only on the hour.
      let minutes = bytes[(position + 1)..<(position + 3)]
      position += 3
      let isWhole = minutes.allSatisfy { $0 == 0x30 }
      return NumberToken(range: start..<position, values: isWhole ? [value] : [])
    }
    if let (share, after) = fraction(from: position, over: value) {
      (value, position, isFraction) = (share, after, true)
    } else if value == value.rounded(), let (share, after) = mixedPart(from: position) {
      (value, position, isFraction) = (value + share, after, true)
    }
    if let power = powerOfTen() { value *= pow(10, power) }
    if let exponent = exponent() { value = pow(value, exponent) }
    if isNegative { value = -value }
    var values = [value]
    if let (factor, after) = magnitudeWord() {
      values.append(value * factor)
      position = after
    }
    var isOrdinal = false
    if follows("%", from: position) || follows(" %", from: position) {
      position += byte(position) == 0x20 ? 2 : 1
      values.append(value / 100)
    } else if follows(" percent", from: position) {
      values.append(value / 100)
    } else if ["st", "nd", "rd", "th"].contains(where: { follows($0, from: position) }),
      !isLetter(position + 2)
    {
      isOrdinal = true
      position += 2
    }
    // Bookkeepers write a loss in brackets; the same brackets may be an aside.
    if !isNegative, byte(position) == UInt8(ascii: ")"), isLoss(start) { values.append(-value) }
    return NumberToken(
      range: start..<position, values: values, isFraction: isFraction, isOrdinal: isOrdinal)
  }

  /// Whether a bracket opens right before an amount of money: "($1,234.50)", "$(12.00)", "(12.00)".
  private func isLoss(_ start: Int) -> Bool {
    guard byte(start - 1) == UInt8(ascii: "(") else { return false }
    let hasCents =
      byte(position - 3) == UInt8(ascii: ".") && isDigit(position - 1) && isDigit(position - 2)
    return byte(start) == UInt8(ascii: "$") || byte(start - 2) == UInt8(ascii: "$") || hasCents
  }

  /// "^10" or "^{10}" after a number.
  private mutating func exponent() -> Double? {
    guard byte(position) == UInt8(ascii: "^") else { return nil }
    let isBraced = byte(position + 1) == UInt8(ascii: "{")
    var index = position + (isBraced ? 2 : 1)
    let isNegative = byte(index) == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let length = digits(from: index)
    guard (1...3).contains(length), !isBraced || byte(index + length) == UInt8(ascii: "}"),
      let power = Double(String(decoding: bytes[index..<(index + length)], as: UTF8.self))
    else { return nil }
    position = index + length + (isBraced ? 1 : 0)
    return isNegative ? -power : power
  }

  private func follows(_ word: String, from index: Int) -> Bool {
    var index = index
    for letter in word.utf8 {
      guard let found = byte(index) else { return false }
      if found != letter && found | 0x20 != letter { return false }
      index += 1
    }
    return true
  }

  /// "/4" after a number, unless it is a date.
  private func fraction(from index: Int, over value: Double) -> (Double, Int)? {
    guard byte(index) == UInt8(ascii: "/") else { return nil }
    let length = digits(from: index + 1)
    let after = index + 1 + length
    guard length > 0, byte(after) != UInt8(ascii: "/"),
      !(byte(after) == UInt8(ascii: ".") && isDigit(after + 1)),
      let under = Double(String(decoding: bytes[(index + 1)..<after], as: UTF8.self)), under != 0
    else { return nil }
    return (value / under, after)
  }

  /// " 1/2" after a whole number.
  private func mixedPart(from index: Int) -> (Double, Int)? {
    var start = index
    while byte(start) == 0x20 || follows("and ", from: start) {
      start += byte(start) == 0x20 ? 1 : 4
    }
    let length = digits(from: start)
    guard start > index, (1...2).contains(length),
      let over = Double(String(decoding: bytes[start..<(start + length)], as: UTF8.self)),
      let (share, after) = fraction(from: start + length, over: over), share < 1
    else { return nil }
    return (share, after)
  }

  /// "× 10^6" and its spellings; the exponent.
  private mutating func powerOfTen() -> Double? {
    var index = position
    while byte(index) == 0x20 { index += 1 }
    if byte(index) == 0xC3, byte(index + 1) == 0x97 {
      index += 2
    } else if byte(index) == UInt8(ascii: "*") || byte(index) == UInt8(ascii: "x") {
      index += 1
    } else {
      return nil
    }
    while byte(index) == 0x20 { index += 1 }
    guard follows("10^", from: index) else { return nil }
    index += 3
    let isBraced = byte(index) == UInt8(ascii: "{")
    if isBraced { index += 1 }
    let isNegative = byte(index) == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let length = digits(from: index)
    guard (1...3).contains(length),
      let power = Double(String(decoding: bytes[index..<(index + length)], as: UTF8.self))
    else { return nil }
    position = index + length
    if isBraced, byte(position) == UInt8(ascii: "}") { position += 1 }
    return isNegative ? -power : power
  }

  private static let magnitudes: [(word: String, factor: Double)] = [
    ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12), ("k", 1e3),
    ("m", 1e6), ("b", 1e9), ("万", 1e4), ("萬", 1e4), ("億", 1e8), ("亿", 1e8), ("만", 1e4),
  ]

  /// "million" or "k" after a number.
  private func magnitudeWord() -> (Double, Int)? {
    for (word, factor) in NumberScanner.magnitudes {
      // A lone letter stands close by; M after a space is metres or a name.
      let start = word.utf8.count > 1 && byte(position) == 0x20 ? position + 1 : position
      let after = start + word.utf8.count
      let isWord = word.utf8.first.map { $0 < 0x80 } ?? true
      if follows(word, from: start), !isWord || !isLetter(after), !isDigit(after) {
        return (factor, after)
      }
    }
    return nil
  }
}
