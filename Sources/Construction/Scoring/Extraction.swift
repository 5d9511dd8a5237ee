/// How an answer was read: the rule that found it, and what it found.
///
/// Kept with every score, so that a reader of the data can tell a wrong answer from a misread one.
public struct Extraction: Sendable, Hashable, Codable {
  /// The rule's name, such as `boxed`; `none` if no rule found anything, and `only-thinking`
  /// if nothing follows the thinking.
  public let rule: String
  /// The text that was found, as it stands in the answer; empty where nothing was.
  public let text: String

  /// What a rule found.
  public init(rule: String, text: String) {
    self.rule = rule
    self.text = text
  }

  static let none = Extraction(rule: "none", text: "")
  /// Nothing follows the thinking.
  static let onlyThinking = Extraction(rule: "only-thinking", text: "")

  /// Whether nothing was found to compare.
  var isNothing: Bool { rule == Extraction.none.rule || rule == Extraction.onlyThinking.rule }
}
