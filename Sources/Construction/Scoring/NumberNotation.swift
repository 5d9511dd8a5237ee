import Foundation

/// Brings the ways of writing numbers to one, so that a scanner of bytes can read them.
///
/// Typographic signs and spaces, digits of other scripts, the commands of TeX, and the calculator
/// notes of GSM8K (`<<3*5=15>>`) go; what is left has the same numbers in the same order.
enum NumberNotation {
  static func plain(_ text: String) -> [UInt8] {
    var plain = ascii(text)
    if plain.contains("<<") {
      plain = plain.replacing(/<<[^<>\n]*(>>|$)/.anchorsMatchLineEndings(), with: "")
    }
    if plain.contains("{,}") { plain = plain.replacing("{,}", with: ",") }
    guard plain.contains("\\") else { return Array(plain.utf8) }
    for (command, meaning) in commands where plain.contains(command) {
      plain = plain.replacing(command, with: meaning)
    }
    for _ in 0..<3 {
      let opened = plain.replacing(wrapper, with: { $0.1 })
      if opened == plain { break }
      plain = opened
    }
    let text = plain
    plain = text.replacing(fraction) { match in
      // A space parts it from the whole number before, but not from its sign.
      let isSigned = text[..<match.range.lowerBound].last == "-"
      let over = match.1 ?? match.2 ?? "", under = match.3 ?? match.4 ?? ""
      return (isSigned ? "" : " ") + "\(over)/\(under)"
    }
    return Array(plain.utf8)
  }

  private static var fraction: Regex<(Substring, Substring?, Substring?, Substring?, Substring?)> {
    /\\[dtc]?frac\s*(?:\{\s*(-?[\d.,]+)\s*\}|(\d))\s*(?:\{\s*([\d.,]+)\s*\}|(\d))/
  }

