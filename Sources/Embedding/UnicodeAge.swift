extension Unicode.Scalar {
  /// Whether the fast tokenizers' tables, which end with Unicode 16, know what the character is.
  ///
  /// To them a later letter is no letter; the standard library's tables are newer.
  var isInUnicode16: Bool { properties.age.map { $0.major <= 16 } ?? false }
}
