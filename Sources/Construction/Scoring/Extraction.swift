/// How an answer was read: the rule that found it, and what it found.
///
/// Kept with every score, so that a reader of the data can tell a wrong answer from a misread one.
public struct Extraction: Sendable, Hashable, Codable {
  /// The rule's name, such as `boxed`; `none` where no rule found anything.
  public let rule: String
  /// The text that was found, as it stands in the answer; empty where nothing was.
  public let text: String

  /// What a rule found.
  public init(rule: String, text: String) {
    self.rule = rule
    self.text = text
  }

  static let none = Extraction(rule: "none", text: "")
}
