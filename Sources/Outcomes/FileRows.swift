/// The data rows of a file that each row of its table is from, counted from 0.
public struct FileRows: Sendable, Hashable {
  /// Where each table row's file rows begin; one more at the end.
  private let starts: [Int]
  private let rows: [Int]

  /// One row of the file for each of the table.
  init(one rows: [Int]) {
    starts = Array(0...rows.count)
    self.rows = rows
  }

  /// Several for each, in the file's order.
  init(several rows: [[Int]]) {
    var starts = [0]
    starts.reserveCapacity(rows.count + 1)
    for each in rows { starts.append(starts[starts.count - 1] + each.count) }
    self.starts = starts
    self.rows = Array(rows.joined())
  }

  /// How many rows the table has.
  public var count: Int { starts.count - 1 }

  /// The file rows of a table's row: the one its prompt is from or, in long form, all that speak of it.
  public subscript(row: Int) -> ArraySlice<Int> { rows[starts[row]..<starts[row + 1]] }
}
