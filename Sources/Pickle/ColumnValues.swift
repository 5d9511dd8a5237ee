public import Files

/// The cells of a column, under the narrowest of four types that holds them all.
public enum ColumnValues: Sendable {
  /// Floating-point numbers of any width, and integers or truth values of which some are missing;
  /// NaN marks a missing cell.
  case doubles([Double])
  /// Integers of any width, none missing.
  case integers([Int64])
  /// Truth values, none missing.
  case booleans([Bool])
  /// Text, dates in ISO 8601, and columns that mix text with numbers.
  case text(TextColumn)

  /// The number of rows.
  public var count: Int {
    switch self {
    case .doubles(let values): values.count
    case .integers(let values): values.count
    case .booleans(let values): values.count
    case .text(let values): values.count
    }
  }

  /// All cells as numbers, true as 1, or nil for text.
  public var numbers: [Double]? {
    switch self {
    case .doubles(let values): values
    case .integers(let values): values.map(Double.init)
    case .booleans(let values): values.map { $0 ? 1 : 0 }
    case .text: nil
    }
  }

  /// All cells as text in Python's spelling; NaN is a missing cell.
  public var asText: TextColumn {
    switch self {
    case .doubles(let values): TextColumn(values.map { $0.isNaN ? nil : "\($0)" })
    case .integers(let values): TextColumn(values.map { "\($0)" })
    case .booleans(let values): TextColumn(values.map { $0 ? "True" : "False" })
    case .text(let values): values
    }
  }
}
