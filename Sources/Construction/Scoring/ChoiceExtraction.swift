import Foundation

/// Reads the choice that an answer makes, out of all the letters and words that stand in it.
///
/// Rules are tried from the most explicit to the least: `<answer>`, the letter alone, `\boxed{}`, a key
/// of JSON, "the answer is", a letter or a choice's words at the start, a conclusion such as "so B is
/// correct", the last line, and at last the only letter or the only choice that is named at all. A
/// letter that is turned down ("not B") is not named. An answer that names several makes no choice.
struct ChoiceExtraction {
  /// What was found, and by which rule.
  struct Finding: Hashable {
    /// The letter; nil where none or several are named.
    let label: String?
    /// What stands in the answer.
    let text: String
    let rule: String

    static let none = Finding(label: nil, text: "", rule: "none")
  }

  /// What a piece of an answer begins with.
  private enum Reading {
    case one(ChoiceLabels.Mark)
    case several(String)
  }

  private let labels: ChoiceLabels
  private let choices: [Choice]
  private let texts: [(label: String, words: [Substring])]
  private let raw: String
  private let answer: String
  private let judgements: ChoiceJudgements
  init(answer: String, choices: [Choice]) {
    labels = ChoiceLabels(choices.map(\.label))
    self.choices = choices
    let own = Array(answer.utf8)
    let end = NextQuestion.start(in: own)
    raw = end == own.count ? answer : String(decoding: own[..<end], as: UTF8.self)
    self.answer = ChoiceText.plain(raw)
    texts = choices.map { ($0.label, ChoiceText.words(ChoiceText.plain($0.text))) }
    judgements = ChoiceJudgements(labels: labels, texts: texts.map(\.words))
  }

  func find() -> Finding {
    wholeLetter() ?? inTag() ?? inBox() ?? byKey() ?? wholeWords() ?? aloneAtStart()
      ?? afterPhrase() ?? judged() ?? amongOthers() ?? .none
  }

  /// The rules that have to tell a letter that is chosen from one that is only talked of.
  private func amongOthers() -> Finding? {
    let (kept, turnedDown) = judgements.withoutTurnedDown(answer)
    return atStart(kept) ?? conclusion(in: kept) ?? lastLine(of: kept) ?? onlyMark(in: kept)
      ?? (turnedDown.isEmpty ? nil : remaining(in: kept))
      ?? named(in: answer[...], but: turnedDown).map {
        Finding(label: $0, text: answer, rule: "only-words")
      }
  }

  /// In the last `<answer>` that makes a choice.
  private func inTag() -> Finding? {
    for content in AnswerTag.contents(of: raw) {
      let finding = ChoiceExtraction(answer: String(content), choices: choices).find()
      if finding.label != nil {
        return Finding(label: finding.label, text: finding.text, rule: "answer-tag")
      }
    }
    return nil
  }

  /// "B", "(b)." and the like, and nothing else.
  private func wholeLetter() -> Finding? {
    let bare = answer.trimmingCharacters(
      in: .whitespacesAndNewlines.union(.punctuationCharacters).union(.symbols))
    // Some prompts ask for the letter five times over.
    guard let first = bare.first,
      bare.count == 1 || bare.count > 2 && bare.allSatisfy({ $0 == first }),
      let label = labels.label(first.uppercased())
    else { return nil }
    return Finding(label: label, text: bare, rule: "letter")
  }

  /// The words of one choice, and nothing else.
  private func wholeWords() -> Finding? {
    let own = ChoiceText.words(answer)
    let same = texts.filter { !$0.words.isEmpty && $0.words == own }
    return same.count == 1 ? Finding(label: same[0].label, text: answer, rule: "words") : nil
  }

