/// The letters of a question's choices, and how they are told from words.
struct ChoiceLabels {
  /// A letter at the start of a text.
  struct Mark {
    let label: String
    /// As it stands, with what is around it.
    let text: String
    /// Whether a bracket, a point or a colon shows that it is no word.
    let isMarked: Bool
    /// Where what follows begins.
    let end: String.Index
  }

  private let known: Set<String>

  init(_ labels: [String]) { known = Set(labels) }

  func label(_ text: String) -> String? { known.contains(text) ? text : nil }

  /// The letter that a text begins with, after quotes, brackets and words such as "option".
  ///
  /// - Parameter isNamed: Whether words before, such as "answer:", say that a choice follows; a small
  ///   letter at the end of a line is one then.
  func mark(at text: Substring, isNamed: Bool = false) -> Mark? {
    var rest = text.drop { $0.isWhitespace }
    var opened: Character?
    var isBracketed = false
    func open() {
      while let first = rest.first, "([{\"'<“‘*:$_".contains(first) {
        isBracketed = isBracketed || "([{".contains(first)
        opened = first
        rest = rest.dropFirst()
      }
    }
    open()
    if let word = rest.prefixMatch(
      of:
        /(?i)(?:the\s+)?(?:(?:correct|right|best)\s+)?(?:option|choice|letter|answer|opción|opção|opzione|вариант|选项|選項|選択肢)\s*:?\s*/
    ) {
      rest = rest[word.range.upperBound...]
      open()
    }
    guard let first = rest.first, let label = label(String(first).uppercased()) else { return nil }
    let after = rest.dropFirst()
    let second = after.dropFirst().first
    let closes = after.first.map { ")]}.:".contains($0) } ?? true
    guard first.isUppercase || isSmallLetter(after, isBracketed && closes, isNamed) else {
      return nil
    }
    if let next = after.first {
      let isQuoted = next == "'" && opened == "'" || next == "’" && opened == "‘"
      guard !Self.continues(next), !next.isNumber, isQuoted || !"'’-+/".contains(next) else {
        return nil
      }
      // "U.S." and "3. A.M." are no letters of choices.
      if next == ".", let second, Self.continues(second) || second.isNumber { return nil }
      if next == ")" || next == "]", let second, Self.continues(second), !isBracketed { return nil }
    }
    let isClosed = after.first.map { "*$>_".contains($0) && opened != nil } ?? false
    let isMarked =
      isBracketed || isClosed || Self.isDash(after)
      || after.first.map { ")]}.:,;\n!?".contains($0) } ?? true
    guard isMarked || isLetter(label, before: after) else { return nil }
    let closing = after.prefix { ")]}.:\"'”’*$_>".contains($0) }
    return Mark(
      label: label, text: String(text[rest.startIndex..<closing.endIndex]), isMarked: isMarked,
      end: after.startIndex)
  }

  /// Whether a small letter is one of a choice: with a bracket or a point, or alone where one is named.
  private func isSmallLetter(_ after: Substring, _ isInBrackets: Bool, _ isNamed: Bool) -> Bool {
    if isInBrackets || after.first == ")" { return true }
    let second = after.dropFirst().first
    if after.first == "." || after.first == ":", second?.isWhitespace ?? isNamed { return true }
    guard isNamed else { return false }
    return after.prefix { $0 != "\n" }.allSatisfy { " .)!]}\"'*$,".contains($0) }
      || after.prefixMatch(of: /\s+(?:because|since|as)\s/) != nil
  }

  /// Whether a character goes on with the word of a letter before it; Chinese, Japanese and Korean
  /// put no space between a letter and their words.
  static func continues(_ character: Character) -> Bool {
    guard character.isLetter, let scalar = character.unicodeScalars.first else { return false }
    return scalar.value < 0x0E80 || (0x1E00..<0x2000).contains(scalar.value)
  }

  /// Whether a dash with space around it follows, as in "B — a safe choice".
  private static func isDash(_ rest: Substring) -> Bool {
    rest.prefixMatch(of: /(?:\s?[–—]|\s-\s)/) != nil
  }

  /// Whether a letter is one, and not the word "A" or "I" that goes on in a sentence.
  func isLetter(_ label: String, before rest: Substring) -> Bool {
    guard label == "A" || label == "I" else { return true }
    let word = rest.drop { $0 == " " }.prefix { $0.isLetter }
    guard rest.first == " ", let first = word.first, first.isLowercase else { return true }
    return [
      "because", "since", "as", "for", "due", "which", "with", "that", "based", "in", "is", "and",
      "or", "would", "must", "seems", "appears",
    ].contains(String(word)) && !(label == "I" && word == "would")
  }

  /// The letter that is named in the same breath: "A or B", "A and B", "A, B".
  func another(after rest: Substring) -> String? {
    guard
      let match = rest.prefixMatch(
        of:
          /[)\]."']*\s*(?:,\s*(?:or|and)?|\bor\b|\band\b|&|\/)\s*(?i:option\s+|choice\s+)?[(\["']*([A-Z])(?![A-Za-z0-9'])/
      ), let label = label(String(match.1)),
      isLetter(label, before: match.1.base[match.1.endIndex...])
    else { return nil }
    return label
  }
}
