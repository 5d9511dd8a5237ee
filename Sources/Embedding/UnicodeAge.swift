extension Unicode.Scalar {
  /// Whether the fast tokenizers' tables, which end with Unicode 16, know what the character is.
  ///
  /// To them a later letter is no letter; the standard library's tables are newer.
  var isInUnicode16: Bool { properties.age.map { $0.major <= 16 } ?? false }

  /// Whether regular expressions take it for a letter.
  var isLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      isInUnicode16
    default: false
    }
  }

  /// Whether it is a digit or stands for a number in another way.
  var isNumber: Bool {
    switch properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: isInUnicode16
    default: false
    }
  }

  /// Whether it belongs to words in the sense of regular expressions.
  var isWordCharacter: Bool {
    guard isInUnicode16 else { return false }
    if properties.isAlphabetic || properties.isJoinControl { return true }
    return switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      true
    default: false
    }
  }
}
