/// A user's own questions: a file of rows, and templates that make prompts of them.
public struct QuestionFile: Sendable, Hashable {
  /// What kind of answer the column of right answers holds.
  public enum ReferenceKind: String, Sendable, Hashable, CaseIterable {
    /// The letter of a choice, or its text.
    case choice
    /// A number.
    case number
    /// Any text.
    case text
  }

  /// The file of questions, CSV or JSON Lines.
  public var file: String
  /// The column that tells questions apart; nil for row numbers.
  public var id: String?
  /// One text a turn, with columns between braces.
  public var turns: [String]
  /// What holds for the whole conversation; nil for nothing.
  public var system: String?
  /// The column of right answers; nil where there are none.
  public var reference: String?
  /// What that column holds.
  public var referenceKind = ReferenceKind.text
  /// The columns of the choices, in order; none for free answers.
  public var choices: [String] = []
  /// What an example looks like, with columns between braces; nil where none are shown.
  public var example: String?
}
