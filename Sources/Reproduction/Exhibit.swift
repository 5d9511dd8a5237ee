public import Evaluation

/// One table or figure, made again.
public struct Exhibit: Sendable {
  /// Which.
  public let kind: PaperExhibit
  /// What differs from the paper, and what was found, one sentence each.
  public let notes: [String]
  /// What the numbers say, in sentences.
  public let findings: [String]
  /// Parts that the data does not allow, each with its reason.
  public let missing: [String]
  /// The numbers; nil when the data allows nothing.
  public let table: ExhibitTable?
  /// The same numbers under the paper's own headings; nil where it prints no table.
  public let printed: ExhibitTable?
  /// Every point behind the pictures; empty for tables.
  public let tasks: [TaskResult]
  /// Pictures by file name, without its end.
  public let pictures: [(name: String, svg: String)]

  init(
    kind: PaperExhibit, notes: [String] = [], findings: [String] = [], missing: [String],
    table: ExhibitTable?,
    printed: ExhibitTable? = nil, tasks: [TaskResult] = [],
    pictures: [(name: String, svg: String)] = []
  ) {
    self.kind = kind
    self.notes = notes
    self.findings = findings
    self.missing = missing
    self.table = table
    self.printed = printed
    self.tasks = tasks
    self.pictures = pictures
  }
}
