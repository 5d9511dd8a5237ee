import Foundation

/// Takes thinking out of a reply.
///
/// A block opens at the start of the reply or of a line, or behind a finished sentence; elsewhere a tag
/// is a word of the text, and so it is in code, in quotes and where the sentence reads on ("<think> is
/// the tag that"). A closing tag without an opening one ends thinking whose opening tag stood in the
/// prompt. A block that nothing closes holds no answer.
///
/// - Source: The tags and channels that the reasoning parsers of vLLM, SGLang and llama.cpp know, and
///   reports of where these go wrong.
struct ThinkingRemoval {
  /// The answer in a reply; `nil` if the reply holds no thinking, and empty if it holds nothing else.
  static func answer(in reply: String) -> String? {
    let channelled = ReplyChannels.answer(in: reply)
    let text = channelled ?? reply
    let bytes = Array(text.utf8)
    let marks = ThinkingMark.all(in: bytes)
    var answer: String?
    if marks.contains(where: { !$0.isWeak }) {
      var removal = ThinkingRemoval(bytes, marks.filter { !$0.isWeak })
      answer = removal.run()
    }
    if marks.contains(where: \.isWeak) {
      let rest = answer.map { Array($0.utf8) } ?? bytes
      var removal = ThinkingRemoval(rest, ThinkingMark.all(in: rest).filter(\.isWeak))
      if let behind = removal.run(), removal.isAnswerBehind { answer = behind }
    }
    return answer ?? channelled
  }

  private let bytes: [UInt8]
  private let marks: [ThinkingMark]
  /// The places among the marks of those that close, by their key.
  private var closings: [String: [Int]] = [:]
  private var visible: [Range<Int>] = []
  private var position = 0
  private var fencePosition = 0
  private var isInFence = false
  private var hasRemoved = false
  /// Whether text follows the last block.
  private var isAnswerBehind = false
  /// Openings inside blocks; each may have an end of its own behind the block's.
  private var nested = 0

  private init(_ bytes: [UInt8], _ marks: [ThinkingMark]) {
    self.bytes = bytes
    self.marks = marks
    for (index, mark) in marks.enumerated().reversed() where mark.isClosing {
      closings[mark.key, default: []].append(index)
    }
  }

  private mutating func run() -> String? {
    var index = 0
    while index < marks.count {
      let mark = marks[index]
      readFences(to: mark.range.lowerBound)
      if mark.isClosing {
        if !mark.isWeak, ends(mark) { endThinking(at: mark) }
        index += 1
        continue
      }
      guard let place = placeOfOpening(mark) else {
        index += 1
        continue
      }
      if let end = closing(of: index) {
        take(to: mark.range.lowerBound)
        skip(to: marks[end].range.upperBound)
        nested += marks[(index + 1)..<end].count { !$0.isClosing }
        index = end + 1
      } else if place == .start, !mark.isWeak, isThinkingUnclosed(mark) {
        take(to: mark.range.lowerBound)
        takeLastTag(from: mark.range.upperBound)
        skip(to: bytes.count)
        break
      } else {
        index += 1
      }
    }
    guard hasRemoved else { return nil }
    isAnswerBehind = bytes[position...].contains { !Self.isSpace($0) }
    take(to: bytes.count)
    return visible.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: "\n")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private mutating func take(to end: Int) {
    if bytes[position..<end].contains(where: { !Self.isSpace($0) }) {
      visible.append(position..<end)
    }
    position = end
  }

  private mutating func skip(to end: Int) {
    position = end
    fencePosition = end
    hasRemoved = true
  }

  /// A closing tag without an opening one: all that stands before it is thinking.
  ///
  /// One at the very end after a block and an answer is a mere repetition.
  private mutating func endThinking(at mark: ThinkingMark) {
    let isLast = bytes[mark.range.upperBound...].allSatisfy(Self.isSpace)
    if isLast, hasRemoved, nested == 0 {
      take(to: mark.range.lowerBound)
    } else {
      visible = []
      nested = max(0, nested - 1)
    }
    skip(to: mark.range.upperBound)
    isInFence = false
  }

  /// The place among the marks of the tag that ends a block: of the same name, and not in quotes.
  private mutating func closing(of index: Int) -> Int? {
    func next(_ key: String) -> Int? {
      // Places lie in falling order, so that those already passed are dropped from the end.
      while let last = closings[key]?.last, last < index { closings[key]?.removeLast() }
      return closings[key]?.last
    }
    let own = marks[index]
    guard let first = next(own.key) else {
      return own.isWeak
        ? nil
        : closings.keys.compactMap(next).filter {
          marks[$0].brackets == own.brackets && !marks[$0].isWeak
        }.min()
    }
    let places = closings[own.key] ?? []
    return places.reversed().prefix(50).first { !isQuoted(marks[$0]) } ?? first
  }

  private enum Place { case start, sentence }

