import Files
import Matrices
import Parallelism
import Testing

@testable import Outcomes

/// Cells read byte by byte by the shortest code, which the parsers must equal.
private struct PlainRow: Equatable {
  var line: Int
  var cells: [String?]
  var isBroken = false
}

@Suite("Text forms read in parts")
struct PartsTests {
  /// RFC 4180 with the parser's freedoms, one byte after the other.
  private func plainCSV(_ bytes: [UInt8]) -> [PlainRow] {
    var rows: [PlainRow] = []
    var position = 0
    var line = 1
    func isEnd(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x0A || byte == 0x0D }
    while position < bytes.count {
      var row = PlainRow(line: line, cells: [])
      let start = position
      rowLoop: while true {
        var cell: [UInt8] = []
        if position < bytes.count, bytes[position] == 0x22 {
          position += 1
          var isClosed = false
          while position < bytes.count, !isClosed {
            let byte = bytes[position]
            position += 1
            if byte == 0x22 {
              if position < bytes.count, bytes[position] == 0x22 {
                position += 1
                cell.append(byte)
              } else {
                isClosed = true
              }
            } else {
              let follows = position >= 2 && bytes[position - 2] == 0x0D
              if byte == 0x0D || byte == 0x0A && !follows { line += 1 }
              cell.append(byte)
            }
          }
          row.cells.append(String(decoding: cell, as: UTF8.self))
          if !isClosed {
            row.isBroken = true
            break rowLoop
          }
          while position < bytes.count, !isEnd(bytes[position]) {
            row.isBroken = true
            position += 1
          }
        } else {
          while position < bytes.count, !isEnd(bytes[position]) {
            cell.append(bytes[position])
            position += 1
          }
          row.cells.append(cell.isEmpty ? nil : String(decoding: cell, as: UTF8.self))
        }
        guard position < bytes.count else { break }
        let byte = bytes[position]
        position += 1
        if byte == 0x2C { continue }
        if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
        line += 1
        break
      }
      if row.cells.allSatisfy({ $0 == nil }) && !row.isBroken { continue }
      if row.cells.count == 1, bytes[start..<position].allSatisfy({ $0 <= 0x20 }) { continue }
      if row.cells.count > 3, row.cells.dropFirst(3).allSatisfy({ $0 == nil }), !row.isBroken {
        row.cells.removeLast(row.cells.count - 3)
      }
      rows.append(row)
    }
    return rows
  }

  private func text(_ generator: inout SeededGenerator, pieces: [String], most: Int) -> String {
    (0..<generator.integer(below: most)).map { _ in pieces[generator.integer(below: pieces.count)] }
      .joined()
  }

