/// What an option's value or an operand is, so that shells can complete it.
public enum ValueKind: Hashable, Sendable {
  /// Any text.
  case text
  /// A path to a file.
  case file
  /// A path to a directory.
  case directory
  /// One of these words; anything else is refused with a suggestion.
  case oneOf([String])
  /// One of these words or any other text: they are only completed.
  case suggestions([String])

  /// The words a shell offers.
  var words: [String] {
    switch self {
    case .oneOf(let words), .suggestions(let words): words
    case .text, .file, .directory: []
    }
  }
}
