import Foundation

/// BERT's cleaning of text: control characters, white space, ideographs, case and accents.
///
/// - Source: equal to the `BertNormalizer` of Hugging Face's fast tokenizers.
struct TextCleaner: Sendable, Hashable {
  var cleans = true
  var separatesIdeographs = true
  var lowercases = true
  var stripsAccents = true

  /// The cleaned text's scalars.
  func cleaned(_ text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    var kept: [Unicode.Scalar] = []
    kept.reserveCapacity(text.underestimatedCount)
    var isASCII = true
    for scalar in text {
      if scalar.value >= 0x80 { isASCII = false }
      if cleans, scalar.value == 0xFFFD || Self.isControl(scalar) { continue }
      if cleans, Self.isSpace(scalar) {
        kept.append(" ")
      } else if separatesIdeographs, Self.isIdeograph(scalar) {
        kept.append(contentsOf: [" ", scalar, " "])
      } else {
        kept.append(scalar)
      }
    }
    if stripsAccents, !isASCII {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: kept)
      kept = String(view).decomposedStringWithCanonicalMapping.unicodeScalars.filter {
        $0.properties.generalCategory != .nonspacingMark
      }
    }
    return lowercases ? Self.lowercased(kept) : kept
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? scalar.value == 32 || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
  }

  /// Whether BERT splits at this character: all ASCII signs, and Unicode's punctuation.
  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
    case 0..<0x80: return false
    default: return isUnicodePunctuation(scalar)
    }
  }

  /// Whether Unicode says that it is punctuation, which not all ASCII signs are.
  static func isUnicodePunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  static func lowercased(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var lowered: [Unicode.Scalar] = []
    lowered.reserveCapacity(scalars.count)
    for scalar in scalars {
      if scalar.isASCII {
        let isUpper = (0x41...0x5A).contains(scalar.value)
        lowered.append(isUpper ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar)
      } else {
        lowered.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return lowered
  }

  /// Tabs and line ends are white space; unassigned characters are kept, as the original keeps them.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\t" || scalar == "\n" || scalar == "\r" { return false }
    if scalar.isASCII { return scalar.value < 32 || scalar.value == 127 }
    return switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .surrogate: true
    default: false
    }
  }

  /// The blocks that the fast tokenizers list; they begin extension E at 2B920, not 2B820.
  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
