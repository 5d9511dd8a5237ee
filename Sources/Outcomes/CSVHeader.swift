import Files

/// The names of a CSV file's columns, and what separates its cells.
///
/// Above the header may stand a byte order mark, the line `sep=;` of a spreadsheet and lines that begin
/// with `#`.
struct CSVHeader {
  let names: [String]
  let delimiter: UInt8
  /// Where the first row starts.
  let rowStart: Int

  /// - Parameters:
  ///   - names: The columns of a file that names none; `nil` if its first row does.
  ///   - file: The file's name, for a sentence.
  init(
    _ bytes: UnsafeRawBufferPointer, names: [String]?, file: String
  ) throws(OutcomesError) {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var told: UInt8?
    if let line = Self.separatorLine(bytes, at: start) { (told, start) = line }
    if let names {
      self.names = names
      delimiter = told ?? Self.delimiter(ofFirstRow: bytes, from: start)
      rowStart = start
      return
    }
    start = Self.afterComments(bytes, from: start)
    delimiter = told ?? Self.delimiter(ofHeader: bytes, from: start)
    var scanner = CSVScanner(bytes, delimiter: delimiter, at: start)
    var nowhere = TextPlace.missing
    while true {
      let before = scanner
      let none = UnsafeBufferPointer<Int>(start: nil, count: 0)
      let (outcome, count, isBlank) = scanner.readRow(none, into: &nowhere)
      guard outcome != .end else {
        throw OutcomesError("\(file) is empty; needed is a header line and rows below it.")
      }
      if isBlank { continue }
      if outcome == .openQuote {
        throw .openQuote(file, at: scanner.openQuote, in: bytes, isBackslashed: false)
      }
      scanner = before
      var row = [TextPlace](repeating: .missing, count: count)
      Array(0..<count).withUnsafeBufferPointer { slots in
        row.withUnsafeMutableBufferPointer {
          if let cells = $0.baseAddress { _ = scanner.readRow(slots, into: cells) }
        }
      }
      self.names = row.map { Self.trimmed($0.text(in: bytes) ?? "") }
      rowStart = scanner.position
      return
    }
  }

  /// A name without the blanks that people write behind a comma.
  private static func trimmed(_ name: String) -> String {
    func isBlank(_ character: Character?) -> Bool { character == " " || character == "\t" }
    var name = name[...]
    while isBlank(name.first) { name.removeFirst() }
    while isBlank(name.last) { name.removeLast() }
    return String(name)
  }

  /// The delimiter that the line `sep=;` names, which spreadsheets write and read, and where the next
  /// line starts.
  private static func separatorLine(
    _ bytes: UnsafeRawBufferPointer, at start: Int
  ) -> (UInt8, Int)? {
    var line = bytes[start...].prefix(9).prefix { $0 != 0x0A && $0 != 0x0D }
    let end = line.endIndex
    let quote = UInt8(ascii: "\"")
    if line.first == quote { line = line.dropFirst().prefix { $0 != quote } }
    guard line.count == 5, line.prefix(4).elementsEqual("sep=".utf8), let delimiter = line.last,
      [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), 0x09].contains(delimiter)
    else { return nil }
    return (delimiter, afterLine(bytes, from: end))
  }

  /// Where the line after the one that holds an offset starts.
  private static func afterLine(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> Int {
    var end = offset
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
    return min(end + 1, bytes.count)
  }

  /// Where the lines end that begin with `#` and name no column that every file has.
  private static func afterComments(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var start = start
    while start < bytes.count, bytes[start] == UInt8(ascii: "#") {
      let next = afterLine(bytes, from: start)
      if next >= bytes.count { return start }
      let line = String(decoding: bytes[start..<min(next, start + 4096)], as: UTF8.self)
      if line.contains("prompt") && line.contains("eval_name") { return start }
      start = next
    }
    return start
  }

  /// The delimiter that occurs most often outside quotes in a header; a bar, which names such as
  /// `gpt-4|total_cost` hold, only where there is no other.
  private static func delimiter(ofHeader bytes: UnsafeRawBufferPointer, from start: Int) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes[start...] {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      switch byte {
      case UInt8(ascii: ","), 0x09, UInt8(ascii: ";"), UInt8(ascii: "|"):
        counts[byte, default: 0] += 1
      default: break
      }
    }
    let candidates = [UInt8(ascii: ","), 0x09, UInt8(ascii: ";")]
    let most = candidates.map { counts[$0] ?? 0 }.max() ?? 0
    if most > 0 { return candidates.first { counts[$0] == most } ?? UInt8(ascii: ",") }
    return counts[UInt8(ascii: "|")] ?? 0 > 1 ? UInt8(ascii: "|") : UInt8(ascii: ",")
  }

  /// The delimiter of a file without a header: a comma wherever the first row has one.
  private static func delimiter(
    ofFirstRow bytes: UnsafeRawBufferPointer, from start: Int
  ) -> UInt8 {
    let row = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
    for delimiter in [UInt8(ascii: ","), 0x09, UInt8(ascii: ";")] where row.contains(delimiter) {
      return delimiter
    }
    return UInt8(ascii: ",")
  }

  // MARK: Lines

  /// How many lines end in some bytes: by LF, CRLF or CR.
  static func lineEnds(in bytes: Slice<UnsafeRawBufferPointer>) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D || byte == 0x0A && previous != 0x0D { count += 1 }
      previous = byte
    }
    return count
  }

  /// The number of the line, from 1, that an offset lies on.
  static func line(of offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    1 + lineEnds(in: bytes[..<min(offset, bytes.count)])
  }
}
