/// What a model answered: its reply without the thinking that it wrote on the way.
///
/// Whatever reads a reply reads it through this value: every scorer, a judge's verdict, and the label
/// of refusals. A number, a doubt or a draft inside thinking therefore never counts.
public struct GivenAnswer: Sendable, Hashable {
  /// The answer; the whole reply if it holds no thinking, and empty if nothing follows the thinking.
  public let text: String
  /// Whether the reply is thinking and nothing else, as when it was cut off before the answer.
  public let isOnlyThinking: Bool

  /// The answer in a reply.
  ///
  /// - Complexity: O(*n*) in the reply's length.
  public init(_ reply: String) {
    let reply = reply.first == "\u{FEFF}" ? String(reply.dropFirst()) : reply
    let answer = ThinkingRemoval.answer(in: reply)
    text = Self.withoutEnd(answer ?? reply)
    isOnlyThinking = answer?.isEmpty ?? false
  }

  /// Text without the marks by which models end a turn, where a server left them in.
  private static func withoutEnd(_ text: String) -> String {
    guard let last = text.utf8.last(where: { $0 > 0x20 }), last == UInt8(ascii: ">"),
      let end = text.suffix(80).firstMatch(
        of:
          /\s*(?:<\|(?:im_end|eot_id|eom_id|end|return|endoftext|end_of_text|end_of_turn)\|>|<end_of_turn>|<\/s>|<｜end▁of▁sentence｜>|\s)+$/
      )
    else { return text }
    return String(text[..<end.range.lowerBound])
  }
}
