import Foundation

/// Finds rows and cells in comma-separated text (RFC 4180) without copying it.
///
/// Takes LF, CRLF and CR as line ends, line breaks and doubled quotes between quotes, a byte order
/// mark, and a tab or semicolon for the comma where the header has no comma.
struct CSVParser {
  private let bytes: UnsafeRawBufferPointer
  private let file: String
  private var delimiter = UInt8(ascii: ",")
  private var position = 0
  private var line = 1

  init(bytes: UnsafeRawBufferPointer, file: String) {
    self.bytes = bytes
    self.file = file
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    delimiter = CSVParser.delimiter(ofHeader: bytes, from: position)
  }

  private static func delimiter(ofHeader bytes: UnsafeRawBufferPointer, from start: Int) -> UInt8 {
    let header = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
    if header.contains(UInt8(ascii: ",")) { return UInt8(ascii: ",") }
    for other in [UInt8(ascii: "\t"), UInt8(ascii: ";")] where header.contains(other) {
      return other
    }
    return UInt8(ascii: ",")
  }

  /// Reads the header and all rows; columns that are not wanted get no cells.
  ///
  /// - Parameter header: The columns of a file that names none; nil where its first row does.
  mutating func parse(
    header: [String]? = nil, wanted: (String) -> Bool, diagnostics: inout Diagnostics
  ) throws(OutcomesError) -> RawTable {
    var row: [RawCell] = []
    if header == nil {
      repeat {
        guard readRow(into: &row) != .end else {
          throw OutcomesError("\(file) is empty; needed is a header line and rows below it.")
        }
      } while row.count == 1 && row[0].kind == .missing
    }
    let names = header ?? row.map { $0.text(in: bytes) ?? "" }
    var seen: Set<String> = []
    for name in names where !isIndexColumn(name) && !seen.insert(name).inserted {
      throw OutcomesError("\(file) has two columns named \(name); rename or remove one.")
    }
    let kept = names.indices.filter { !isIndexColumn(names[$0]) && wanted(names[$0]) }
    var cells = [[RawCell]](repeating: [], count: kept.count)
    var table = RawTable(columns: [], rowNumbers: [], lines: [])
    var number = 0
    while true {
      let start = line
      let outcome = readRow(into: &row)
      if outcome == .end { break }
      if row.count == 1, row[0].kind == .missing, names.count > 1 { continue }
      number += 1
      switch outcome {
      case .end: break
      case .openQuote, .textAfterQuote:
        let fault =
          outcome == .openQuote
          ? "a quote is opened and never closed" : "text follows a closing quote"
        diagnostics.add(
          .malformedRow,
          Diagnostic(
            file: file, row: number, line: start, column: nil, kind: .malformedRow,
            message: "In this row \(fault); the row is left out."))
      case .row where row.count != names.count:
        diagnostics.add(
          .wrongWidth,
          Diagnostic(
            file: file, row: number, line: start, column: nil, kind: .wrongWidth,
            message: "The row has \(row.count) cells and the header has \(names.count); "
              + "the row is left out."))
      case .row:
        for (slot, column) in kept.enumerated() { cells[slot].append(row[column]) }
        table.rowNumbers.append(number)
        table.lines.append(start)
      }
    }
    table.rowsInFile = number
    table.columns = kept.indices.map {
      RawColumn(name: names[kept[$0]], values: .cells(cells[$0], bytes))
    }
    return table
  }

  private enum RowOutcome {
    case end, row, openQuote, textAfterQuote
  }

  /// Reads the cells of one row and steps over its line end.
  private mutating func readRow(into row: inout [RawCell]) -> RowOutcome {
    row.removeAll(keepingCapacity: true)
    if position >= bytes.count { return .end }
    var outcome = RowOutcome.row
    while true {
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        let (cell, isClosed) = readQuoted()
        row.append(cell)
        if !isClosed { return .openQuote }
        if position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes[position]) {
          outcome = .textAfterQuote
          skipPlain()
        }
      } else {
        let start = position
        skipPlain()
        row.append(cell(from: start, to: position))
      }
      if position >= bytes.count { return outcome }
      let byte = bytes[position]
      position += 1
      if byte == delimiter { continue }
      if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
      line += 1
      return outcome
    }
  }

  private func cell(from start: Int, to end: Int) -> RawCell {
    end == start
      ? .missing : RawCell(offset: start, length: UInt32(clamping: end - start), kind: .plain)
  }

  private mutating func skipPlain() {
    while position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes[position]) {
      position += 1
    }
  }

  private mutating func readQuoted() -> (cell: RawCell, isClosed: Bool) {
    position += 1
    let start = position
    var kind = RawCell.Kind.plain
    while let base = bytes.baseAddress, position < bytes.count {
      guard let found = memchr(base + position, 0x22, bytes.count - position) else { break }
      let quote = UnsafeRawPointer(found) - base
      position = quote + 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        kind = .doubledQuotes
        position += 1
        continue
      }
      countLines(from: start, to: quote)
      let length = UInt32(clamping: quote - start)
      return (RawCell(offset: start, length: length, kind: kind), true)
    }
    countLines(from: start, to: bytes.count)
    position = bytes.count
    return (.missing, false)
  }

  private mutating func countLines(from start: Int, to end: Int) {
    var previous: UInt8 = 0
    for byte in UnsafeRawBufferPointer(rebasing: bytes[start..<end]) {
      if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { line += 1 }
      previous = byte
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}

/// Whether a column is the row index that pandas writes unless told not to.
func isIndexColumn(_ name: String) -> Bool {
  name.isEmpty || name.hasPrefix("Unnamed: ") || name == "index" || name == "level_0"
}
