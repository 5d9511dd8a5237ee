import Files

/// One column of a file, its cells as they lie there.
///
/// A class, since it is handed on for every row, and a copy would count several references.
final class RawColumn: Sendable {
  let name: String
  let values: Values

  init(name: String, values: Values) {
    self.name = name
    self.values = values
  }

  enum Values: Sendable {
    case numbers([Double])
    case integers([Int64])
    case booleans([Bool])
    case text(TextColumn)
    case cells(RawCells)
  }

  /// Whether the cells are of a type that is a number whatever they hold.
  var isNumeric: Bool {
    switch values {
    case .numbers, .integers, .booleans: true
    case .text, .cells: false
    }
  }

  func number(_ row: Int) -> NumberCell {
    switch values {
    case .numbers(let numbers): numbers[row].isNaN ? .missing : .value(numbers[row])
    case .integers(let integers): .value(Double(integers[row]))
    case .booleans(let booleans): .value(booleans[row] ? 1 : 0)
    case .text(let text): number(text, row)
    case .cells(let cells): cells.number(row)
    }
  }

  private func number(_ text: TextColumn, _ row: Int) -> NumberCell {
    if text.isMissing(row) { return .missing }
    if text.isPlain(row) { return text.withSpelling(row, parseNumber) }
    return Array((text[row] ?? "").utf8).withUnsafeBytes(parseNumber)
  }

  /// The cell as text; nil where it is missing.
  func text(_ row: Int) -> String? {
    switch values {
    case .numbers(let numbers): numbers[row].isNaN ? nil : RawColumn.text(of: numbers[row])
    case .integers(let integers): String(integers[row])
    case .booleans(let booleans): booleans[row] ? "True" : "False"
    case .text(let text): text[row]
    case .cells(let cells): cells.text(row)
    }
  }

  /// Calls `body` with the rows whose cells may be there, the others being missing, while it says so.
  ///
  /// A column that is missing in most rows takes no time for them.
  func forEachCandidate(of rows: Int, _ body: (Int) -> Bool) {
    if case .cells(let cells) = values { return cells.forEachCandidate(body) }
    for row in 0..<rows where !body(row) { return }
  }

  /// How many of so many cells may be there.
  func greatestPresent(of rows: Int) -> Int {
    if case .cells(let cells) = values { cells.candidateCount } else { rows }
  }

  /// Whether the cell has no text, or an empty one.
  func isEmpty(_ row: Int) -> Bool {
    switch values {
    case .numbers(let numbers): numbers[row].isNaN
    case .integers, .booleans: false
    case .text(let text): text.isEmpty(row)
    case .cells(let cells): cells.place(row).isEmpty
    }
  }

  /// Whether the cell is missing; an empty text is not.
  func isMissing(_ row: Int) -> Bool {
    switch values {
    case .numbers(let numbers): numbers[row].isNaN
    case .integers, .booleans: false
    case .text(let text): text.isMissing(row)
    case .cells(let cells): cells.place(row).isMissing
    }
  }

  /// Whether two cells are spelled alike and thus equal; equal texts may be spelled apart.
  func isSpelledAlike(_ row: Int, _ other: Int) -> Bool {
    switch values {
    case .numbers, .integers, .booleans: text(row) == text(other)
    case .text(let text): text.isSpelledAlike(row, other)
    case .cells(let cells): cells.isSpelledAlike(row, other)
    }
  }

  /// The texts of consecutive rows; one that is spelled as the row's before shares its memory.
  func texts(in rows: Range<Int>) -> [String?] {
    if case .cells(let cells) = values { return cells.texts(in: rows) }
    var last: (row: Int, text: String?)?
    return rows.map { row in
      if let last, isSpelledAlike(last.row, row) { return last.text }
      let text = text(row)
      last = (row, text)
      return text
    }
  }

  /// The texts of some rows, left where they lie.
  ///
  /// - Precondition: The rows ascend.
  func texts(ofAscending rows: [Int]) -> TextColumn {
    switch values {
    case .text(let text): text.selecting(rows: rows)
    case .cells(let cells): TextColumn(in: cells.file, places: cells.places(rows))
    case .numbers, .integers, .booleans: TextColumn(rows.map { text($0) })
    }
  }

  /// The texts of some rows, left where they lie; nil is a missing cell.
  func texts(_ rows: [Int?]) -> TextColumn {
    switch values {
    case .text(let text): text.selecting(rows: rows)
    case .cells(let cells):
      TextColumn(in: cells.file, places: rows.map { $0.map { cells.place($0) } ?? .missing })
    case .numbers, .integers, .booleans: TextColumn(rows.map { $0.flatMap { text($0) } })
    }
  }

  /// Whole numbers without the fraction that a column with gaps forces on them.
  private static func text(of number: Double) -> String {
    if let whole = Int64(exactly: number) { return String(whole) }
    return "\(number)"
  }

  /// Puts the numbers of some rows where a grid wants them, NaN for a missing cell.
  ///
  /// - Parameters:
  ///   - target: The place of the first row's number.
  ///   - stride: How far apart the places of two rows are.
  ///   - isOdd: Set, row by row from the first, where a cell holds no number or one out of bounds;
  ///     such a cell is missing.
  func copyNumbers(
    _ rows: Range<Int>, within bounds: ClosedRange<Double>,
    to target: UnsafeMutablePointer<Double>, stride: Int, isOdd: UnsafeMutablePointer<Bool>
  ) {
    func put(_ value: Double, _ index: Int) {
      if value >= bounds.lowerBound, value <= bounds.upperBound {
        target[index * stride] = value
      } else {
        target[index * stride] = .nan
        isOdd[index] = true
      }
    }
    func put(_ cell: NumberCell, _ index: Int) {
      switch cell {
      case .value(let value): put(value, index)
      case .missing: target[index * stride] = .nan
      case .unreadable:
        target[index * stride] = .nan
        isOdd[index] = true
      }
    }
    let first = rows.lowerBound
    switch values {
    case .numbers(let numbers):
      for row in rows {
        let value = numbers[row]
        if value.isNaN { target[(row - first) * stride] = .nan } else { put(value, row - first) }
      }
    case .integers(let integers): for row in rows { put(Double(integers[row]), row - first) }
    case .booleans(let booleans): for row in rows { put(booleans[row] ? 1 : 0, row - first) }
    case .text(let text): for row in rows { put(number(text, row), row - first) }
    case .cells(let cells): cells.forEachNumber(rows) { row, cell in put(cell, row - first) }
    }
  }
}
