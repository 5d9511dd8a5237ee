/// A named column of a data frame.
public struct Column: Sendable {
  /// The name; numbers used as names are spelled in decimal.
  public var name: String
  /// The cells.
  public var values: ColumnValues

  /// Makes a column.
  public init(name: String, values: ColumnValues) {
    self.name = name
    self.values = values
  }
}
