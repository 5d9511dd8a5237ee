/// Which part of a prompt an encoder reads.
///
/// Encoders cut long texts, and few-shot prompts all start alike, so the beginning alone can make
/// every prompt the same (the published five-shot ARC prompts are).
public enum PromptView: String, Sendable, Codable, CaseIterable {
  /// The raw text from its beginning, list literal and all, as the original code embeds it.
  case head
  /// The end of the text: encoders cut at the left.
  case tail
  /// The last question alone, without the examples before it.
  case question

  /// The text an encoder is given for a raw prompt.
  public func text(of raw: String) -> String {
    switch self {
    case .head: raw
    case .tail: PromptText(raw).text
    case .question: PromptText(raw).lastQuestion
    }
  }
}

extension PromptText {
  /// The last question of a few-shot prompt: what follows the last answered example.
  ///
  /// The last chat turn is looked at. In it an example is the word `Answer:`, an answer, and a blank
  /// line; where there is none, the whole turn is the question.
  public var lastQuestion: String {
    let turn = Array((turns.last ?? raw).utf8)
    let marker = Array("Answer:".utf8)
    var start = turn.count - marker.count
    while start >= 0 {
      if turn[start] == marker[0], turn[start..<(start + marker.count)].elementsEqual(marker),
        let question = Self.afterAnswer(turn[(start + marker.count)...])
      {
        return String(decoding: question, as: UTF8.self)
      }
      start -= 1
    }
    return String(decoding: turn, as: UTF8.self)
  }

  /// What follows the blank line after an answer; nil when there is no answer or nothing follows.
  private static func afterAnswer(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let newline = UInt8(ascii: "\n")
    var seenAnswer = false
    var index = rest.startIndex
    while index < rest.endIndex {
      if !isSpace(rest[index]) {
        seenAnswer = true
      } else if seenAnswer, rest[index] == newline, index + 1 < rest.endIndex,
        rest[index + 1] == newline
      {
        let question = rest[(index + 2)...].drop(while: isSpace)
        return question.isEmpty ? nil : question
      }
      index += 1
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
