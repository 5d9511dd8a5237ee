extension PromptText {
  /// The last question, without the worked examples before it.
  ///
  /// A few-shot prompt ends with a cue such as `Answer:`, and each example before it holds the same
  /// cue followed by an answer and a blank line. The question is what follows the last example in
  /// the last turn; instructions repeated with every example are dropped too. A prompt with no
  /// worked example is its own question, all turns of it.
  public var question: String {
    guard let last = turns.last else { return text }
    return PromptText.lastQuestion(of: last) ?? text
  }

  /// What follows the last worked example, or nil where there is none.
  static func lastQuestion(of text: String) -> String? {
    guard let cue = answerCue(of: text) else { return nil }
    let blocks = blocks(of: text)
    guard
      let example = blocks.indices.dropLast().last(where: { isAnswered(blocks[$0], cue: cue) })
    else { return nil }
    let before = Set(blocks[...example])
    var start = example + 1
    while start < blocks.count - 1, before.contains(blocks[start]) { start += 1 }
    return String(text[blocks[start].startIndex...])
  }

  /// The word and colon that the text ends with, such as `Answer:`.
  private static func answerCue(of text: String) -> Substring? {
    let utf8 = text.utf8
    guard let end = utf8.lastIndex(where: { !isSpace($0) }), utf8[end] == UInt8(ascii: ":") else {
      return nil
    }
    let afterColon = utf8.index(after: end)
    let start = utf8[..<end].lastIndex(where: isSpace).map { utf8.index(after: $0) }
    let cue = text[(start ?? text.startIndex)..<afterColon]
    return cue.utf8.count > 1 ? cue : nil
  }

  /// Whether a block holds the cue with an answer after it.
  private static func isAnswered(_ block: Substring, cue: Substring) -> Bool {
    let bytes = block.utf8
    let wanted = Array(cue.utf8)
    guard var start = bytes.lastIndex(of: wanted[wanted.count - 1]) else { return false }
    while true {
      let end = bytes.index(after: start)
      if let cueStart = bytes.index(end, offsetBy: -wanted.count, limitedBy: bytes.startIndex),
        bytes[cueStart..<end].elementsEqual(wanted),
        cueStart == bytes.startIndex || isSpace(bytes[bytes.index(before: cueStart)])
      {
        return bytes[end...].contains { !isSpace($0) }
      }
      guard let earlier = bytes[..<start].lastIndex(of: wanted[wanted.count - 1]) else {
        return false
      }
      start = earlier
    }
  }

  /// The parts between blank lines.
  private static func blocks(of text: String) -> [Substring] {
    var blocks: [Substring] = []
    let utf8 = text.utf8
    var start = utf8.startIndex
    var index = start
    while index < utf8.endIndex {
      let next = utf8.index(after: index)
      if utf8[index] == 0x0A, next < utf8.endIndex, utf8[next] == 0x0A {
        blocks.append(text[start..<index])
        var end = next
        while end < utf8.endIndex, utf8[end] == 0x0A { end = utf8.index(after: end) }
        start = end
        index = end
      } else {
        index = next
      }
    }
    blocks.append(text[start...])
    return blocks
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }
}
