import Files

/// The cells of one key of a JSON Lines file: one for each row, or only those that are there.
///
/// A file may have a new key in every row; columns that are all as long as the file would be quadratic.
struct KeyedCells: Sendable {
  /// The cells, one for each row from the first on, or one for each of `rows`.
  private(set) var places: [TextPlace] = []
  /// The rows of the cells, ascending; `nil` if there is a cell for each row.
  private(set) var rows: [Int]?
  private var present = 0

  /// Whether so many cells of which most are missing still take less than a few times those present.
  private func isWorthFilling(_ count: Int) -> Bool { count <= 4 * present + 64 }

  /// Sets the cell of a row, which is the last row so far or one after it.
  mutating func set(_ place: TextPlace, row: Int) {
    if rows == nil, places.count > row {
      places[row] = place
      return
    }
    if rows?.last == row {
      places[places.count - 1] = place
      return
    }
    present += 1
    if rows == nil, !isWorthFilling(row + 1) { scatter() }
    if rows == nil {
      while places.count < row { places.append(.missing) }
    } else {
      rows?.append(row)
    }
    places.append(place)
  }

  /// Takes back the cell of the last row, if there is one.
  mutating func remove(row: Int) {
    guard rows == nil ? places.count > row : rows?.last == row else { return }
    places.removeLast()
    rows?.removeLast()
    present -= 1
  }

  /// The column of so many rows.
  func part(of range: Range<Int>) -> RawCells.Part {
    var cells = self
    if let rows, isWorthFilling(range.count) {
      cells.places = [TextPlace](repeating: .missing, count: range.count)
      for (row, place) in zip(rows, places) { cells.places[row] = place }
      cells.rows = nil
    } else if rows == nil {
      if isWorthFilling(range.count) {
        while cells.places.count < range.count { cells.places.append(.missing) }
      } else {
        cells.scatter()
      }
    }
    guard let rows = cells.rows else {
      return RawCells.Part(rows: range, places: cells.places, start: 0, stride: 1)
    }
    return RawCells.Part(rows: range, places: cells.places, of: rows)
  }

  private mutating func scatter() {
    let there = places.indices.filter { !places[$0].isMissing }
    places = there.map { places[$0] }
    rows = there
  }
}
