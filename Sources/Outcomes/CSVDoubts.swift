import Files

/// What makes a CSV file as a whole doubtful: quotes that swallow rows, and rows that are mostly broken.
///
/// It is asked once, after the file was parsed, and looks at the bytes of odd rows alone.
struct CSVDoubts {
  let file: String
  let kept: KeptBytes
  let delimiter: UInt8
  /// How many cells a row has.
  let width: Int
  /// Where the first row starts.
  let rowStart: Int

  /// Fewer lines in one cell that look like rows are a text that quotes a table.
  private static let leastSwallowed = 10
  /// So many, if they are most of the file, refuse it.
  private static let mostSwallowed = 50

  /// Refuses a file in which a quote is opened and never closed.
  ///
  /// - Parameter quote: The offset of the quote.
  func refuseOpenQuote(_ quote: Int) throws(OutcomesError) {
    throw kept.withUnsafeBytes { bytes in
      .openQuote(file, at: quote, in: bytes, isBackslashed: Self.escapesQuotes(bytes[rowStart...]))
    }
  }

  /// Refuses a file most of which is in broken rows.
  ///
  /// - Parameters:
  ///   - broken: How many rows are broken, how many bytes they take, and how many lines.
  ///   - first: What is wrong with the first one, and its line.
  func refuseBroken(
    rows: Int, broken: (rows: Int, bytes: Int, lines: Int), first: (line: Int, message: String)
  ) throws(OutcomesError) {
    let bytes = kept.count - rowStart
    let isSwallowed = broken.bytes > bytes / 2 && broken.lines >= broken.rows + Self.leastSwallowed
    guard broken.rows > rows / 2 || isSwallowed else { return }
    let share =
      broken.rows > rows / 2
      ? "\(broken.rows) of the \(rows) rows"
      : "\(broken.lines) of the file's lines, which it reads as \(broken.rows) "
        + "row\(broken.rows == 1 ? "" : "s"),"
    let found = first.message.prefix { $0 != ";" }
    let advice = kept.withUnsafeBytes { self.advice($0[rowStart...]) }
    throw OutcomesError(
      "\(file): \(share) are broken, the first in line \(first.line). \(found). \(advice)")
  }

  /// What to do about the quotes of a file most rows of which are broken.
  private func advice(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    if Self.escapesQuotes(bytes) { return OutcomesError.backslashAdvice }
    let quote = UInt8(ascii: "\"")
    if Self.holds([delimiter, 0x20, quote], bytes) {
      return
        "Quotes stand behind blanks here, where they open no cell; write them right behind the "
        + "delimiter."
    }
    let apostrophe = UInt8(ascii: "'")
    if Self.holds([delimiter, apostrophe], bytes), Self.holds([apostrophe, delimiter], bytes) {
      return "Cells stand between single quotes here; write double quotes (\")."
    }
    return OutcomesError.quoteAdvice
  }

