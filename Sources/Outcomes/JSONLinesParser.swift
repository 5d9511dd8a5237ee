import Files
import Parallelism

/// Finds objects and their values in JSON Lines, or in one JSON array of objects.
///
/// Strict, but for `NaN`, `Infinity` and `-Infinity`, which Python writes. A broken object costs its
/// line and no more. A large file is cut into parts that are parsed at once, each from the first line
/// in it on; a part that turns out to begin within an object is parsed again.
struct JSONLinesParser {
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

  /// Reads all objects; keys that are not wanted get no cells.
  func parse(
    wanted: @escaping @Sendable (String) -> Bool, diagnostics: inout Diagnostics
  ) throws(OutcomesError) -> RawTable {
    let (start, isArray) = kept.withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
      scanner.skipSpace()
      let isArray = scanner.peek == UInt8(ascii: "[")
      return (isArray ? scanner.position + 1 : scanner.position, isArray)
    }
    let file = kept
    let parts = self.parts.read(
      start..<kept.count,
      guess: { target in
        file.withUnsafeBytes { JSONLinesPart.objectStart($0, from: target, isArray) }
      }, end: \.end,
      read: { object, limit in
        var part = JSONLinesPart(isArray: isArray, wanted: wanted)
        file.withUnsafeBytes { part.read($0, from: object, until: limit) }
        return part
      })
    return try table(parts, &diagnostics)
  }

  /// Joins parts to one table, whose columns are in the order in which their keys come.
  private func table(
    _ parts: [JSONLinesPart], _ diagnostics: inout Diagnostics
  ) throws(OutcomesError) -> RawTable {
    var different: Set<String> = []
    for part in parts {
      different.formUnion(part.names)
      try OutcomeLimits.require(columns: different.count, in: file)
    }
    var table = RawTable(columns: [], rowNumbers: [])
    var starts: [Int] = []
    var names: [String] = []
    var indices: [String: Int] = [:]
    var columns: [[RawCells.Part]] = []
    for (index, part) in parts.enumerated() {
      for (fault, line) in zip(
        part.faults, RowLines.numbers(of: part.faults.map(\.start), in: kept, .lineFeed))
      {
        diagnostics.add(
          .malformedRow,
          Diagnostic(
            file: file, row: table.rowsInFile + fault.number, line: line, column: nil,
            kind: .malformedRow, message: "The line is not one JSON object; the row is left out."))
      }
      diagnostics.add(.malformedRow, unkept: part.faultCount - part.faults.count)
      let first = table.count
      table.rowNumbers += part.numbers.map { $0 + table.rowsInFile }
      starts += part.starts
      table.rowsInFile += part.rows
      table.names += part.names
      let rows = first..<table.count
      for (column, name) in part.names.enumerated() where part.isKept[column] {
        let place = indices[name] ?? names.count
        if place == names.count {
          indices[name] = place
          names.append(name)
          columns.append([])
        }
        fill(&columns[place], with: parts[..<index])
        columns[place].append(part.cells[column].part(of: rows))
      }
    }
    for place in columns.indices { fill(&columns[place], with: parts[...]) }
    table.lines = RowLines(kept, starts: starts, endings: .lineFeed)
    table.columns = names.indices.map {
      RawColumn(name: names[$0], values: .cells(RawCells(file: kept, parts: columns[$0])))
    }
    return table
  }

  /// Completes a column by the parts in which no object has its key.
  private func fill(_ column: inout [RawCells.Part], with parts: ArraySlice<JSONLinesPart>) {
    for part in parts.dropFirst(column.count) {
      let first = column.last?.rows.upperBound ?? 0
      column.append(
        RawCells.Part(
          rows: first..<(first + part.numbers.count), places: [], of: []))
    }
  }
}
