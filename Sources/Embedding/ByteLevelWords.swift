/// The words of a text as GPT-2 cuts it: contractions, letters, numbers, signs and white space.
///
/// A space before a word belongs to it, and nothing is lost: all words together are the text. The
/// pattern is `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
///
/// - Source: Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, code.
struct ByteLevelWords: Sequence, IteratorProtocol {
  typealias Text = ArraySlice<Unicode.Scalar>

  private enum Kind { case letter, number, sign, space }

  private var rest: Text

  init(_ text: Text) { rest = text }

  mutating func next() -> Text? {
    guard let first = rest.first else { return nil }
    let end = end(after: first)
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  private func end(after first: Unicode.Scalar) -> Int {
    let start = rest.startIndex
    if first == "'", let end = contractionEnd { return end }
    // Only the space itself joins a word; other white space stands apart.
    let second = start + 1
    if first == " ", second < rest.endIndex, Self.kind(rest[second]) != .space {
      return runEnd(from: second)
    }
    let end = runEnd(from: start)
    // The last of several spaces is left for the word that follows.
    if Self.kind(first) == .space, end < rest.endIndex, end > second { return end - 1 }
    return end
  }

  private var contractionEnd: Int? {
    let start = rest.startIndex
    guard start + 1 < rest.endIndex else { return nil }
    switch (rest[start + 1], start + 2 < rest.endIndex ? rest[start + 2] : " ") {
    case ("s", _), ("t", _), ("m", _), ("d", _): return start + 2
    case ("r", "e"), ("v", "e"), ("l", "l"): return start + 3
    default: return nil
    }
  }

  /// Where characters of one kind end.
  private func runEnd(from start: Int) -> Int {
    let kind = Self.kind(rest[start])
    return rest[start...].firstIndex { Self.kind($0) != kind } ?? rest.endIndex
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A: return .letter
    case 0x30...0x39: return .number
    case 0..<0x80: return TextCleaner.isSpace(scalar) ? .space : .sign
    default: break
    }
    if scalar.isLetter { return .letter }
    if scalar.isNumber { return .number }
    return scalar.properties.isWhitespace ? .space : .sign
  }
}
