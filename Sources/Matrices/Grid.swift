/// A row-major table of doubles, one row a prompt and one column a model; NaN marks a missing cell.
///
/// Outcomes and estimates use it: quality in [0, 1], cost in dollars a prompt.
public struct Grid: Sendable, Hashable {
  /// The number of rows (prompts).
  public let rows: Int
  /// The number of columns (models).
  public let columns: Int
  /// All cells in row-major order.
  public var values: [Double]

  /// Makes a grid from cells in row-major order.
  ///
  /// - Precondition: `values.count == rows * columns`.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(
      values.count == rows * columns,
      "A \(rows) x \(columns) grid needs \(rows * columns) values; \(values.count) were given.")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Makes a grid whose cells are all `value`; missing unless told.
  public init(rows: Int, columns: Int, repeating value: Double = .nan) {
    self.init(
      rows: rows, columns: columns, values: [Double](repeating: value, count: rows * columns))
  }

  /// A grid that repeats one row `count` times.
  public static func rows(_ row: [Double], count: Int) -> Grid {
    var values: [Double] = []
    values.reserveCapacity(row.count * count)
    for _ in 0..<count { values.append(contentsOf: row) }
    return Grid(rows: count, columns: row.count, values: values)
  }

  /// One cell; NaN where it is missing.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// The cells of one row.
  public subscript(row row: Int) -> ArraySlice<Double> {
    values[(row * columns)..<((row + 1) * columns)]
  }

  /// A new grid of the given rows, in the given order.
  public func selecting(rows chosen: [Int]) -> Grid {
    var selected: [Double] = []
    selected.reserveCapacity(chosen.count * columns)
    for row in chosen { selected.append(contentsOf: self[row: row]) }
    return Grid(rows: chosen.count, columns: columns, values: selected)
  }

  /// A new grid of the given columns, in the given order.
  public func selecting(columns chosen: [Int]) -> Grid {
    var selected: [Double] = []
    selected.reserveCapacity(rows * chosen.count)
    for row in 0..<rows { for column in chosen { selected.append(self[row, column]) } }
    return Grid(rows: rows, columns: chosen.count, values: selected)
  }

  /// The mean of each column over the cells that are present; NaN for a column with none.
  ///
  /// Sums run down the rows in order, so the result never depends on threads.
  public func columnMeans() -> [Double] {
    var sums = [Double](repeating: 0, count: columns)
    var counts = [Int](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let value = values[row * columns + column]
        if value.isNaN { continue }
        sums[column] += value
        counts[column] += 1
      }
    }
    return zip(sums, counts).map { $1 == 0 ? .nan : $0 / Double($1) }
  }

  /// Whether every cell of a row is present.
  public func isComplete(row: Int) -> Bool {
    !self[row: row].contains { $0.isNaN }
  }
}