  /// In the last `\boxed{}` that makes a choice.
  private func inBox() -> Finding? {
    for match in answer.matches(of: /(?:boxed|fbox)\s*\{([^{}]*)\}/).reversed() {
      if let finding = finding(begins(match.1, isNamed: true), rule: "boxed")
        ?? named(in: match.1).map({ Finding(label: $0, text: String(match.1), rule: "boxed") })
      {
        return finding
      }
    }
    return nil
  }

  /// In an object of JSON, after the last key such as "answer" that a choice follows.
  private func byKey() -> Finding? {
    for match in answer.matches(of: AnswerPhrases.key).reversed() {
      let rest = answer[match.range.upperBound...]
      if let finding = finding(begins(rest, isNamed: true), rule: "key") { return finding }
      if let label = startsWithWords(rest) {
        return Finding(label: label, text: String(Self.line(rest)), rule: "key")
      }
    }
    return nil
  }

  /// After the last "the answer is" that a choice follows, by its letter or its words.
  private func afterPhrase() -> Finding? {
    for phrase in AnswerPhrases.all(in: answer) {
      for match in answer.matches(of: phrase).reversed() {
        let rest = answer[match.range.upperBound...]
        let before = answer[..<match.range.lowerBound]
        if before.last.map({ "不非没".contains($0) }) ?? false { continue }
        if AnswerPhrases.isOfAnother(before) { continue }
        if let finding = finding(begins(rest, isNamed: true), rule: "answer-phrase") {
          return correction(behind: match.range.upperBound) ?? finding
        }
        if let label = startsWithWords(rest) {
          return Finding(label: label, text: String(Self.line(rest)), rule: "answer-phrase-words")
        }
      }
    }
    return nil
  }

  /// What an answer comes to where it takes back what it named: "A. Wait, no, it is B."
  private func correction(behind place: String.Index) -> Finding? {
    let mark =
      /(?i)\b(?:wait|correction|scratch that|on second thought|i made a mistake|let me correct|i meant)\b/
    let tail = answer[place...]
    guard let last = tail.matches(of: mark).last else { return nil }
    let rest = judgements.withoutTurnedDown(String(tail[last.range.upperBound...])).text
    let named = rest.drop { !$0.isLetter && $0 != "(" }
    guard let finding = conclusion(in: rest) ?? finding(begins(named), rule: ""),
      finding.label != nil
    else { return nil }
    return Finding(label: finding.label, text: finding.text, rule: "correction")
  }

  /// "A: incorrect. B: correct."
  private func judged() -> Finding? {
    judgements.oddOne(in: answer).map { Finding(label: $0.label, text: $0.text, rule: "judged") }
  }

  /// "Neither A nor B; C".
  private func remaining(in kept: String) -> Finding? {
    judgements.remaining(in: kept).map {
      Finding(label: $0.label, text: $0.text, rule: "remaining")
    }
  }

  /// At the very start: a letter that has its line to itself.
  ///
  /// One with words behind it may be the first of a list of all choices.
  private func aloneAtStart() -> Finding? {
    guard case .one(let mark)? = begins(answer[...]),
      Self.line(answer[mark.end...]).allSatisfy({ " .):]}\"'*".contains($0) })
    else { return nil }
    return Finding(label: mark.label, text: mark.text, rule: "start")
  }

  /// At the very start: a letter with a mark behind it.
  private func atStart(_ kept: String) -> Finding? {
    guard case .one(let mark)? = begins(answer[...]) else {
      // "A and B are wrong. C is correct" says more than that it names several.
      return finding(begins(answer[...]), rule: "start").map { conclusion(in: kept) ?? $0 }
    }
    guard mark.isMarked, !beginsList(mark.label) else { return nil }
    return Finding(label: mark.label, text: mark.text, rule: "start")
  }

  /// Whether another line begins with another letter, as where all choices are gone through.
  private func listsOthers(than label: String) -> Bool {
    !otherLines(than: label).isEmpty
  }

