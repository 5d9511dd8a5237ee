import Files
import Parallelism

/// Finds rows and cells in comma-separated text (RFC 4180) without copying it.
///
/// Takes LF, CRLF and CR as line ends, line breaks and doubled quotes between quotes, a byte order
/// mark, and a tab, semicolon or bar for the comma where the header has more of them. A row may have
/// empty cells too many. A quote that is never closed refuses the file. A large file is cut into
/// parts that are parsed at once: where a part's first row starts is guessed, and a part whose guess
/// proves wrong once the part before it is done is parsed again.
struct CSVParser {
  private let kept: KeptBytes
  private let file: String
  private let parts: FileParts

  /// - Parameter partSize: The least number of bytes worth a part.
  init(
    _ bytes: KeptBytes, file: String, threads: Threads = .machine, partSize: Int = 1 << 20
  ) {
    kept = bytes
    self.file = file
    parts = FileParts(threads: threads, least: partSize)
  }

  /// Reads the header and all rows; columns that are not wanted get no cells.
  ///
  /// - Parameters:
  ///   - header: The columns of a file that names none; nil where its first row does.
  ///   - refusesDoubtful: Whether a quote that is never closed, or that takes most of the file, refuses
  ///     it; if not, only its row is broken.
  func parse(
    header: [String]? = nil, wanted: (String) -> Bool, refusesDoubtful: Bool = true,
    diagnostics: inout Diagnostics
  ) throws(OutcomesError) -> RawTable {
    let head = try kept.withUnsafeBytes { (bytes) throws(OutcomesError) in
      try CSVHeader(bytes, names: header, file: self.file)
    }
    let (names, delimiter, start) = (head.names, head.delimiter, head.rowStart)
    try OutcomeLimits.require(columns: names.count, in: file)
    var seen: Set<String> = []
    for name in names where !isIndexColumn(name) && !seen.insert(name).inserted {
      throw OutcomesError("\(file) has two columns named \(name); rename or remove one.")
    }
    let columns = names.indices.filter { !isIndexColumn(names[$0]) && wanted(names[$0]) }
    let slots = Self.slots(of: columns, among: names.count)
    let (file, width) = (kept, columns.count)
    let parts = self.parts.read(
      start..<kept.count,
      guess: { target in
        file.withUnsafeBytes {
          CSVScanner($0, delimiter: delimiter, at: target).likelyRowStart(from: target)
        }
      }, end: \Part.end,
      read: { row, limit in
        file.withUnsafeBytes { Self.part($0, slots, width, delimiter, from: row, until: limit) }
      })
    let doubts =
      refusesDoubtful
      ? CSVDoubts(
        file: self.file, kept: kept, delimiter: delimiter, width: names.count, rowStart: start)
      : nil
    return try table(parts, names: names, columns: columns, doubts, &diagnostics)
  }

  /// For each column of the file, its place among those that are kept; -1 for none.
  private static func slots(of columns: [Int], among count: Int) -> [Int] {
    var slots = [Int](repeating: -1, count: count)
    for (slot, column) in columns.enumerated() { slots[column] = slot }
    return slots
  }

  // MARK: Parts

  /// Consecutive rows, numbered from the part's first.
  fileprivate struct Part: Sendable {
    /// Where the row after the last one starts.
    var end: Int
    var rows = 0
    /// The cells of all rows that are kept, row by row.
    var places: [TextPlace] = []
    var numbers: [Int] = []
    var starts: [Int] = []
    var faults: [Fault] = []
    var faultCounts = [0, 0]
    /// How many bytes and lines the rows with faults take.
    var faultBytes = 0
    var faultLines = 0
    /// Where a quote stands that is never closed.
    var openQuote: Int?
  }

  fileprivate struct Fault: Sendable {
    let number: Int
    let start: Int
    let kind: Diagnostic.Kind
    let message: String
  }

  /// Reads rows until one starts at `limit` or behind it.
  private static func part(
    _ bytes: UnsafeRawBufferPointer, _ slots: [Int], _ width: Int, _ delimiter: UInt8,
    from start: Int, until limit: Int
  ) -> Part {
    var scanner = CSVScanner(bytes, delimiter: delimiter, at: start)
    var part = Part(end: start)
    withUnsafeTemporaryAllocation(of: TextPlace.self, capacity: width + 1) { row in
      row.initialize(repeating: .missing)
      guard let cells = row.baseAddress else { return }
      slots.withUnsafeBufferPointer { slots in
        while scanner.position < limit {
          let rowStart = scanner.position
          let (outcome, count, isBlank) = scanner.readRow(slots, into: cells)
          if outcome == .end { break }
          if isBlank, slots.count > 1 { continue }
          // Spreadsheets write rows of delimiters alone.
          if slots.count > 1, cells.pointee.isMissing,
            isEmpty(bytes[rowStart..<scanner.position], delimiter)
          {
            continue
          }
          part.rows += 1
          switch outcome {
          case .end: break
          case .openQuote:
            part.openQuote = scanner.openQuote
            part.add(.malformedRow, bytes[rowStart..<scanner.position]) {
              "In this row a quote is opened and never closed; the row is left out."
            }
          case .textAfterQuote:
            part.add(.malformedRow, bytes[rowStart..<scanner.position]) {
              "In this row text follows a closing quote; the row is left out."
            }
          case .row
          where count != slots.count
            && !hasEmptyRest(bytes[rowStart..<scanner.position], count - slots.count, delimiter):
            let row = bytes[rowStart..<scanner.position]
            if count == 1, row.allSatisfy({ $0 <= 0x20 }) {
              part.rows -= 1
              continue
            }
            part.add(.wrongWidth, row) {
              "The row has \(count) cells and the header has \(slots.count); the row is left out."
            }
          case .row:
            if part.starts.isEmpty {
              // A guess that spares most of the growing; rows differ little in length.
              let rows = 1 + (limit - start) / (scanner.position - rowStart)
              part.places.reserveCapacity(width * min(rows, 1 << 16))
            }
            part.places.append(contentsOf: UnsafeBufferPointer(rebasing: row[..<width]))
            part.numbers.append(part.rows)
            part.starts.append(rowStart)
          }
        }
      }
    }
    part.end = scanner.position
    return part
  }

