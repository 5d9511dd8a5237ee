import Pickle

/// Rows and named columns as a file has them, before anyone asks what they mean.
///
/// Cells of text formats are places in the file's bytes and are decoded when they are asked for, so
/// a table must not outlive those bytes.
struct RawTable {
  var columns: [RawColumn]
  /// The data row's number in the file, from 1.
  var rowNumbers: [Int]
  /// The line on which each row starts; empty for a format without lines.
  var lines: [Int]
  /// How many data rows the file has, those left out included.
  var rowsInFile = 0

  var count: Int { rowNumbers.count }

  func column(_ name: String) -> RawColumn? { columns.first { $0.name == name } }

  /// The first of several spellings that is there.
  func column(_ names: [String]) -> RawColumn? {
    for name in names {
      if let found = column(name) { return found }
    }
    return nil
  }
}

struct RawColumn {
  let name: String
  let values: Values

  enum Values {
    case numbers([Double])
    case integers([Int64])
    case booleans([Bool])
    case text(TextColumn)
    case cells([RawCell], UnsafeRawBufferPointer)
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
    case .text(let text):
      if let string = text[row] {
        Array(string.utf8).withUnsafeBytes(parseNumber)
      } else {
        .missing
      }
    case .cells(let cells, let bytes): cells[row].number(in: bytes)
    }
  }

  /// The cell as text; nil where it is missing.
  func text(_ row: Int) -> String? {
    switch values {
    case .numbers(let numbers): numbers[row].isNaN ? nil : RawColumn.text(of: numbers[row])
    case .integers(let integers): String(integers[row])
    case .booleans(let booleans): booleans[row] ? "True" : "False"
    case .text(let text): text[row]
    case .cells(let cells, let bytes): cells[row].text(in: bytes)
    }
  }

  /// Whole numbers without the fraction that a column with gaps forces on them.
  private static func text(of number: Double) -> String {
    if let whole = Int64(exactly: number) { return String(whole) }
    return "\(number)"
  }
}
