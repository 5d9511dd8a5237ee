/// One task of a plan: where its questions are and how they are put.
public struct PlannedTask: Sendable, Hashable {
  /// What outcomes call it.
  public var name: String
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
  /// How answers are scored; nil for not at all.
  public var scorer: String?
  /// The most questions that are taken, from the first; nil for all.
  public var limit: Int?
  /// The line of the plan that it begins on.
  public var line: Int
}
