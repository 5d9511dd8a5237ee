import Files

/// A table of texts, one row a prompt and one column a model; nil marks a missing cell.
///
/// Responses are most of a file. They stay where they lie in it, and are decoded when asked for.
public struct TextGrid: Sendable, Hashable {
  /// The number of rows (prompts).
  public let rows: Int
  /// The number of columns (models).
  public let columns: Int
  /// All cells in row-major order.
  let cells: TextColumn

  /// Makes a grid of strings, row by row.
  ///
  /// - Precondition: Every row has `columns` cells.
  public init(_ rows: [[String?]], columns: Int) {
    for row in rows {
      precondition(
        row.count == columns, "A row of \(columns) texts is needed; \(row.count) were given.")
    }
    self.init(rows: rows.count, columns: columns, cells: TextColumn(rows.joined()))
  }

  /// - Precondition: There is a cell for every row and column.
  init(rows: Int, columns: Int, cells: TextColumn) {
    precondition(
      cells.count == rows * columns,
      "A \(rows) x \(columns) grid needs \(rows * columns) texts; \(cells.count) were given.")
    self.rows = rows
    self.columns = columns
    self.cells = cells
  }

  /// One cell, decoded; nil where it is missing.
  public subscript(row: Int, column: Int) -> String? { cells[row * columns + column] }

  /// The cells of one row, decoded.
  public subscript(row row: Int) -> [String?] {
    cells[(row * columns)..<((row + 1) * columns)].map { $0 }
  }

  /// Whether a cell has no text.
  public func isMissing(_ row: Int, _ column: Int) -> Bool {
    cells.isMissing(row * columns + column)
  }

  /// Whether no cell has a text.
  public var isEmpty: Bool { cells.indices.allSatisfy { cells.isMissing($0) } }

  /// A new grid of the given rows, in the given order.
  public func selecting(rows chosen: [Int]) -> TextGrid {
    selecting(chosen, count: columns) { $0 * columns + $1 }
  }

  /// A new grid of the given columns, in the given order.
  public func selecting(columns chosen: [Int]) -> TextGrid {
    selecting(Array(0..<rows), count: chosen.count) { $0 * columns + chosen[$1] }
  }

  private func selecting(
    _ rows: [Int], count: Int, _ place: (Int, Int) -> Int
  ) -> TextGrid {
    var places: [Int] = []
    places.reserveCapacity(rows.count * count)
    for row in rows { for column in 0..<count { places.append(place(row, column)) } }
    return TextGrid(rows: rows.count, columns: count, cells: cells.selecting(rows: places))
  }
}
