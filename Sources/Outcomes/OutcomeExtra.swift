/// A measurement beside those of a table, for people: text forms carry it, readers pass it over.
public struct OutcomeExtra: Sendable {
  /// One cell.
  public enum Cell: Sendable, Hashable {
    /// Nothing was measured.
    case missing
    /// A word or more.
    case text(String)
    /// A finite number.
    case number(Double)
  }

  /// What can be measured; wide columns are called `<model>|<name>`.
  public static let knownNames = [
    "answers", "quality_variance", "finish_reason", "model_version", "first_byte_seconds",
    "cached_tokens", "reasoning_tokens", "tokens_estimated",
    "refusal", "judge_cost",
  ]

  /// One of the known names.
  public let name: String
  /// Row by row and model by model.
  public let cells: [[Cell]]

  /// A measurement.
  ///
  /// - Precondition: The name is known, so that readers pass over the column without a remark.
  public init(_ name: String, _ cells: [[Cell]]) {
    precondition(Self.knownNames.contains(name), "There is no measurement '\(name)'.")
    self.name = name
    self.cells = cells
  }
}
