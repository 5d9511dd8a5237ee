import Foundation
import Prompts

/// Reads the choice that an answer makes, out of all the letters and words that stand in it.
///
/// Rules are tried from the most explicit to the least: the letter alone, `\boxed{}`, "the answer is",
/// a letter or a choice's words at the start, a conclusion such as "so B is correct", the last line,
/// and at last the only letter or the only choice that is named at all. Where an answer names several
/// it has made no choice.
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
  private let texts: [(label: String, words: [Substring])]
  private let answer: String

  init(answer: String, choices: [Choice]) {
    labels = ChoiceLabels(choices.map(\.label))
    let own = Array(answer.utf8)
    let end = NextQuestion.start(in: own)
    self.answer = Self.plain(
      end == own.count ? answer : String(decoding: own[..<end], as: UTF8.self))
    texts = choices.map { ($0.label, Self.words(Self.plain($0.text))) }
  }

  func find() -> Finding {
    wholeLetter() ?? inBox() ?? wholeWords() ?? atStart(ofLine: true) ?? afterPhrase()
      ?? atStart(ofLine: false) ?? conclusion() ?? lastLine() ?? onlyMark() ?? onlyWords() ?? .none
  }

  /// Text without the marks of Markdown and the commands of TeX that stand around letters.
  private static func plain(_ text: String) -> String {
    var plain = text
    for mark in ["**", "__", "`", "\\(", "\\)", "\u{FEFF}"] where plain.contains(mark) {
      plain = plain.replacing(mark, with: "")
    }
    if plain.contains("\\") {
      plain = plain.replacing(/\\(?:text|textbf|mathrm|mathbf|mbox)\s*\{([^{}]*)\}/) { $0.1 }
    }
    return plain.replacing("\r", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The words and numbers of a text in lower case.
  private static func words(_ text: String) -> [Substring] {
    normalisedPrompt(text).split {
      !$0.isLetter && !$0.isNumber && !"%$+-*/=<>^'".contains($0)
    }
  }

  /// "B", "(b)." and the like, and nothing else.
  private func wholeLetter() -> Finding? {
    let bare = answer.trimmingCharacters(
      in: .whitespacesAndNewlines.union(.punctuationCharacters).union(.symbols))
    guard bare.count == 1, let label = labels.label(bare.uppercased()) else { return nil }
    return Finding(label: label, text: bare, rule: "letter")
  }

  /// The words of one choice, and nothing else.
  private func wholeWords() -> Finding? {
    let own = Self.words(answer)
    let same = texts.filter { !$0.words.isEmpty && $0.words == own }
    return same.count == 1 ? Finding(label: same[0].label, text: answer, rule: "words") : nil
  }

  /// In the last `\boxed{}`.
  private func inBox() -> Finding? {
    guard let match = answer.matches(of: /boxed\s*\{([^{}]*)\}/).last else { return nil }
    return finding(begins(match.1), rule: "boxed")
      ?? named(in: match.1).map { Finding(label: $0, text: String(match.1), rule: "boxed") }
  }

  /// After the last "the answer is" that a choice follows, by its letter or its words.
  private func afterPhrase() -> Finding? {
    let phrase =
      /(?i)\b(?:answers?|choice|option|response)\b(?:\s+(?:here|(?:to|for|of|that|from|among)\b[^.\n:]{0,80}?|must|should|would|will|choice|option|letter|number))*\s*(?:\bis\b|\bare\b|\bbe\b|=|:)\s*:?\s*(?:(?:most likely|likely|probably|therefore|thus|clearly|definitely|indeed|actually)\b,?\s*)?(?:either\s+)?/
    for match in answer.matches(of: phrase).reversed() {
      let rest = answer[match.range.upperBound...]
      if let finding = finding(begins(rest), rule: "answer-phrase") { return finding }
      if let label = startsWithWords(rest) {
        return Finding(label: label, text: String(Self.line(rest)), rule: "answer-phrase-words")
      }
    }
    return nil
  }

  /// At the very start: a letter with a mark behind it, or the words of a choice.
  ///
  /// - Parameter isAlone: Whether only a letter that has its line to itself counts; one with words
  ///   behind it may be the first of a list of all choices.
  private func atStart(ofLine isAlone: Bool) -> Finding? {
    guard case .one(let mark)? = begins(answer[...]) else {
      return isAlone ? nil : finding(begins(answer[...]), rule: "start")
    }
    let rest = Self.line(answer[mark.end...]).drop { " .):]}\"'*".contains($0) }
    if isAlone, !rest.isEmpty { return nil }
    if !isAlone, !mark.isMarked || listsOthers(than: mark.label) { return nil }
    return Finding(label: mark.label, text: mark.text, rule: "start")
  }

  /// Whether another line begins with another letter, as where all choices are gone through.
  private func listsOthers(than label: String) -> Bool {
    answer.split(separator: "\n").dropFirst().contains { line in
      if case .one(let mark)? = begins(line) { mark.isMarked && mark.label != label } else { false }
    }
  }

  /// "B is correct", "I choose B".
  private func conclusion() -> Finding? {
    let verb =
      /(?i)\b(?:choose|chose|select|pick|go(?:ing)? with|opt for|conclude|leaves(?: us with)?|must be|would be|should be|is|be)\b:?\s*(?:therefore\s+|thus\s+)?/
    var last: (place: String.Index, finding: Finding)?
    for match in answer.matches(of: verb) {
      let rest = answer[match.range.upperBound...]
      guard case .one(let mark)? = begins(rest), mark.isMarked || Self.ends(rest, after: mark.end)
      else { continue }
      last = (mark.end, Finding(label: mark.label, text: mark.text, rule: "conclusion"))
    }
    let right =
      /([A-Z])[)\]."']*(?:\s+[^.\n]{0,60}?)?\s+(?:is|are|would be|must be|seems|appears)\s+(?:to be\s+)?(?:therefore\s+|thus\s+|clearly\s+)?(?:the\s+)?(?:correct|right|best|most|answer|only|true)\b/
    for match in answer.matches(of: right) {
      let before = answer[..<match.range.lowerBound].last
      guard !(before?.isLetter ?? false), !(before?.isNumber ?? false),
        let label = labels.label(String(match.1)),
        labels.isLetter(label, before: answer[match.1.endIndex...])
      else { continue }
      if last.map({ $0.place < match.range.upperBound }) ?? true {
        last = (
          match.range.upperBound,
          Finding(label: label, text: String(match.0), rule: "conclusion")
        )
      }
    }
    return last?.finding
  }

  /// A line to end with that begins with a letter.
  private func lastLine() -> Finding? {
    guard let line = answer.split(separator: "\n").last, case .one(let mark)? = begins(line),
      mark.isMarked || Self.ends(line, after: mark.end), !listsOthers(than: mark.label)
    else { return nil }
    return Finding(label: mark.label, text: mark.text, rule: "last-line")
  }

  /// The only letter with a mark that the answer has.
  private func onlyMark() -> Finding? {
    let marks = answer.matches(
      of: /(?i:\b(?:option|choice|answer)\s+)\(?([A-Z])\b|\(([A-Z])\)|(?:^|[\s"'])([A-Z])\)/)
    let found = marks.compactMap { match in
      (match.1 ?? match.2 ?? match.3).flatMap { labels.label(String($0)) }
    }
    guard let label = found.first else { return nil }
    return Set(found).count == 1
      ? Finding(label: label, text: String(marks[0].0), rule: "only-letter")
      : Finding(label: nil, text: found.joined(separator: " "), rule: "several")
  }

  /// The only choice whose words stand in the answer.
  private func onlyWords() -> Finding? {
    named(in: answer[...]).map { Finding(label: $0, text: answer, rule: "only-words") }
  }

  /// The one choice whose words stand in a text; those that stand inside another choice's do not count.
  private func named(in text: Substring) -> String? {
    let own = Self.words(String(text))
    let found = texts.filter { !$0.words.isEmpty && own.firstRange(of: $0.words) != nil }
    let outer = found.filter { choice in
      !found.contains {
        $0.words.count > choice.words.count && $0.words.firstRange(of: choice.words) != nil
      }
    }
    return outer.count == 1 ? outer[0].label : nil
  }

  /// The one choice with whose words a text begins.
  private func startsWithWords(_ text: Substring) -> String? {
    var own = Self.words(String(Self.line(text)))[...]
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

  private func begins(_ text: Substring) -> Reading? {
    guard let mark = labels.mark(at: text) else { return nil }
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
