import Foundation

extension PromptText {
  /// The text with differences removed that do not make another prompt.
  ///
  /// Compatibility forms are unified (NFKC), case is folded and runs of white space become one space;
  /// two prompts whose normalised texts are equal are near-duplicates.
  public var normalised: String {
    text.precomposedStringWithCompatibilityMapping.lowercased()
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