  /// Whether a list of all choices begins at a letter. It would go in their order: one that comes back to
  /// an earlier letter is of the others, and the letter before it is chosen.
  private func beginsList(_ label: String) -> Bool {
    let order = choices.map(\.label)
    guard let other = otherLines(than: label).first,
      let first = order.firstIndex(of: other),
      let own = order.firstIndex(of: label)
    else { return false }
    return first > own
  }

  private func otherLines(than label: String) -> [String] {
    answer.split(separator: "\n").dropFirst().compactMap { line -> String? in
      guard case .one(let mark)? = begins(line), mark.isMarked, mark.label != label else {
        return nil
      }
      return mark.label
    }
  }

  /// "B is correct", "I choose B".
  private func conclusion(in text: String) -> Finding? {
    var last: (place: String.Index, finding: Finding)?
    func take(_ finding: Finding, at place: String.Index) {
      if last.map({ $0.place < place }) ?? true { last = (place, finding) }
    }
    for (verb, kind) in [(Self.being, 0), (Self.choosing, 1), (Self.following, 2)] {
      for match in text.matches(of: verb) {
        let rest = text[match.range.upperBound...]
        guard case .one(let mark)? = begins(rest) else { continue }
        let after = rest[mark.end...]
        guard
          kind == 2
            ? Self.endsSentence(after)
            : mark.isMarked || Self.ends(rest, after: mark.end)
              || kind == 1 && Self.isComplete(after)
        else { continue }
        take(Finding(label: mark.label, text: mark.text, rule: "conclusion"), at: mark.end)
      }
    }
    for regex in [Self.calledRight, AnswerPhrases.eastAsianRight] {
      // What begins with another capital may hold the letter: "I believe B is right".
      var start = text.startIndex
      while let match = text[start...].firstMatch(of: regex) {
        let before = text[..<match.range.lowerBound].last
        if !(before.map(ChoiceLabels.continues) ?? false), !(before?.isNumber ?? false),
          let label = labels.label(String(match.1)),
          labels.isLetter(label, before: text[match.1.endIndex...])
        {
          take(
            Finding(label: label, text: String(match.0), rule: "conclusion"),
            at: match.range.upperBound)
          start = match.range.upperBound
        } else {
          start = match.1.endIndex
        }
      }
    }
    return last?.finding
  }