  private static var wrapper: Regex<(Substring, Substring)> {
    /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mathsf|mbox|boldsymbol|bm|underline|emph|operatorname)\s*\{([^{}]*)\}/
  }

  private static let commands = [
    ("\\,", ""), ("\\!", ""), ("\\ ", " "), ("\\;", " "), ("\\:", " "), ("\\$", "$"),
    ("\\%", "%"), ("\\*", "*"), ("\\#", "#"), ("\\approx", "="), ("\\times", "×"),
    ("\\cdot", "×"), ("\\left", ""), ("\\right", ""), ("\\quad", " "), ("\\displaystyle", ""),
    ("\\fbox{", "\\boxed{"), ("boxed {", "boxed{"), ("\\(", " "), ("\\)", " "), ("\\[", " "),
    ("\\]", " "),
  ]

  /// Text with digits, signs, fractions and spaces as on a keyboard; other letters stay.
  private static func ascii(_ text: String) -> String {
    let old = Array(text.unicodeScalars)
    var new: [UnicodeScalar] = []
    new.reserveCapacity(old.count)
    for (index, scalar) in old.enumerated() {
      guard scalar.value >= 0x80 else {
        if isDigit(scalar), let last = new.last, parts(last, from: new.dropLast().last) {
          new.append(" ")
        }
        new.append(scalar)
        continue
      }
      if let digit = digit(scalar) {
        if let last = new.last, parts(last, from: new.dropLast().last) { new.append(" ") }
        new.append(digit)
        continue
      }
      switch scalar {
      case "\u{2212}", "\u{FE63}", "\u{FF0D}", "\u{2010}", "\u{2011}", "\u{02D7}", "\u{2796}":
        new.append("-")
      case "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}":
        new.append(
          isMinus(scalar, after: new, before: old.dropFirst(index + 1).first) ? "-" : scalar)
      case "\u{2009}", "\u{202F}", "\u{200A}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}",
        "\u{2060}"..."\u{2069}", "\u{FEFF}", "\u{00AD}":
        continue
      case "\u{00A0}", "\u{2002}"..."\u{2008}", "\u{3000}": new.append(" ")
      case "≈", "≃", "≅", "＝": new.append("=")
      case "€", "£", "¥", "₹", "＄", "￥", "￡", "₩", "₽": new.append("$")
      case "％", "٪": new.append("%")
      case "．", "٫": new.append(".")
      case "，", "٬": new.append(",")
      case "：": new.append(":")
      case "（": new.append("(")
      case "）": new.append(")")
      case "＋": new.append("+")
      case "。": new += [".", " "]
      case "’", "ʼ", "＇": new.append("'")
      case "\u{2044}", "／": new.append("/")
      case "·", "⋅", "∙", "✕", "✖": new.append("×")
      default:
        if let share = shares[scalar] {
          // The space parts it from a whole number, and not from its sign.
          new += share.unicodeScalars.dropFirst(new.last == "-" ? 1 : 0)
        } else if let power = superscripts[scalar], isPowerOfTen(new) {
          if isDigit(new.last ?? " "), !isRaised(new) { new.append("^") }
          new.append(power)
        } else {
          new.append(scalar)
        }
      }
    }
    return String(String.UnicodeScalarView(new))
  }

  private static let shares: [UnicodeScalar: String] = [
    "¼": " 1/4", "½": " 1/2", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "⅕": " 1/5", "⅖": " 2/5",
    "⅗": " 3/5", "⅘": " 4/5", "⅙": " 1/6", "⅚": " 5/6", "⅐": " 1/7", "⅛": " 1/8", "⅜": " 3/8",
    "⅝": " 5/8", "⅞": " 7/8", "⅑": " 1/9", "⅒": " 1/10",
  ]
  private static let superscripts: [UnicodeScalar: UnicodeScalar] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-",
  ]

  private static func isDigit(_ scalar: UnicodeScalar) -> Bool { ("0"..."9").contains(scalar) }

  /// The digit that a scalar of another script is; `nil` if it is none.
  private static func digit(_ scalar: UnicodeScalar) -> UnicodeScalar? {
    guard scalar.properties.generalCategory == .decimalNumber,
      let value = scalar.properties.numericValue
    else { return nil }
    return UnicodeScalar(UInt8(0x30 + value))
  }

  /// Whether a digit behind a scalar begins a number all the same, as behind a quote or "是".
  ///
  /// Letters that words of Latin, Greek and Cyrillic are made of go on with it, and so does a range.
  private static func parts(_ last: UnicodeScalar, from earlier: UnicodeScalar?) -> Bool {
    guard last.value >= 0x80, last != "×" else { return false }
    if ("\u{2012}"..."\u{2015}").contains(last) { return !isDigit(earlier ?? " ") }
    return !(last.properties.isAlphabetic && last.value < 0x0590) && last != "\u{0301}"
  }

  /// Whether a dash is a minus sign: right before a number, and not between two.
  private static func isMinus(
    _ dash: UnicodeScalar, after before: [UnicodeScalar], before next: UnicodeScalar?
  ) -> Bool {
    guard let next, isDigit(next) || next == "." || next == "$" || next == "€" || next == "£"
    else { return false }
    if dash == "\u{2014}" || dash == "\u{2015}" { return before.last { $0 != " " } == "=" }
    return before.last.map { " (=:$[{|\"'\n<>".unicodeScalars.contains($0) } ?? true
  }

  private static func isPowerOfTen(_ before: [UnicodeScalar]) -> Bool {
    let base = before.suffix(while: { isDigit($0) || $0 == "^" || $0 == "-" })
    return base == ["1", "0"] || base.starts(with: ["1", "0", "^"])
  }

  private static func isRaised(_ before: [UnicodeScalar]) -> Bool {
    before.suffix(while: { isDigit($0) || $0 == "^" || $0 == "-" }).contains("^")
  }
}

extension [UnicodeScalar] {
  /// The longest end whose elements all pass.
  fileprivate func suffix(while passes: (UnicodeScalar) -> Bool) -> ArraySlice<UnicodeScalar> {
    guard let last = lastIndex(where: { !passes($0) }) else { return self[...] }
    return self[(last + 1)...]
  }
}