  /// Whether some bytes stand anywhere in a row.
  private static func holds(_ pattern: [UInt8], _ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    bytes.indices.contains { bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern) }
  }

  /// Notes rows whose cells hold lines that look like rows of this file, and refuses the file if one
  /// takes most of it.
  ///
  /// - Parameter starts: Where each whole row starts.
  func noteSwallowed(
    starts: [Int], numbers: [Int], _ diagnostics: inout Diagnostics
  ) throws(OutcomesError) {
    // Lines of prose have a comma or two.
    guard width > 3, !starts.isEmpty else { return }
    let threshold = Self.oddLength(starts, end: kept.count)
    for row in starts.indices {
      let next = row + 1 < starts.count ? starts[row + 1] : kept.count
      if next - starts[row] < threshold { continue }
      let other = starts.count > 1 ? starts[row == 0 ? 1 : row - 1] : nil
      let (lines, end) = kept.withUnsafeBytes { rowsWithin($0, from: starts[row], like: other) }
      guard lines >= Self.leastSwallowed else { continue }
      let (first, last) = kept.withUnsafeBytes { bytes in
        let first = CSVHeader.line(of: starts[row], in: bytes)
        return (first, first - 1 + CSVHeader.lineEnds(in: bytes[starts[row]..<end]))
      }
      let found =
        "This row spans the lines \(first) to \(last), and \(lines) of them look like rows of "
        + "their own; a quote in it may be one too many."
      if lines >= Self.mostSwallowed, end - starts[row] > (kept.count - rowStart) / 2 {
        throw OutcomesError("\(file):\(first): \(found) \(OutcomesError.quoteAdvice)")
      }
      diagnostics.add(
        .swallowedRows,
        Diagnostic(
          file: file, row: numbers[row], line: first, column: nil, kind: .swallowedRows,
          message: found))
    }
  }

  /// How long a row is that may hold others: several times the median, which few samples tell.
  private static func oddLength(_ starts: [Int], end: Int) -> Int {
    if starts.count < 8 { return 0 }
    let step = max(1, starts.count / 1000)
    var lengths = stride(from: 0, to: starts.count - 1, by: step).map {
      starts[$0 + 1] - starts[$0]
    }
    lengths.sort()
    return 8 * lengths[lengths.count / 2]
  }

  /// How many lines within one row have as many cells as a row, with numbers where another row has them,
  /// and where the row ends.
  private func rowsWithin(
    _ bytes: UnsafeRawBufferPointer, from start: Int, like other: Int?
  ) -> (lines: Int, end: Int) {
    var whole = CSVScanner(bytes, delimiter: delimiter, at: start)
    var nowhere = TextPlace.missing
    _ = whole.readRow(UnsafeBufferPointer(start: nil, count: 0), into: &nowhere)
    let end = whole.position
    let pattern = other.flatMap { cells(bytes, at: $0) }
    var lines = 0
    var line = start
    while line < end {
      let next = bytes[line..<end].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? end
      if next > line {
        let bytes = UnsafeRawBufferPointer(rebasing: bytes[line..<next])
        if let cells = cells(bytes, at: 0), Self.isAlike(cells, pattern) { lines += 1 }
      }
      line = next + 1
    }
    return (lines, end)
  }

  /// Whether each cell of one row holds a number, `nil` for an empty cell; `nil` if it is no row.
  private func cells(_ bytes: UnsafeRawBufferPointer, at start: Int) -> [Bool?]? {
    var scanner = CSVScanner(bytes, delimiter: delimiter, at: start)
    var row = [TextPlace](repeating: .missing, count: width)
    let (outcome, count, _) = Array(0..<width).withUnsafeBufferPointer { slots in
      row.withUnsafeMutableBufferPointer { row in
        row.baseAddress.map { scanner.readRow(slots, into: $0) } ?? (.end, 0, true)
      }
    }
    guard outcome == .row, count == width else { return nil }
    return row.map { place in
      switch parseNumber(place.bytes(in: bytes)) {
      case .missing: nil
      case .value: true
      case .unreadable: false
      }
    }
  }

  private static func isAlike(_ cells: [Bool?], _ pattern: [Bool?]?) -> Bool {
    guard let pattern else { return true }
    return zip(cells, pattern).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
  }

  /// Whether a quote stands behind a backslash anywhere, as some programs escape it.
  static func escapesQuotes(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: "\""), previous == UInt8(ascii: "\\") { return true }
      previous = byte
    }
    return false
  }
}

extension OutcomesError {
  static let quoteAdvice =
    "Write a cell that holds a quote, a delimiter or a line break between quotes, and each quote in it "
    + "twice (\"\"), as csv writers do."

  static let backslashAdvice =
    "Quotes in this file stand behind backslashes (\\\"), which CSV does not have; write each quote in a "
    + "cell twice (\"\"), as pandas' to_csv() does without escapechar."

  static func openQuote(
    _ file: String, at quote: Int, in bytes: UnsafeRawBufferPointer, isBackslashed: Bool
  ) -> OutcomesError {
    let line = CSVHeader.line(of: quote, in: bytes)
    // The line end at the end of the file ends the quote's line or the last one below it.
    let ends = CSVHeader.lineEnds(in: bytes[min(quote, bytes.count)...])
    let swallowed = max(0, bytes.last == 0x0A || bytes.last == 0x0D ? ends - 1 : ends)
    let rest =
      swallowed == 0
      ? "so the file may be cut short"
      : "so \(swallowed == 1 ? "the line below it lies" : "all \(swallowed) lines below it lie") in "
        + "one cell"
    return OutcomesError(
      "\(file):\(line): A quote is opened in line \(line) and never closed, \(rest). Close it. "
        + (isBackslashed ? backslashAdvice : quoteAdvice))
  }
}
