import Files
import Parallelism

/// Finds texts whose bytes are not UTF-8, which would be read with U+FFFD in them untold.
struct UTF8Check {
  let file: String
  let format: OutcomeFormat
  let threads: Threads

  /// Notes each row of which a text that counts is not UTF-8, once.
  func note(_ raw: RawTable, _ columns: [RawColumn], _ diagnostics: inout Diagnostics) {
    for name in raw.names where name.unicodeScalars.contains("\u{FFFD}") {
      diagnostics.add(
        .notUTF8,
        Diagnostic(
          file: file, row: nil, line: nil, column: name, kind: .notUTF8,
          message: "The column's name is not UTF-8. \(advice)"))
    }
    let (rows, slice) = (raw.count, 4096)
    let found = threads.map(count: (rows + slice - 1) / slice) { part in
      var found: [(row: Int, column: Int, byte: UInt8)] = []
      for row in part * slice..<min(rows, (part + 1) * slice) {
        for (place, column) in columns.enumerated() {
          guard let byte = column.firstInvalidByte(row) else { continue }
          found.append((row, place, byte))
          break
        }
      }
      return found
    }
    for (row, column, byte) in found.joined() {
      diagnostics.add(
        .notUTF8,
        Diagnostic(
          file: file, row: raw.rowNumbers[row], line: raw.lines?[row],
          column: columns[column].name, kind: .notUTF8,
          message: byte == Self.loneSurrogate
            ? "The text holds half of a surrogate pair (\\ud800 to \\udfff), which is read as U+FFFD."
            : "The text is not UTF-8: the byte 0x"
              + "\(String(byte, radix: 16, uppercase: true)) is read as U+FFFD. \(advice)"))
    }
  }

  private var advice: String {
    format == .pickle
      ? "Clean the text in Python and save the frame again."
      : "If the file is in Windows-1252 or Latin-1, convert it: iconv -f WINDOWS-1252 -t UTF-8."
  }

  /// Stands for an escape that is half of a pair, where a byte is looked for.
  static let loneSurrogate = UInt8(ascii: "\\")

  /// Whether a JSON string, its quotes left off, holds an escape that is half of a surrogate pair.
  static func holdsLoneSurrogate(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = 0
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      switch surrogate(bytes, at: position) {
      case true?:
        guard surrogate(bytes, at: position + 6) == false else { return true }
        position += 12
      case false?: return true
      case nil: position += 2
      }
    }
    return false
  }

  /// Whether the escape at a place is the first half of a pair, or the second; `nil` for another.
  private static func surrogate(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool? {
    guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"),
      bytes[place + 1] == UInt8(ascii: "u"), bytes[place + 2] | 0x20 == UInt8(ascii: "d")
    else { return nil }
    switch bytes[place + 3] | 0x20 {
    case UInt8(ascii: "8") | 0x20, UInt8(ascii: "9") | 0x20, UInt8(ascii: "a"),
      UInt8(ascii: "b"):
      return true
    case UInt8(ascii: "c")...UInt8(ascii: "f"): return false
    default: return nil
    }
  }

  /// The first byte that is no part of UTF-8's well-formed sequences.
  ///
  /// - Source: The Unicode Standard, table 3-7.
  static func firstInvalid(_ bytes: UnsafeRawBufferPointer) -> UInt8? {
    var position = 0
    while position < bytes.count {
      if bytes[position] < 0x80 {
        while position + 8 <= bytes.count,
          bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080
            == 0
        {
          position += 8
        }
        while position < bytes.count, bytes[position] < 0x80 { position += 1 }
        continue
      }
      let first = bytes[position]
      var second: ClosedRange<UInt8> = 0x80...0xBF
      let more: Int
      switch first {
      case 0xC2...0xDF: more = 1
      case 0xE0: (more, second) = (2, 0xA0...0xBF)
      case 0xED: (more, second) = (2, 0x80...0x9F)
      case 0xE1...0xEF: more = 2
      case 0xF0: (more, second) = (3, 0x90...0xBF)
      case 0xF4: (more, second) = (3, 0x80...0x8F)
      case 0xF1...0xF3: more = 3
      default: return first
      }
      guard position + more < bytes.count, second.contains(bytes[position + 1]) else {
        return first
      }
      for next in 2..<max(2, more + 1) where bytes[position + next] & 0xC0 != 0x80 { return first }
      position += more + 1
    }
    return nil
  }
}

extension RawColumn {
  /// The first byte of a cell that is not UTF-8.
  fileprivate func firstInvalidByte(_ row: Int) -> UInt8? {
    switch values {
    case .numbers, .integers, .booleans: nil
    case .text(let text): text.withSpelling(row, UTF8Check.firstInvalid)
    case .cells(let cells):
      cells.file.withUnsafeBytes { file in
        let place = cells.place(row)
        let bytes = place.bytes(in: file)
        if place.spelling == .escaped, UTF8Check.holdsLoneSurrogate(bytes) {
          return UTF8Check.loneSurrogate
        }
        return UTF8Check.firstInvalid(bytes)
      }
    }
  }
}
