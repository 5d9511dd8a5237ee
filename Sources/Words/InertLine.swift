/// One line of foreign text that no terminal acts on, made scalar by scalar.
///
/// Line breaks and tabs become spaces. What a terminal obeys, hides or reorders becomes U+FFFD: control
/// characters, marks of direction, zero widths, tags, noncharacters. Letters of every script, accents,
/// emoji and what joins them stay.
struct InertLine {
  /// More marks than any script stacks on one letter: a flood of them covers the lines around it.
  private static let mostMarks = 8

  private var result = String.UnicodeScalarView()
  private var marks = 0
  private var replaced = 0
  private var previous: Unicode.Scalar?

  static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var line = InertLine()
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let following = scalars.index(after: index)
      line.take(scalars[index], next: following < scalars.endIndex ? scalars[following] : nil)
      index = following
    }
    return String(line.result)
  }

  private mutating func take(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
    defer { previous = scalar }
    if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F { return keep(scalar) }
    switch scalar.value {
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: return keep(" ")
    case 0x200C, 0x200D: return joins(scalar, next) ? result.append(scalar) : replace()
    default: break
    }
    if Self.isMark(scalar) {
      marks += 1
      let isKept = marks <= Self.mostMarks && !isSecondSelector(scalar)
      return isKept ? result.append(scalar) : replace()
    }
    let properties = scalar.properties
    let isObeyed = properties.generalCategory == .control
    if isObeyed || properties.isDefaultIgnorableCodePoint || Self.hides(scalar)
      || properties.isNoncharacterCodePoint
    {
      return replace()
    }
    keep(scalar)
  }

  private mutating func keep(_ scalar: Unicode.Scalar) {
    (marks, replaced) = (0, 0)
    result.append(scalar)
  }

  private mutating func replace() {
    replaced += 1
    if replaced <= Self.mostMarks { result.append("\u{FFFD}") }
  }

  /// Whether a zero-width joiner or non-joiner does what it is for: it joins pictures, or stands between
  /// letters of a script that is written with it.
  private func joins(_ scalar: Unicode.Scalar, _ next: Unicode.Scalar?) -> Bool {
    guard let previous, let next else { return false }
    if scalar.value == 0x200D, next.properties.isEmoji, !next.isASCII {
      return previous.properties.isEmoji && !previous.isASCII || previous.value == 0xFE0F
    }
    return Self.isJoiningScript(previous) && Self.isJoiningScript(next)
  }

  /// Arabic to Khmer and Mongolian: the scripts that have joiners in their spelling.
  private static func isJoiningScript(_ scalar: Unicode.Scalar) -> Bool {
    (0x0600...0x109F).contains(scalar.value) || (0x1780...0x18AF).contains(scalar.value)
      || (0x1900...0x1CFF).contains(scalar.value) || (0xA840...0xABFF).contains(scalar.value)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark:
      // Of the marks without a shape, only selectors of a variant are worth something.
      !scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isVariationSelector
    default: false
    }
  }

  /// One selector picks a variant of a character; more of them carry hidden bytes.
  private func isSecondSelector(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isVariationSelector && (previous?.properties.isVariationSelector ?? true)
  }

  /// Marks of annotations, which terminals hide.
  private static func hides(_ scalar: Unicode.Scalar) -> Bool {
    (0xFFF9...0xFFFB).contains(scalar.value)
  }
}
