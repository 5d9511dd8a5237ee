/// A prompt as recorded, and the chat turns in it.
///
/// Published rows hold many prompts as the source text of a Python list, one string a chat turn:
/// `['Which is larger?\nAnswer:']`. A reader or an encoder should see the turns, not the brackets
/// and backslashes, so the literal is parsed here. Any other text is one turn, unchanged.
public struct PromptText: Sendable, Hashable {
  /// The prompt exactly as recorded.
  public let raw: String
  /// The chat turns, in order; at least one.
  public let turns: [String]

  /// Parses a recorded prompt; text that is no list of strings is kept whole as one turn.
  public init(_ raw: String) {
    self.raw = raw
    turns = PythonStringList.parse(raw) ?? [raw]
  }

  /// The turns joined by line breaks: what is shown and embedded.
  public var text: String { turns.count == 1 ? turns[0] : turns.joined(separator: "\n") }
}
