/// What a scorer does and where its rule comes from.
public struct ScorerCard: Sendable, Hashable, Codable {
  /// The name that plans and task cards use.
  public let name: String
  /// What it holds answers against, in one sentence.
  public let summary: String
  /// The paper or code that the rule follows.
  public let source: String

  /// A card.
  public init(name: String, summary: String, source: String) {
    self.name = name
    self.summary = summary
    self.source = source
  }
}