  private static var being: Regex<Substring> {
    /(?i)\b(?:must be|would be|should be|is|be|(?:it|that|answer)['’]s)\b:?\s*(?:therefore\s+|thus\s+)?/
      .wordBoundaryKind(.simple)
  }

  private static var choosing: Regex<Substring> {
    /(?i)\b(?:choose|chose|select|pick|say|go(?:ing)? (?:with|for)|opt for|settle on|conclude|leaves?(?: us with)?|leaving(?: us with)?|left with)\b:?\s*(?:therefore\s+|thus\s+)?/
      .wordBoundaryKind(.simple)
  }

  private static var following: Regex<Substring> {
    /(?i)\b(?:so|thus|hence|therefore|consequently)\b,?\s*/.wordBoundaryKind(.simple)
  }

  /// Whether a sentence is over behind a letter, or ends with "it is".
  private static func endsSentence(_ rest: Substring) -> Bool {
    rest.prefixMatch(of: /[)\]"'*]*(?: it is)?(?:[.!](?:\s|$)|\s*(?:\n|$))/) != nil
  }

  private static var calledRight: Regex<(Substring, Substring)> {
    /([A-Z])[)\]."']*(?:\s+[^.\n]{0,60}?)?\s+(?:is|are|would be|must be|seems|appears)\s+(?:to be\s+)?(?:therefore\s+|thus\s+|clearly\s+)?(?:(?:the|my)\s+)?(?:final\s+)?(?:correct|right|best|most|answer|only|true)\b/
  }

  /// Whether what follows a letter is no noun that it belongs to, as in "select B vitamins".
  private static func isComplete(_ rest: Substring) -> Bool {
    let next = rest.drop { $0 == " " }
    guard let first = next.first, first.isLetter else { return true }
    return [
      "because", "since", "as", "for", "due", "which", "with", "that", "based", "in", "is", "and",
      "or", "would", "must", "seems", "appears", "here", "over", "instead", "rather", "but", "at",
      "to", "on", "if", "when", "given", "while", "though", "although", "where", "by", "from",
    ].contains(String(next.prefix { $0.isLetter }))
  }

  /// A line to end with that begins with a letter.
  private func lastLine(of kept: String) -> Finding? {
    guard let line = kept.split(separator: "\n").last, case .one(let mark)? = begins(line),
      mark.isMarked || Self.ends(line, after: mark.end), !listsOthers(than: mark.label)
    else { return nil }
    return Finding(label: mark.label, text: mark.text, rule: "last-line")
  }

  /// The only letter with a mark that the answer has.
  private func onlyMark(in kept: String) -> Finding? {
    let marks = kept.matches(
      of: /(?i:\b(?:option|choice|answer)\s+)\(?([A-Z])\b|\(([A-Z])\)|(?:^|[\s"'])([A-Z])\)/)
    let found = marks.compactMap { match in
      (match.1 ?? match.2 ?? match.3).flatMap { labels.label(String($0)) }
    }
    guard let label = found.first else { return nil }
    return Set(found).count == 1
      ? Finding(label: label, text: String(marks[0].0), rule: "only-letter")
      : Finding(label: nil, text: found.joined(separator: " "), rule: "several")
  }

  /// The one choice whose words stand in a text; those that stand inside another choice's do not count.
  private func named(in text: Substring, but turnedDown: Set<String> = []) -> String? {
    let own = ChoiceText.words(String(text))
    let found = texts.filter { choice in
      !choice.words.isEmpty && !turnedDown.contains(choice.label)
        && own.ranges(of: choice.words).contains { range in
          range.lowerBound == 0 || !Self.turnsDown(own[range.lowerBound - 1])
        }
    }
    let outer = found.filter { choice in
      !found.contains {
        $0.words.count > choice.words.count && $0.words.firstRange(of: choice.words) != nil
      }
    }
    return outer.count == 1 ? outer[0].label : nil
  }

  private static func turnsDown(_ word: Substring) -> Bool {
    ["not", "nor", "neither", "isn't"].contains(word)
  }

  /// The one choice with whose words a text begins.
  private func startsWithWords(_ text: Substring) -> String? {
    var own = ChoiceText.words(String(Self.line(text)))[...]
    for _ in 0..<2 {
      let found = texts.filter { !$0.words.isEmpty && own.starts(with: $0.words) }
      if let longest = found.map(\.words.count).max() {
        let best = found.filter { $0.words.count == longest }
        return best.count == 1 ? best[0].label : nil
      }
      guard let first = own.first, ["the", "a", "an", "that"].contains(first) else { return nil }
      own = own.dropFirst()
    }
    return nil
  }

  private func begins(_ text: Substring, isNamed: Bool = false) -> Reading? {
    guard let mark = labels.mark(at: text, isNamed: isNamed) else { return nil }
    if let other = labels.another(after: text[mark.end...]), other != mark.label {
      return .several(mark.label + " " + other)
    }
    return .one(mark)
  }

  private func finding(_ reading: Reading?, rule: String) -> Finding? {
    switch reading {
    case .one(let mark): Finding(label: mark.label, text: mark.text, rule: rule)
    case .several(let text): Finding(label: nil, text: text, rule: "several")
    case nil: nil
    }
  }

  private static func line(_ text: Substring) -> Substring {
    text.drop { $0.isWhitespace }.prefix { $0 != "\n" }
  }

  private static func ends(_ text: Substring, after place: String.Index) -> Bool {
    line(text[place...]).allSatisfy { " .)!]}\"'".contains($0) }
  }
}
