/// Tokens that stand for themselves where they are written out in a text.
///
/// - Source: equal to the added tokens of Hugging Face's fast tokenizers.
struct AddedTokens: Sendable {
  typealias Text = ArraySlice<Unicode.Scalar>

  struct Token: Sendable, Hashable {
    let text: [Unicode.Scalar]
    let id: Int32
    /// Whether it is looked for in the cleaned text rather than the raw one.
    var isCleaned = false
    /// Whether white space before it belongs to it.
    var takesSpaceBefore = false
    /// Whether white space after it belongs to it.
    var takesSpaceAfter = false
    /// Whether it is left alone inside of a word.
    var isWholeWord = false
    /// Whether it is a mark for the network rather than text.
    var isMark = true
  }

  /// By their first character, the longest first.
  private let tokens: [Unicode.Scalar: [Token]]

  init(_ tokens: [Token]) {
    var grouped: [Unicode.Scalar: [Token]] = [:]
    for token in tokens {
      if let first = token.text.first { grouped[first, default: []].append(token) }
    }
    self.tokens = grouped.mapValues { $0.sorted { $0.text.count > $1.text.count } }
  }

  /// Cuts a text at its tokens, the leftmost and longest first, until `body` says to stop.
  ///
  /// - Parameter body: Given a part of the text, or the token found instead of one.
  /// - Returns: Whether the end was reached.
  @discardableResult
  func cut(_ text: Text, isCleaned: Bool, _ body: (Text, Int32?) -> Bool) -> Bool {
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      guard
        let token = tokens[text[index]]?.first(where: {
          $0.isCleaned == isCleaned && text[index...].starts(with: $0.text)
        })
      else {
        index += 1
        continue
      }
      let found = index..<(index + token.text.count)
      // Even one that is left alone hides those that begin inside of it.
      index = found.upperBound
      if token.isWholeWord, Self.touchesWord(found, in: text) { continue }
      var (before, after) = (found.lowerBound, found.upperBound)
      if token.takesSpaceBefore {
        while before > start, TextCleaner.isSpace(text[before - 1]) { before -= 1 }
      }
      if token.takesSpaceAfter {
        while after < text.endIndex, TextCleaner.isSpace(text[after]) { after += 1 }
      }
      if start < before, !body(text[start..<before], nil) { return false }
      if !body([], token.id) { return false }
      start = after
    }
    return start < text.endIndex ? body(text[start...], nil) : true
  }

  private static func touchesWord(_ range: Range<Int>, in text: Text) -> Bool {
    range.lowerBound > text.startIndex && text[range.lowerBound - 1].isWordCharacter
      || range.upperBound < text.endIndex && text[range.upperBound].isWordCharacter
  }
}
