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
  func mark(at text: Substring) -> Mark? {
    var rest = text.drop { $0.isWhitespace }
    var isBracketed = false
    func open() {
      while let first = rest.first, "([{\"'<“‘*:".contains(first) {
        isBracketed = isBracketed || "([{".contains(first)
        rest = rest.dropFirst()
      }
    }
    open()
    if let word = rest.prefixMatch(
      of: /(?i)(?:the\s+)?(?:(?:correct|right|best)\s+)?(?:option|choice|letter|answer)\s*:?\s*/)
    {
      rest = rest[word.range.upperBound...]
      open()
    }
    guard let first = rest.first, let label = label(String(first).uppercased()) else { return nil }
    let after = rest.dropFirst()
    let closes = after.first.map { ")]}.:".contains($0) } ?? true
    // In small letters only with a bracket: "a" is a word.
    guard first.isUppercase || (after.first == ")" || isBracketed && closes) else { return nil }
    if let next = after.first {
      guard !next.isLetter, !next.isNumber, !"'’-+/".contains(next) else { return nil }
      // "U.S." and "3. A.M." are no letters of choices.
      let second = after.dropFirst().first
      if next == ".", let second, second.isLetter || second.isNumber { return nil }
    }
    let isMarked = isBracketed || after.first.map { ")]}.:,;\n".contains($0) } ?? true
    guard isMarked || isLetter(label, before: after) else { return nil }
    let closing = after.prefix { ")]}.:\"'”’*".contains($0) }
    return Mark(
      label: label, text: String(text[rest.startIndex..<closing.endIndex]), isMarked: isMarked,
      end: after.startIndex)
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
