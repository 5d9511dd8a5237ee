/// A prompt as people wrote it, and the chat turns inside it.
///
/// Published prompts are often a Python list literal in a string, one item a chat turn:
/// `['First turn', "Second turn"]`. The text that is shown and embedded is the items, not the literal.
public struct PromptText: Sendable, Hashable {
  /// The text as it stands in the data.
  public let raw: String
  /// The chat turns; the raw text alone when it is no list literal.
  public let turns: [String]

  /// Reads a prompt.
  public init(_ raw: String) {
    self.raw = raw
    turns = PythonList.strings(in: raw) ?? [raw]
  }

  /// The turns, one after the other on lines of their own.
  public var text: String { turns.joined(separator: "\n") }
}