  /// Whether a row has nothing in it but delimiters.
  private static func isEmpty(_ row: Slice<UnsafeRawBufferPointer>, _ delimiter: UInt8) -> Bool {
    row.allSatisfy { $0 == delimiter || $0 == 0x0A || $0 == 0x0D }
  }

  /// Whether a row ends in that many empty cells more than the header has.
  private static func hasEmptyRest(
    _ row: Slice<UnsafeRawBufferPointer>, _ surplus: Int, _ delimiter: UInt8
  ) -> Bool {
    guard surplus > 0 else { return false }
    let end = row.reversed().drop { $0 == 0x0A || $0 == 0x0D }
    return end.prefix(surplus).allSatisfy { $0 == delimiter }
  }

  /// Joins parts to one table, and their rows' numbers to those of the file.
  private func table(
    _ parts: [Part], names: [String], columns: [Int], _ doubts: CSVDoubts?,
    _ diagnostics: inout Diagnostics
  ) throws(OutcomesError) -> RawTable {
    if let quote = parts.lazy.compactMap(\.openQuote).first { try doubts?.refuseOpenQuote(quote) }
    var firstFault: (line: Int, message: String)?
    var table = RawTable(columns: [], rowNumbers: [])
    var starts: [Int] = []
    var bounds: [Range<Int>] = []
    for part in parts {
      let lines = RowLines.numbers(of: part.faults.map(\.start), in: kept, .any)
      for (fault, line) in zip(part.faults, lines) {
        let number = table.rowsInFile + fault.number
        firstFault = firstFault ?? (line, fault.message)
        diagnostics.add(
          fault.kind,
          Diagnostic(
            file: file, row: number, line: line, column: nil, kind: fault.kind,
            message: fault.message))
      }
      for (kind, count) in zip(Part.kinds, part.faultCounts) {
        diagnostics.add(kind, unkept: count - part.faults.count { $0.kind == kind })
      }
      let first = table.count
      table.rowNumbers += part.numbers.map { $0 + table.rowsInFile }
      starts += part.starts
      bounds.append(first..<table.count)
      table.rowsInFile += part.rows
    }
    if let firstFault {
      try doubts?.refuseBroken(
        rows: table.rowsInFile,
        broken: (
          rows: table.rowsInFile - table.count, bytes: parts.reduce(0) { $0 + $1.faultBytes },
          lines: parts.reduce(0) { $0 + $1.faultLines }
        ), first: firstFault)
    }
    try doubts?.noteSwallowed(starts: starts, numbers: table.rowNumbers, &diagnostics)
    table.names = names
    table.lines = RowLines(kept, starts: starts, endings: .any)
    table.columns = columns.indices.map { slot in
      RawColumn(
        name: names[columns[slot]],
        values: .cells(
          RawCells(
            file: kept,
            parts: zip(parts, bounds).map { part, rows in
              RawCells.Part(
                rows: rows, places: part.places, start: slot, stride: columns.count)
            })))
    }
    return table
  }
}

extension CSVParser.Part {
  static let kinds = [Diagnostic.Kind.malformedRow, .wrongWidth]

  /// Notes a fault; only as many are kept as diagnostics keep.
  mutating func add(
    _ kind: Diagnostic.Kind, _ row: Slice<UnsafeRawBufferPointer>, _ message: () -> String
  ) {
    let index = kind == .malformedRow ? 0 : 1
    faultCounts[index] += 1
    faultBytes += row.count
    let lines = max(1, CSVHeader.lineEnds(in: row))
    faultLines += lines
    guard faultCounts[index] <= Diagnostics.limit else { return }
    var sentence = message()
    if lines > 1 { sentence += " It spans \(lines) lines, so a quote in it may not be closed." }
    if CSVDoubts.escapesQuotes(row) {
      sentence += " Write each quote in a cell twice (\"\"), not behind a backslash."
    }
    faults.append(
      CSVParser.Fault(number: rows, start: row.startIndex, kind: kind, message: sentence))
  }
}

/// Whether a column is the row index that pandas writes unless told not to.
func isIndexColumn(_ name: String) -> Bool {
  name.isEmpty || name.hasPrefix("Unnamed: ") || name == "index" || name == "level_0"
}
