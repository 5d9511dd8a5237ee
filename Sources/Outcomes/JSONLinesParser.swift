import Foundation

/// Finds objects and their values in JSON Lines, or in one JSON array of objects.
///
/// Strict, but for `NaN`, `Infinity` and `-Infinity`, which Python writes. A broken object costs its
/// line and no more.
struct JSONLinesParser {
  private let bytes: UnsafeRawBufferPointer
  private let file: String
  private var position = 0
  private var line = 1
  /// How far lines have been counted.
  private var counted = 0
  private var names: [String] = []
  private var indices: [String: Int] = [:]
  private var isKept: [Bool] = []
  private var cells: [[RawCell]] = []
  private let wanted: (String) -> Bool

  private static let depthLimit = 128

  init(bytes: UnsafeRawBufferPointer, file: String, wanted: @escaping (String) -> Bool) {
    self.bytes = bytes
    self.file = file
    self.wanted = wanted
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Reads all objects.
  mutating func parse(diagnostics: inout Diagnostics) -> RawTable {
    var table = RawTable(columns: [], rowNumbers: [], lines: [])
    skipSpace()
    let isArray = peek == UInt8(ascii: "[")
    if isArray { position += 1 }
    var number = 0
    while true {
      skipSpace()
      if isArray, peek == UInt8(ascii: ",") || peek == UInt8(ascii: "]") {
        position += 1
        continue
      }
      if position >= bytes.count { break }
      number += 1
      let start = position
      countLines(to: start)
      let rows = table.rowNumbers.count
      if readObject(row: rows), isArray || isAtLineEnd() {
        for column in cells.indices where isKept[column] && cells[column].count == rows {
          cells[column].append(.missing)
        }
        table.rowNumbers.append(number)
        table.lines.append(line)
      } else {
        for column in cells.indices where cells[column].count > rows { cells[column].removeLast() }
        diagnostics.add(
          .malformedRow,
          Diagnostic(
            file: file, row: number, line: line, column: nil, kind: .malformedRow,
            message: "The line is not one JSON object; the row is left out."))
        position = start
        while let byte = peek, byte != 0x0A { position += 1 }
      }
    }
    table.rowsInFile = number
    table.columns = names.indices.filter { isKept[$0] }.map {
      RawColumn(name: names[$0], values: .cells(cells[$0], bytes))
    }
    return table
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func isAtLineEnd() -> Bool {
    while let byte = peek, byte == 0x20 || byte == 0x0D || byte == 0x09 { position += 1 }
    return peek == nil || peek == 0x0A
  }

  private mutating func countLines(to end: Int) {
    for byte in UnsafeRawBufferPointer(rebasing: bytes[counted..<end]) where byte == 0x0A {
      line += 1
    }
    counted = end
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func readObject(row: Int) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    skipSpace()
    if take(UInt8(ascii: "}")) { return true }
    var guess = 0
    while true {
      skipSpace()
      guard let key = scanString() else { return false }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { return false }
      skipSpace()
      guard let value = scanValue(depth: 1) else { return false }
      let column = column(of: key, guess: guess, rows: row)
      guess = column + 1
      if isKept[column] {
        // A repeated key counts with its last value, as in Python.
        if cells[column].count > row {
          cells[column][row] = value
        } else {
          cells[column].append(value)
        }
      }
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      return take(UInt8(ascii: "}"))
    }
  }

  /// The column of a key, made when it is new.
  private mutating func column(of key: RawCell, guess: Int, rows: Int) -> Int {
    if guess < names.count, key.kind == .plain, names[guess].utf8.count == Int(key.length),
      names[guess].utf8.elementsEqual(bytes[key.offset..<(key.offset + Int(key.length))])
    {
      return guess
    }
    let name = key.text(in: bytes) ?? ""
    if let index = indices[name] { return index }
    let index = names.count
    indices[name] = index
    names.append(name)
    isKept.append(!isIndexColumn(name) && wanted(name))
    cells.append(isKept[index] ? [RawCell](repeating: .missing, count: rows) : [])
    return index
  }

  /// Steps over one value.
  private mutating func scanValue(depth: Int) -> RawCell? {
    guard depth < JSONLinesParser.depthLimit, let first = peek else { return nil }
    let start = position
    switch first {
    case UInt8(ascii: "\""): return scanString()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      position += 1
      let close = first + 2
      skipSpace()
      if !take(close) {
        while true {
          skipSpace()
          if first == UInt8(ascii: "{") {
            guard scanString() != nil else { return nil }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { return nil }
            skipSpace()
          }
          guard scanValue(depth: depth + 1) != nil else { return nil }
          skipSpace()
          if take(UInt8(ascii: ",")) { continue }
          guard take(close) else { return nil }
          break
        }
      }
      return cell(from: start)
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null") == nil ? nil : .missing
    case UInt8(ascii: "N"): return word("NaN") == nil ? nil : .missing
    case UInt8(ascii: "I"): return word("Infinity")
    default: return scanNumber()
    }
  }

  private func cell(from start: Int) -> RawCell {
    RawCell(offset: start, length: UInt32(clamping: position - start), kind: .plain)
  }

  private mutating func word(_ word: StaticString) -> RawCell? {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[index]) else { return nil }
    }
    return cell(from: start)
  }

  private mutating func scanNumber() -> RawCell? {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if peek == UInt8(ascii: "I") {
      guard word("Infinity") != nil else { return nil }
      return cell(from: start)
    }
    if take(UInt8(ascii: "0")) {
      if let byte = peek, (0x30...0x39).contains(byte) { return nil }
    } else if skipDigits() == 0 {
      return nil
    }
    if take(UInt8(ascii: ".")), skipDigits() == 0 { return nil }
    if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
      position += 1
      if let sign = peek, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position += 1 }
      if skipDigits() == 0 { return nil }
    }
    return cell(from: start)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
    return position - start
  }

  /// Steps over a string; the cell is what stands between its quotes.
  private mutating func scanString() -> RawCell? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = position
    var kind = RawCell.Kind.plain
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        let length = UInt32(clamping: position - start)
        position += 1
        return RawCell(offset: start, length: length, kind: kind)
      }
      if byte < 0x20 { return nil }
      position += 1
      guard byte == UInt8(ascii: "\\") else { continue }
      kind = .escaped
      guard let escape = peek else { return nil }
      position += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
        UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        break
      case UInt8(ascii: "u"):
        guard JSONString.hexadecimal(bytes, at: position) != nil else { return nil }
        position += 4
      default: return nil
      }
    }
    return nil
  }
}
