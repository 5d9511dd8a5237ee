/// Which part of a prompt an encoder is shown.
///
/// Encoders read a few hundred tokens and cut the rest. Few-shot prompts of one task begin with the
/// same examples, so cutting at the head makes all their features equal; the other views keep what
/// tells prompts apart.
public enum PromptView: String, CaseIterable, Codable, Sendable {
  /// The recorded text from its start, brackets and all, as published work embedded it.
  case head
  /// The end of the prompt: the turns, of which an encoder keeps the last tokens.
  case tail
  /// The last question alone, without the worked examples before it.
  case question

  /// Whether an encoder that must cut this view cuts at its start and keeps its end.
  public var keepsEnd: Bool { self == .tail }

  /// The part of a recorded prompt that this view shows, before any cut to an encoder's length.
  ///
  /// - Parameter raw: The prompt as recorded, a Python list literal or plain text.
  public func text(of raw: String) -> String {
    switch self {
    case .head: raw
    case .tail: PromptText(raw).text
    case .question: PromptText(raw).question
    }
  }
}
