/// One argument that is known by its place, not by a name.
public struct Operand: Hashable, Sendable {
  /// What it is called in the help, in capitals.
  public let name: String
  /// What it is.
  public let kind: ValueKind
  /// What it is for, in one sentence.
  public let summary: String
  /// Whether it may be left out.
  public let isOptional: Bool

  /// An operand; required unless told otherwise.
  public init(
    _ name: String, _ kind: ValueKind = .text, summary: String, isOptional: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.isOptional = isOptional
  }
}
