/// A column of text, some cells of which may be missing.
///
/// The cells are UTF-8 in one buffer, so a column of a hundred megabytes is not a million strings.
/// Cells that are one and the same text in the file share their bytes.
public struct TextColumn: Sendable, RandomAccessCollection, Hashable {
  private struct Span: Sendable {
    var start: Int
    /// The length in bytes; -1 where the cell is missing.
    var count: Int
  }

  private var bytes: [UInt8] = []
  private var spans: [Span] = []

  /// Makes an empty column.
  public init() {}

  /// Makes a column of strings; nil is a missing cell.
  public init(_ strings: some Sequence<String?>) {
    for string in strings { append(string) }
  }

  /// The first row.
  public var startIndex: Int { 0 }

  /// The number of rows.
  public var endIndex: Int { spans.count }

  /// The number of bytes that all distinct cells take.
  public var byteCount: Int { bytes.count }

  /// The text of a row, or nil where it is missing; invalid UTF-8 is repaired.
  public subscript(position: Int) -> String? {
    utf8(at: position).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a row has no text.
  public func isMissing(_ row: Int) -> Bool { spans[row].count < 0 }

  /// The UTF-8 bytes of a row without a copy, or nil where it is missing.
  public func utf8(at row: Int) -> ArraySlice<UInt8>? {
    let span = spans[row]
    return span.count < 0 ? nil : bytes[span.start..<(span.start + span.count)]
  }

  /// Adds a row; nil is a missing cell.
  public mutating func append(_ string: String?) {
    guard var string else { return appendMissing() }
    string.withUTF8 { append(utf8: UnsafeRawBufferPointer($0)) }
  }

  /// Adds a row without text.
  public mutating func appendMissing() {
    spans.append(Span(start: 0, count: -1))
  }

  /// Adds a row of UTF-8 bytes.
  public mutating func append(utf8: UnsafeRawBufferPointer) {
    spans.append(Span(start: bytes.count, count: utf8.count))
    bytes.append(contentsOf: utf8)
  }

  /// Adds a row of UTF-8 bytes.
  public mutating func append(utf8: some Collection<UInt8>) {
    spans.append(Span(start: bytes.count, count: utf8.count))
    bytes.append(contentsOf: utf8)
  }

  /// Adds a row that shares the bytes of an earlier one.
  public mutating func append(repeating row: Int) {
    spans.append(spans[row])
  }

  /// Adds all rows of another column.
  public mutating func append(contentsOf other: TextColumn) {
    let base = bytes.count
    bytes.append(contentsOf: other.bytes)
    spans.append(
      contentsOf: other.spans.map { Span(start: $0.start + base, count: $0.count) })
  }

  /// Makes room for so many rows.
  public mutating func reserveCapacity(_ rows: Int) { spans.reserveCapacity(rows) }

  /// A column that holds the given rows in the given order, nil being a missing cell.
  public func selecting(rows: some Sequence<Int?>) -> TextColumn {
    var result = TextColumn()
    result.bytes = bytes
    for row in rows {
      if let row { result.spans.append(spans[row]) } else { result.appendMissing() }
    }
    return result
  }

  /// Whether both columns hold the same cells, however they are stored.
  public static func == (a: TextColumn, b: TextColumn) -> Bool {
    a.count == b.count && a.indices.allSatisfy { a.utf8(at: $0) == b.utf8(at: $0) }
  }

  /// Feeds the cells to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for row in indices { hasher.combine(utf8(at: row)) }
  }
}