  @Test("CSV in parts of any size is CSV read byte by byte", arguments: [1, 2, 5])
  func csv(threads: Int) throws {
    var generator = SeededGenerator(seed: 31)
    let pieces = [
      ",", ",", "\n", "\r\n", "\r", "\"", "\"\"", "\"a,b\"", "\"x\ny\"", "\"q\"\"q\"", "word",
      "1.5",
      "é", "\"open", " ", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnop",
    ]
    for _ in 0..<1500 {
      let body = text(&generator, pieces: pieces, most: 60)
      let bytes = Array(("a,b,c\n" + body).utf8)
      let expected = plainCSV(bytes).dropFirst()
      let size = 1 + generator.integer(below: 40)
      var diagnostics = Diagnostics()
      let table = try CSVParser(
        KeptBytes(bytes), file: "f", threads: Threads(threads), partSize: size
      ).parse(wanted: { $0 != "b" }, refusesDoubtful: false, diagnostics: &diagnostics)
      let good = expected.enumerated().filter { !$1.isBroken && $1.cells.count == 3 }
      let rows = (0..<table.count).map { row in
        PlainRow(line: table.lines?[row] ?? 0, cells: table.columns.map { $0.text(row) })
      }
      #expect(
        rows == good.map { PlainRow(line: $1.line, cells: [$1.cells[0], $1.cells[2]]) },
        "\(body.debugDescription) in parts of \(size)")
      #expect(table.rowNumbers == good.map { $0.offset + 1 })
      #expect(table.rowsInFile == expected.count)
      let bad = expected.enumerated().filter { $1.isBroken || $1.cells.count != 3 }
      #expect(diagnostics.entries.map(\.row) == bad.map { $0.offset + 1 })
      #expect(diagnostics.entries.map(\.line) == bad.map { $1.line })
    }
  }

  @Test("JSON Lines in parts of any size are those read in one", arguments: [false, true])
  func jsonLines(isArray: Bool) throws {
    var generator = SeededGenerator(seed: 32)
    let pieces = [
      #"{"a": 1, "b": "x"}"#, #"{"b": "y\n\"\u00e9", "a": -2.5e3}"#, #"{"c": [1, {"d": "}\n"}]}"#,
      "{\"a\":\n 7}", #"{"a": }"#, "{", "}", "\n", "\n", "\r\n", " ", #"{"a": null, "a": true}"#,
      #"{"long": "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnop"}"#,
      "{\"b\": \"tab\t\"}", "]", #"{}"#,
    ]
    for _ in 0..<1500 {
      let body = text(&generator, pieces: pieces + (isArray ? [",", ","] : []), most: 40)
      let kept = KeptBytes(Array(((isArray ? "[" : "") + body).utf8))
      func read(
        _ threads: Int, _ size: Int
      ) throws -> ([String], [[String?]], [Int], [Int], Diagnostics) {
        var diagnostics = Diagnostics()
        let table = try JSONLinesParser(kept, file: "f", threads: Threads(threads), partSize: size)
          .parse(wanted: { $0 != "c" }, diagnostics: &diagnostics)
        return (
          table.columns.map(\.name),
          (0..<table.count).map { row in table.columns.map { $0.text(row) } }, table.rowNumbers,
          (0..<table.count).map { table.lines?[$0] ?? 0 }, diagnostics
        )
      }
      let whole = try read(1, 1 << 20)
      for (threads, size) in [(1, 7), (2, 1 + generator.integer(below: 40)), (5, 3)] {
        let parts = try read(threads, size)
        #expect(parts == whole, "\(body.debugDescription) in parts of \(size)")
      }
    }
  }

  @Test("a table is the same from any number of parts, faults and repeated ids included")
  func tables() throws {
    for format in [OutcomeFormat.csv, .jsonLines] {
      for shape in OutcomeShape.allCases {
        var bytes = OutcomeWriter.bytes(sampleTable(rows: 60), format: format, shape: shape)
        bytes += bytes.suffix(900)
        for rule in ReadingOptions.DuplicateRule.allCases {
          let options = ReadingOptions(duplicateRule: rule, includeResponses: true)
          let whole = try OutcomeReading.read(
            KeptBytes(bytes), file: "f", options: options, threads: Threads(1))
          for (threads, size) in [(1, 100), (2, 333), (5, 1)] {
            let parts = try OutcomeReading.read(
              KeptBytes(bytes), file: "f", options: options, threads: Threads(threads),
              partSize: size)
            #expect(sameContent(parts.table, whole.table))
            #expect(parts.diagnostics == whole.diagnostics)
            #expect(parts.duplicates == whole.duplicates && parts.rowsRead == whole.rowsRead)
          }
        }
      }
    }
  }

  @Test("decimals of up to 19 digits are rounded as the C library rounds them")
  func decimals() {
    var generator = SeededGenerator(seed: 33)
    for _ in 0..<200_000 {
      let digits = generator.next() >> UInt64(generator.integer(below: 64))
      let text = "\(digits)e\(generator.integer(below: 60) - 30)"
      let expected = Double(text)
      let found = Array(text.utf8).withUnsafeBytes(parseNumber)
      guard let expected, found == .value(expected) else {
        Issue.record("\(text) was read as \(found)")
        return
      }
    }
  }
}
