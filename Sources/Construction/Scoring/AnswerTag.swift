import Foundation

/// The tags that prompts ask for around an answer, such as `<answer>B</answer>`.
enum AnswerTag {
  /// What stands in the last three tags, the last first; a text that was stopped at the closing tag counts too.
  static func contents(of text: String) -> [Substring] {
    guard text.contains("<") || text.contains("[") else { return [] }
    return text.matches(of: opening).suffix(3).reversed().compactMap { match in
      let rest = text[match.range.upperBound...]
      let end = rest.firstMatch(of: closing)?.range.lowerBound
      // Without an end only what is short and last: a mention of the tag is followed by more.
      guard let end else { return rest.contains("\n") || rest.utf8.count > 200 ? nil : rest }
      return rest[..<end]
    }.filter { $0.contains { !$0.isWhitespace } }
  }

  /// What stands in one pair of tags that is all there is; `nil` if there is more or less.
  static func wholeContent(of text: String) -> String? {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let match = text.prefixMatch(of: opening),
      let end = text.matches(of: closing).last, end.range.upperBound == text.endIndex,
      match.range.upperBound <= end.range.lowerBound
    else { return nil }
    return text[match.range.upperBound..<end.range.lowerBound].trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  private static var opening: Regex<Substring> {
    /(?i)<\s*(?:(?:final|correct|your|my)[ _-]?)?(?:answer|choice|option|solution|response|result|output|final)(?:\s[^<>\n]{0,60})?>|\[(?:final[ _-]?)?answer\]|<\|begin_of_(?:solution|box|answer)\|>|<\|START_RESPONSE\|>/
  }

  private static var closing: Regex<Substring> {
    /(?i)<\s*\/\s*(?:(?:final|correct|your|my)[ _-]?)?(?:answer|choice|option|solution|response|result|output|final)\s*>|\[\/(?:final[ _-]?)?answer\]|<\|end_of_(?:solution|box|answer)\|>|<\|END_RESPONSE\|>/
  }
}
