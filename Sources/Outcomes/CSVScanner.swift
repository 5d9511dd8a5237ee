import Files
import SIMDShim

/// Steps over rows of comma-separated text, 64 bytes at a time.
struct CSVScanner {
  let bytes: UnsafeRawBufferPointer
  let delimiter: UInt8
  private(set) var position: Int
  /// The masks of the block of 64 bytes that was looked at last: several cells lie in one.
  private var block = -1
  private var masks = ByteMasks(quotes: 0, others: 0)
  /// Where the quote stands that is never closed, if a row says that there is one.
  private(set) var openQuote = 0

  init(_ bytes: UnsafeRawBufferPointer, delimiter: UInt8, at position: Int) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.position = position
  }

  /// How a row ended.
  enum Outcome: Equatable {
    /// There was no row.
    case end
    case row
    /// A quote is opened and never closed: the row takes the rest of the file.
    case openQuote
    case textAfterQuote
  }

  /// Reads the cells of one row and steps over its line end.
  ///
  /// - Parameters:
  ///   - slots: Where each column's cell goes in `row`; -1 for nowhere.
  ///   - row: Room for the cells that go anywhere.
  /// - Returns: The number of cells, and whether the row is one missing cell.
  mutating func readRow(
    _ slots: UnsafeBufferPointer<Int>, into row: UnsafeMutablePointer<TextPlace>
  ) -> (outcome: Outcome, cells: Int, isBlank: Bool) {
    if position >= bytes.count { return (.end, 0, false) }
    var outcome = Outcome.row
    var cells = 0
    var isBlank = true
    while true {
      let place: TextPlace
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        guard let quoted = readQuoted() else {
          openQuote = position
          position = bytes.count
          return (.openQuote, cells + 1, false)
        }
        place = quoted
        isBlank = false
        if position < bytes.count, bytes[position] != delimiter, !isLineEnd(bytes[position]) {
          outcome = .textAfterQuote
          position = nextEnd(from: position)
        }
      } else {
        let start = position
        position = nextEnd(from: start)
        if position == start {
          place = .missing
        } else {
          place = TextPlace(offset: start, length: position - start, spelling: .plain)
          isBlank = false
        }
      }
      if cells < slots.count, case let slot = slots[cells], slot >= 0 { row[slot] = place }
      cells += 1
      if position >= bytes.count { return (outcome, cells, isBlank && cells == 1) }
      let byte = bytes[position]
      position += 1
      if byte == delimiter { continue }
      if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
      return (outcome, cells, isBlank && cells == 1)
    }
  }

  /// Reads a cell from its opening quote on; nil where no quote closes it.
  private mutating func readQuoted() -> TextPlace? {
    let start = position + 1
    var spelling = TextPlace.Spelling.plain
    var from = start
    while let quote = nextQuote(from: from) {
      guard quote + 1 < bytes.count, bytes[quote + 1] == UInt8(ascii: "\"") else {
        position = quote + 1
        return TextPlace(offset: start, length: quote - start, spelling: spelling)
      }
      spelling = .doubledQuotes
      from = quote + 2
    }
    return nil
  }

  /// The first row that starts at or after an offset, if the bytes are well-formed there.
  ///
  /// Nobody can be sure in the middle of a file whether a line end stands between quotes: the quotes
  /// that come next tell it in all files but very odd ones. Who asks must check the answer.
  func likelyRowStart(from target: Int) -> Int {
    var scanner = CSVScanner(bytes, delimiter: delimiter, at: target)
    let limit = min(bytes.count, target + 1 << 20)
    var from = target
    while let quote = scanner.nextQuote(from: from), quote < limit {
      let before = quote == 0 || isEnd(bytes[quote - 1])
      let after = quote + 1 >= bytes.count || isEnd(bytes[quote + 1])
      let isDoubled =
        quote > 0 && bytes[quote - 1] == UInt8(ascii: "\"")
        || quote + 1 < bytes.count && bytes[quote + 1] == UInt8(ascii: "\"")
      if before != after, !isDoubled {
        if before { break }
        // The quote closes a cell, so what is before it is between quotes.
        scanner.position = quote + 1
        return scanner.skipRow()
      }
      from = quote + 1
    }
    // A line end just before the target counts, if it is not half of one.
    scanner.position = max(0, target - 1)
    return scanner.skipRow()
  }

  private mutating func skipRow() -> Int {
    var nowhere = TextPlace.missing
    _ = readRow(UnsafeBufferPointer(start: nil, count: 0), into: &nowhere)
    return position
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func isEnd(_ byte: UInt8) -> Bool { byte == delimiter || isLineEnd(byte) }

  // MARK: Blocks

  /// The next delimiter or line end at or after an offset, or the end of the bytes.
  @inline(__always)
  private mutating func nextEnd(from start: Int) -> Int {
    var index = start >> 6
    if start >= bytes.count { return bytes.count }
    if index != block { load(index) }
    let here = masks.others >> UInt64(start & 63)
    if here != 0 { return start + here.trailingZeroBitCount }
    while true {
      index += 1
      if index << 6 >= bytes.count { return bytes.count }
      load(index)
      if masks.others != 0 { return index << 6 + masks.others.trailingZeroBitCount }
    }
  }

  /// The next quote at or after an offset.
  @inline(__always)
  private mutating func nextQuote(from start: Int) -> Int? {
    var index = start >> 6
    if start >= bytes.count { return nil }
    if index != block { load(index) }
    let here = masks.quotes >> UInt64(start & 63)
    if here != 0 { return start + here.trailingZeroBitCount }
    while true {
      index += 1
      if index << 6 >= bytes.count { return nil }
      load(index)
      if masks.quotes != 0 { return index << 6 + masks.quotes.trailingZeroBitCount }
    }
  }

  @inline(__always)
  private mutating func load(_ index: Int) {
    block = index
    let start = index << 6
    guard let base = bytes.baseAddress else { return }
    if start + 64 <= bytes.count {
      masks = csv_masks(base + start, delimiter)
    } else {
      // Zeros behind the end are neither of what is looked for.
      var last = SIMD64<UInt8>(repeating: 0)
      withUnsafeMutableBytes(of: &last) {
        $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start...]))
        masks = csv_masks($0.baseAddress, delimiter)
      }
    }
  }
}
