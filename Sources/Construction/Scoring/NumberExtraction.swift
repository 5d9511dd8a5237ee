import Foundation

/// Reads the number that an answer gives, out of all the numbers that stand in it.
///
/// Rules are tried from the most explicit to the least: `<answer>`, the `####` of GSM8K, `\boxed{}`, a
/// key of JSON, the words "the answer is", and the conclusion: the last sentence with a number. A
/// sentence often has several, as in "She pays $64 for the 16 glasses"; then those count that name what
/// was asked for, and of them the one that the working came to last, or the last one that the question
/// did not give. A number that is turned down ("not 15") or stands in an aside in brackets counts last.
struct NumberExtraction {
  /// What was found, and by which rule.
  struct Finding {
    /// The number; `nil` if the answer ends in words that are none.
    let token: NumberToken?
    /// The words that were read, in plain notation.
    let text: String
    let rule: String
  }

  private let tagged: [NumberExtraction]
  private let bytes: [UInt8]
  private let given: [NumberToken]
  private let unit: AskedUnit
  private let end: Int

  /// - Parameter question: What was asked; its numbers are those that an answer may repeat.
  init(answer: String, question: String) {
    let contents = AnswerTag.contents(of: answer)
    tagged = contents.prefix(3).map {
      NumberExtraction(answer: String($0), question: question)
    }
    bytes = NumberNotation.plain(answer)
    given = NumberScanner.tokens(in: NumberNotation.plain(question))
    unit = AskedUnit(question: question)
    end = NextQuestion.start(in: bytes)
  }

  /// The number that the answer gives; `nil` if it gives none.
  func find() -> Finding? {
    inTag() ?? afterHashes() ?? inBox() ?? byKey() ?? afterPhrase() ?? conclusion() ?? inWords()
  }

  private func finding(_ token: NumberToken, rule: String) -> Finding {
    Finding(token: token, text: text(token.range), rule: rule)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// In the last `<answer>` that has a number.
  private func inTag() -> Finding? {
    tagged.lazy.compactMap { $0.find() }.first { $0.token != nil }.map {
      Finding(token: $0.token, text: $0.text, rule: "answer-tag")
    }
  }

  /// After the last `####` that is no heading.
  private func afterHashes() -> Finding? {
    let mark = Array("####".utf8)
    var limit = end
    while let found = lastRange(of: mark, before: limit) {
      limit = found.lowerBound
      var start = found.upperBound
      while start < end, bytes[start] == UInt8(ascii: "#") { start += 1 }
      let line = start..<endOfLine(from: start)
      let text = String(decoding: bytes[line], as: UTF8.self)
      if text.firstMatch(of: /^\s*(?:(?i:step|part|solution)\b|\d+[.)]\s+\p{L})/) != nil {
        continue
      }
      if let token = first(in: line) { return finding(token, rule: "hash-marks") }
      // "#### Answer" as a heading, and the number below it.
      var below = line.upperBound
      while below < end, bytes[below] == 0x0A { below += 1 }
      let next = below..<endOfLine(from: below)
      if let token = first(in: next) { return finding(token, rule: "hash-marks") }
      // "#### Cannot be shared equally": the answer is given, and is no number.
      let isLast = text.contains(where: \.isLetter) && below == end
      if isLast, NumberWords.last(in: bytes, line) == nil {
        return Finding(token: nil, text: self.text(line), rule: "hash-marks")
      }
    }
    return nil
  }

  /// The number that a short line is about: the one after the last `=`, or the first.
  private func first(in range: Range<Int>) -> NumberToken? {
    let all = NumberScanner.tokens(in: bytes, range).filter { !$0.values.isEmpty }
    let cardinals = all.filter { !$0.isOrdinal }
    let tokens = cardinals.isEmpty ? all : cardinals
    guard let equals = bytes[range].lastIndex(of: UInt8(ascii: "=")) else { return tokens.first }
    return tokens.first { $0.range.lowerBound > equals } ?? tokens.first
  }

  /// In the last `\boxed{}` that has a number.
  private func inBox() -> Finding? {
    var limit = end
    while let found = lastRange(of: Array("boxed{".utf8), before: limit) {
      limit = found.lowerBound
      var depth = 1
      var index = found.upperBound
      while index < end, depth > 0 {
        if bytes[index] == UInt8(ascii: "{") { depth += 1 }
        if bytes[index] == UInt8(ascii: "}") { depth -= 1 }
        index += 1
      }
      if let token = first(in: found.upperBound..<index) { return finding(token, rule: "boxed") }
    }
    return nil
  }