  /// Where a tag stands that can open a block; `nil` if it is a word of the text.
  private func placeOfOpening(_ mark: ThinkingMark) -> Place? {
    guard !isInFence, !isQuoted(mark), !readsOn(after: mark) else { return nil }
    let line = lineBefore(mark)
    if line.allSatisfy(Self.isSpace) {
      return line.count < 4 || visible.isEmpty && isBlank(before: mark) ? .start : nil
    }
    let before = String(decoding: line.suffix(80), as: UTF8.self)
    if before.wholeMatch(of: /\s*(?:<[|｜][^|｜<>]{1,30}[|｜]>|assistant|model|\*|>|:|\s)+/) != nil {
      return .start
    }
    // Where the model has thought before, it may think again at any place.
    if hasRemoved { return .sentence }
    let last = before.last { $0 != " " }
    return last.map { ".!?。！？>".contains($0) } ?? false ? .sentence : nil
  }

  /// Whether a closing tag without an opening one ends thinking, and is no word of the text.
  private func ends(_ mark: ThinkingMark) -> Bool {
    guard !isInFence, !isQuoted(mark) else { return false }
    let line = lineBefore(mark)
    if line.allSatisfy(Self.isSpace) { return true }
    let before = String(decoding: line, as: UTF8.self)
    let after = bytes[mark.range.upperBound...].first
    // "Write <think> and </think> around it": the line names the opening tag too.
    if before.contains("<\(mark.name)") || before.contains("[\(mark.name)") { return false }
    guard let after else { return true }
    if after == 0x0A || after == 0x0D { return true }
    if ",;:.)?!".utf8.contains(after) { return false }
    if !Self.isSpace(after) { return true }
    return before.last { $0 != " " }.map { ".!?。！？)]}*>$".contains($0) } ?? false
  }

  /// Whether a block that nothing closes is thinking: in square brackets a name may be a heading.
  private func isThinkingUnclosed(_ mark: ThinkingMark) -> Bool {
    mark.brackets != .square || mark.name == "think"
  }

  /// `<answer>B</answer>` at the end of a block that was never closed is the answer all the same.
  private mutating func takeLastTag(from start: Int) {
    let text = String(decoding: bytes[start...], as: UTF8.self)
    guard let match = text.firstMatch(of: /<answer>[^<>]*<\/answer>\s*$/.ignoresCase()) else {
      return
    }
    let offset = text.utf8.distance(from: text.startIndex, to: match.range.lowerBound)
    position = start + offset
    take(to: bytes.count)
  }

  /// Whether the sentence goes on behind a tag, as in "<think> is the tag that".
  private func readsOn(after mark: ThinkingMark) -> Bool {
    let rest = bytes[mark.range.upperBound...].prefix(24)
    guard let first = rest.first else { return false }
    if ",;:)".utf8.contains(first) { return true }
    let word = rest.drop { $0 == 0x20 }.prefix { (0x61...0x7A).contains($0) }
    return first == 0x20 && Self.continuations.contains(String(decoding: word, as: UTF8.self))
  }

  private static let continuations: Set<String> = [
    "is", "are", "was", "were", "tag", "tags", "token", "tokens", "block", "blocks", "element",
    "elements", "section", "sections", "marker", "markers", "markup", "and", "or", "means", "marks",
    "starts", "opens", "begins", "denotes", "indicates", "must", "should",
  ]

  /// Whether a tag stands in quotes or in a span of code.
  private func isQuoted(_ mark: ThinkingMark) -> Bool {
    let before = bytes[..<mark.range.lowerBound].last
    let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")]
    let after = bytes[mark.range.upperBound...].first
    if let before, quotes.contains(before), mark.isClosing ? after == before : true { return true }
    for quote in ["“", "‘", "«", "「"] where bytes[..<mark.range.lowerBound].hasSuffix(quote) {
      return true
    }
    return !lineBefore(mark).count { $0 == UInt8(ascii: "`") }.isMultiple(of: 2)
  }

  /// What stands before a tag on its line, but for what was taken out.
  private func lineBefore(_ mark: ThinkingMark) -> ArraySlice<UInt8> {
    let limit = max(min(position, mark.range.lowerBound), mark.range.lowerBound - 400)
    var start = mark.range.lowerBound
    while start > limit, bytes[start - 1] != 0x0A { start -= 1 }
    return bytes[start..<mark.range.lowerBound]
  }

  private func isBlank(before mark: ThinkingMark) -> Bool {
    bytes[position..<mark.range.lowerBound].prefix(400).allSatisfy(Self.isSpace)
  }

  /// Follows the fences of code up to a place.
  private mutating func readFences(to end: Int) {
    var index = fencePosition
    while index < end {
      if index == 0 || bytes[index - 1] == 0x0A {
        var start = index
        while start < end, bytes[start] == 0x20 { start += 1 }
        let mark = bytes[start..<min(start + 3, end)]
        if mark.elementsEqual("```".utf8) || mark.elementsEqual("~~~".utf8) { isInFence.toggle() }
      }
      index += 1
    }
    fencePosition = max(fencePosition, end)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
