/// Finds programs between marks that prompts ask for, such as `[BEGIN]` and `[DONE]`.
enum MarkedPrograms {
  private static let marks: [(opening: String, closing: String, rule: String)] = [
    ("[BEGIN]", "[DONE]", "begin-done"),
    ("[PYTHON]", "[/PYTHON]", "tagged"),
    ("<python>", "</python>", "tagged"),
    ("<code>", "</code>", "tagged"),
    ("<solution>", "</solution>", "tagged"),
    ("<answer>", "</answer>", "tagged"),
    ("<|begin_of_solution|>", "<|end_of_solution|>", "tagged"),
  ]

  /// The first are those of the question that was asked; a model that goes on asks more of itself.
  private static let mostTexts = 32

  /// The texts between each pair of marks; one that was lost is taken to stand at the answer's end.
  static func texts(in answer: String) -> [(rule: String, isClosed: Bool, text: Substring)] {
    var found: [(rule: String, isClosed: Bool, text: Substring)] = []
    for (opening, closing, rule) in marks {
      var rest = answer[...]
      if let end = range(of: closing, in: rest),
        range(of: opening, in: rest[..<end.lowerBound]) == nil
      {
        found.append((rule, true, rest[..<end.lowerBound]))
        rest = rest[end.upperBound...]
      }
      for _ in 0..<mostTexts {
        guard let begin = range(of: opening, in: rest) else { break }
        rest = rest[begin.upperBound...]
        let end = range(of: closing, in: rest)
        found.append((rule, end != nil, rest[..<(end?.lowerBound ?? rest.endIndex)]))
        rest = rest[(end?.upperBound ?? rest.endIndex)...]
      }
    }
    return found
  }

  private static func range(of mark: String, in text: Substring) -> Range<Substring.Index>? {
    text.firstRange(of: mark) ?? text.firstRange(of: mark.lowercased())
  }
}