  /// In an object of JSON, after the last key such as "answer" that a number follows.
  private func byKey() -> Finding? {
    guard bytes.contains(UInt8(ascii: "{")) else { return nil }
    let text = String(decoding: bytes[..<end], as: UTF8.self)
    for match in text.matches(of: AnswerPhrases.key).reversed() {
      let start = text.utf8.distance(from: text.startIndex, to: match.range.upperBound)
      let isQuoted = start < end && bytes[start] == UInt8(ascii: "\"")
      let stop = bytes[min(start + 1, end)..<end].firstIndex {
        $0 == 0x0A || $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: isQuoted ? "\"" : ",")
      }
      if let token = first(in: start..<(stop ?? end)) { return finding(token, rule: "key") }
    }
    return nil
  }

  /// After the last "the answer is" that a number follows.
  private func afterPhrase() -> Finding? {
    let text = String(decoding: bytes[..<end], as: UTF8.self)
    let phrase =
      /(?i)\b(?:final\s+)?answer\b\**\s*(?:\bto\b[^.\n:]{0,60})?\s*(?:is\b|would be\b|=|:)/
      .wordBoundaryKind(.simple)
    for phrase in [phrase] + AnswerPhrases.foreign(in: text) {
      for match in text.matches(of: phrase).reversed() {
        let start = text.utf8.distance(from: text.startIndex, to: match.range.upperBound)
        let lineStart = text[match.range.upperBound...].first { !" \n*:$".contains($0) } != nil
        guard lineStart, !AnswerPhrases.isOfAnother(text[..<match.range.lowerBound]) else {
          continue
        }
        var begin = start
        while begin < end, " \n*:".utf8.contains(bytes[begin]) { begin += 1 }
        let sentence = begin..<endOfSentence(from: begin)
        if let token = choose(in: sentence) { return finding(token, rule: "answer-phrase") }
      }
    }
    return nil
  }

  /// In the last sentence that has a number, but for notes.
  private func conclusion() -> Finding? {
    var aside: NumberToken?
    for sentence in sentences().reversed() {
      guard let token = choose(in: sentence) else { continue }
      if !isAside(sentence) { return finding(token, rule: "conclusion") }
      aside = aside ?? token
    }
    return aside.map { finding($0, rule: "conclusion") }
  }

  /// Whether a sentence is a remark on the answer, not the answer.
  private func isAside(_ sentence: Range<Int>) -> Bool {
    String(decoding: bytes[sentence], as: UTF8.self).firstMatch(
      of:
        /^[\s*(_]*(?i:note\b|please note|keep in mind|this assumes|remember|let me know|feel free|if you (?:have|need|want|would|'d)|would you like|i hope|hope this|i can also|check\b|checking\b|verif\w+|to (?:verify|check|confirm)\b|let(?:'s|’s| us| me) (?:verify|check|double-check|confirm)\b|(?:we|you) can (?:verify|check|confirm)\b|substituting\b|confidence\b|sources?\s*:)|^\s*\([A-Za-z]{2}/
    ) != nil
  }

  private func choose(in sentence: Range<Int>) -> NumberToken? {
    let sentence = beforeReason(in: sentence)
    let all = NumberScanner.tokens(in: bytes, sentence).filter { !$0.values.isEmpty }
    let cardinals = all.filter { !$0.isOrdinal }
    var tokens = cardinals.isEmpty ? all : cardinals
    func isAsked(_ token: NumberToken) -> Bool {
      unit.follows(token.range.upperBound, in: bytes, before: sentence.upperBound)
    }
    if let equals = bytes[sentence].lastIndex(of: UInt8(ascii: "=")) {
      let results = tokens.filter { $0.range.lowerBound > equals }
      if let result = results.first(where: isAsked) ?? results.first { return result }
    }
    let asked = tokens.filter(isAsked)
    if asked.isEmpty {
      // "Each child can have one bowl", where bowls were asked for.
      let words = NumberWords.all(in: bytes, sentence).filter(isAsked)
      if let word = words.last { return word }
      tokens = stated(tokens, in: sentence)
    } else {
      tokens = stated(asked, in: sentence)
    }
    guard let last = tokens.last else { return nil }
    if tokens.count == 1 { return last }
    let bold = tokens.filter(isBold)
    if let loud = bold.last, bold.count < tokens.count { return loud }
    if let computed = lastComputed(before: sentence.lowerBound, among: tokens) { return computed }
    let fresh = tokens.filter { token in
      !given.contains { other in token.values.first.map { other.stands(for: $0) } ?? false }
    }
    return fresh.last ?? last
  }

  /// The numbers of a sentence without those that it turns down, and then without those in brackets
  /// or behind "because"; all of them if none were left.
  private func stated(_ tokens: [NumberToken], in sentence: Range<Int>) -> [NumberToken] {
    guard tokens.count > 1 else { return tokens }
    let kept = tokens.filter { !isTurnedDown($0, in: sentence) }
    let known = kept.isEmpty ? tokens : kept
    guard known.count > 1 else { return known }
    var depth = 0
    var isReason = false
    var place = sentence.lowerBound
    let open = known.filter { token in
      while place < token.range.lowerBound {
        if bytes[place] == UInt8(ascii: "(") { depth += 1 }
        if bytes[place] == UInt8(ascii: ")") { depth = max(0, depth - 1) }
        if startsReason(at: place) { isReason = true }
        place += 1
      }
      return depth == 0 && !isReason
    }
    // Brackets that come first hold no aside on what was said.
    return open.first?.range.lowerBound == known.first?.range.lowerBound ? open : known
  }

  /// A sentence up to the working that it gives as its reason, if a number stands before: "12, since 12 × 12 = 144".
  private func beforeReason(in sentence: Range<Int>) -> Range<Int> {
    guard let reason = sentence.first(where: startsReason) else { return sentence }
    let said = sentence.lowerBound..<reason
    let hasNumber = NumberScanner.tokens(in: bytes, said).contains { !$0.values.isEmpty }
    return hasNumber && bytes[reason..<sentence.upperBound].contains(UInt8(ascii: "="))
      ? said : sentence
  }

  private func startsReason(at place: Int) -> Bool {
    [" because ", " since "].contains { bytes[place..<end].starts(with: $0.utf8) }
  }

  /// Whether "not" or "rather than" stands right before a number.
  private func isTurnedDown(_ token: NumberToken, in sentence: Range<Int>) -> Bool {
    let start = max(sentence.lowerBound, token.range.lowerBound - 24)
    return String(decoding: bytes[start..<token.range.lowerBound], as: UTF8.self).lowercased()
      .firstMatch(
        of: /(?:\bnot|n't|\brather than|\binstead of)\s+(?:be |equal to |the |about )?[*"']*$/)
      != nil
  }

  private func isBold(_ token: NumberToken) -> Bool {
    var before = token.range.lowerBound
    while before > 0, bytes[before - 1] != UInt8(ascii: "*"), bytes[before - 1] != 0x0A,
      token.range.lowerBound - before < 24
    {
      before -= 1
    }
    guard before > 1, bytes[before - 1] == UInt8(ascii: "*"), bytes[before - 2] == UInt8(ascii: "*")
    else { return false }
    // Opening marks stand close to what follows, closing ones do not.
    return before < bytes.count && bytes[before] != 0x20
  }

  /// The number of a sentence that the working before it came to last.
  private func lastComputed(before limit: Int, among tokens: [NumberToken]) -> NumberToken? {
    var index = limit
    while let equals = bytes[..<index].lastIndex(of: UInt8(ascii: "=")) {
      index = equals
      let line = (equals + 1)..<min(endOfLine(from: equals), limit)
      guard let result = NumberScanner.tokens(in: bytes, line).first,
        let value = result.values.first
      else { continue }
      if let match = tokens.last(where: { $0.stands(for: value) }) { return match }
    }
    return nil
  }

  /// "The answer is five", where no digits are.
  private func inWords() -> Finding? {
    NumberWords.last(in: bytes, 0..<end).map { finding($0, rule: "number-word") }
  }

  private func endOfLine(from start: Int) -> Int {
    bytes[min(start, end)..<end].firstIndex(of: 0x0A) ?? end
  }

  private func lastRange(of mark: [UInt8], before limit: Int) -> Range<Int>? {
    guard limit >= mark.count else { return nil }
    var start = limit - mark.count
    while start >= 0 {
      if bytes[start..<(start + mark.count)].elementsEqual(mark) {
        return start..<(start + mark.count)
      }
      start -= 1
    }
    return nil
  }

  /// Whether a sentence ends with this byte: a mark with space behind it, or the end of a line.
  private func endsSentence(_ index: Int) -> Bool {
    switch bytes[index] {
    case 0x0A: return true
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
      guard index + 1 < end else { return true }
      guard [0x20, 0x0A, 0x0D, UInt8(ascii: "*"), UInt8(ascii: ")")].contains(bytes[index + 1])
      else { return false }
      return !isAbbreviation(before: index)
    default: return false
    }
  }

  private func isAbbreviation(before point: Int) -> Bool {
    guard bytes[point] == UInt8(ascii: ".") else { return false }
    var start = point
    while start > 0, (0x41...0x5A).contains(bytes[start - 1] & 0xDF) { start -= 1 }
    let word = String(decoding: bytes[start..<point], as: UTF8.self).lowercased()
    return ["mr", "mrs", "ms", "dr", "st", "vs", "approx", "no", "g", "e", "i"].contains(word)
  }

  private func endOfSentence(from start: Int) -> Int {
    var index = start
    while index < end, !endsSentence(index) { index += 1 }
    return index
  }

  private func sentences() -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < end {
      let stop = endOfSentence(from: start)
      if stop > start { ranges.append(start..<stop) }
      start = stop + 1
    }
    return ranges
  }
}
