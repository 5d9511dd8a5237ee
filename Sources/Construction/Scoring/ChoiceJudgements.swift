/// What an answer says of single choices: that one is right, and that others are not.
struct ChoiceJudgements {
  private let labels: ChoiceLabels
  /// Whether a choice is one of the words that judge, as in "A) True".
  private let choicesJudge: Bool

  init(labels: ChoiceLabels, texts: [[Substring]]) {
    self.labels = labels
    choicesJudge = texts.contains { words in
      words.contains { ["true", "false", "yes", "no", "correct", "incorrect"].contains($0) }
    }
  }

  /// The one choice of several that is judged unlike the others: "A: incorrect. B: correct."
  ///
  /// Of two it is the right one; of three or more it may be the wrong one, where that was asked for.
  func oddOne(in text: String) -> (label: String, text: String)? {
    guard !choicesJudge else { return nil }
    var judged: [String: (isRight: Bool, text: String)] = [:]
    for match in text.matches(of: Self.judgement) {
      let before = text[..<match.range.lowerBound].last
      guard !(before?.isLetter ?? false), !(before?.isNumber ?? false), before != "'",
        let label = labels.label(String(match.1)),
        labels.isLetter(label, before: text[match.1.endIndex...])
      else { continue }
      judged[label] = (Self.isRight(match.2), String(match.0))
    }
    let right = judged.filter { $0.value.isRight }
    let wrong = judged.filter { !$0.value.isRight }
    guard !right.isEmpty, !wrong.isEmpty else { return nil }
    if right.count == 1, let found = right.first { return (found.key, found.value.text) }
    if wrong.count == 1, right.count >= 2, let found = wrong.first {
      return (found.key, found.value.text)
    }
    return nil
  }

  private static var judgement: Regex<(Substring, Substring, Substring)> {
    /([A-Z])[)\]."'*]*\s*(?::|-|–|—|→|=|\bis\b|\bwas\b)?\s*(?:(?:this|that|it|which)\s+(?:option |choice |one |answer )?is\s+)?(?:clearly |definitely |also |therefore |the )?((?i:not (?:correct|right|true)|incorrect|correct|right|wrong|true|false|yes|no)\b|✓|✔|✅|✗|✘|❌)/
  }

  private static func isRight(_ word: Substring) -> Bool {
    ["correct", "right", "true", "yes", "✓", "✔", "✅"].contains(word.lowercased())
  }

  /// The text with a dot for each letter that it turns down ("not B", "neither A nor C"), and these.
  func withoutTurnedDown(_ text: String) -> (text: String, turnedDown: Set<String>) {
    var turnedDown: Set<String> = []
    var kept = text
    for _ in 0..<2 {
      let matches = kept.matches(of: Self.turningDown)
      guard !matches.isEmpty else { break }
      for match in matches.reversed() {
        guard let label = labels.label(String(match.1)),
          labels.isLetter(label, before: kept[match.1.endIndex...])
        else { continue }
        turnedDown.insert(label)
        kept.replaceSubrange(match.1.startIndex..<match.1.endIndex, with: "·")
      }
    }
    return (kept, turnedDown)
  }

  private static var turningDown: Regex<(Substring, Substring)> {
    /(?i:\bnot|n['’]t(?: be)?|\bcannot be|\bneither|\bnor|\brather than|\binstead of|\brul(?:e|es|ed|ing) out|\beliminat(?:e|es|ed|ing)|\bexclud(?:e|es|ed|ing)|(?:neither|nor) [(]?·[)]? (?:or|nor|and))\s+(?i:be\s+|the\s+)?(?i:(?:option|choice|answer)\s+)?[(\["']?([A-Z])(?![A-Za-z0-9'’])/
  }

  /// The only letter that an answer leaves standing, where it turned others down.
  func remaining(in kept: String) -> (label: String, text: String)? {
    var found: (label: String, text: String)?
    for match in kept.matches(of: /([A-Z])(?![A-Za-z0-9'’\-+])/) {
      let before = kept[..<match.range.lowerBound].last
      guard !(before?.isLetter ?? false), !(before?.isNumber ?? false), before != "'",
        before != "’", before != "-", let label = labels.label(String(match.1)),
        labels.isLetter(label, before: kept[match.1.endIndex...])
      else { continue }
      if let found, found.label != label { return nil }
      found = (label, String(match.0))
    }
    return found
  }
}
