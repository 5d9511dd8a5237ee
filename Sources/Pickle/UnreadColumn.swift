/// A column of a data frame that is not read, since its cells are neither text nor numbers.
public struct UnreadColumn: Sendable, Hashable {
  /// The column's name.
  public let name: String
  /// What the column holds, without a full stop.
  public let found: String
  /// What it holds and how to write it so that it is read.
  public let description: String

  init(name: String, error: PickleError) {
    self.name = name
    found = error.found ?? error.description
    description = error.description
  }
}
