/// A column of text, some cells of which may be missing.
///
/// A cell is a place in a file's bytes, which the column keeps, or in bytes of the column's own: a
/// column of a hundred megabytes is neither a copy nor a million strings. Text is decoded when it is
/// asked for.
public struct TextColumn: Sendable, RandomAccessCollection, Hashable {
  /// The file that places at or above 0 lie in.
  private var file: KeptBytes?
  /// What places below 0 lie in, -1 being its first byte.
  private var own: [UInt8] = []
  private var places: [TextPlace] = []

  /// Makes an empty column.
  public init() {}

  /// Makes a column of strings; nil is a missing cell.
  public init(_ strings: some Sequence<String?>) {
    for string in strings { append(string) }
  }

  /// Makes an empty column whose cells lie in a file.
  package init(in file: KeptBytes, places: [TextPlace] = []) {
    self.file = file
    self.places = places
  }

  /// The first row.
  public var startIndex: Int { 0 }

  /// The number of rows.
  public var endIndex: Int { places.count }

  /// The text of a row, or nil where it is missing; invalid UTF-8 is repaired.
  public subscript(position: Int) -> String? {
    let place = places[position]
    if place.isMissing { return nil }
    return place.offset < 0
      ? own.withUnsafeBytes { Self.inOwn(place).text(in: $0) }
      : file?.withUnsafeBytes { place.text(in: $0) }
  }

  /// Whether a row has no text.
  public func isMissing(_ row: Int) -> Bool { places[row].isMissing }

  /// Whether a row has no text or an empty one.
  public func isEmpty(_ row: Int) -> Bool { places[row].isEmpty }

  /// Whether the two rows are spelled alike, which equal texts may not be.
  package func isSpelledAlike(_ row: Int, _ other: Int) -> Bool {
    let (a, b) = (places[row], places[other])
    if a.spelling != b.spelling || a.length != b.length { return false }
    if a.offset == b.offset { return true }
    return withSpelling(row) { a in withSpelling(other) { b in a.isSame(as: b) } }
  }

  /// Calls `body` with the bytes that spell a row; none where it is missing.
  ///
  /// They are the text's UTF-8 where `isPlain` says so.
  package func withSpelling<R>(_ row: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    let place = places[row]
    if place.offset < 0 { return own.withUnsafeBytes { body(Self.inOwn(place).bytes(in: $0)) } }
    guard let file else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return file.withUnsafeBytes { body(place.bytes(in: $0)) }
  }

  /// Whether the bytes of a row are its text, or missing.
  package func isPlain(_ row: Int) -> Bool { places[row].isPlain }

  private static func inOwn(_ place: TextPlace) -> TextPlace {
    TextPlace(offset: -1 - place.offset, length: place.length, spelling: place.spelling)
  }

  /// Adds a row; nil is a missing cell.
  public mutating func append(_ string: String?) {
    guard var string else { return appendMissing() }
    string.withUTF8 { append(utf8: $0) }
  }

  /// Adds a row without text.
  public mutating func appendMissing() { places.append(.missing) }

  /// Adds a row of UTF-8 bytes.
  public mutating func append(utf8: some Collection<UInt8>) {
    places.append(TextPlace(offset: -1 - own.count, length: utf8.count, spelling: .plain))
    own.append(contentsOf: utf8)
  }

  /// Adds a row that lies in the column's file.
  package mutating func append(_ place: TextPlace) { places.append(place) }

  /// Adds a row that shares the bytes of an earlier one.
  public mutating func append(repeating row: Int) { places.append(places[row]) }

  /// Adds all rows of another column.
  public mutating func append(contentsOf other: TextColumn) {
    if file == nil { file = other.file }
    guard let file, let theirs = other.file, !file.isSame(as: theirs) else {
      let base = own.count
      own.append(contentsOf: other.own)
      places.append(
        contentsOf: other.places.map {
          $0.offset < 0
            ? TextPlace(offset: $0.offset - base, length: $0.length, spelling: $0.spelling) : $0
        })
      return
    }
    for text in other { append(text) }
  }

  /// Makes room for so many rows.
  public mutating func reserveCapacity(_ rows: Int) { places.reserveCapacity(rows) }

  /// A column that holds the given rows in the given order.
  public func selecting(rows: [Int]) -> TextColumn {
    var result = self
    result.places = rows.map { places[$0] }
    return result
  }

  /// A column that holds the given rows in the given order, nil being a missing cell.
  public func selecting(rows: [Int?]) -> TextColumn {
    var result = self
    result.places = rows.map { $0.map { places[$0] } ?? .missing }
    return result
  }

  /// The rows of several columns in turn: first the first row of each; nil has no text anywhere.
  package init(interleaving columns: [TextColumn?], rows: Int) {
    self.init()
    // The bytes of every column's own, one after the other.
    var bases: [Int] = []
    var isOneFile = true
    for column in columns {
      bases.append(own.count)
      own.append(contentsOf: column?.own ?? [])
      if file == nil { file = column?.file }
      if let file, let theirs = column?.file, !file.isSame(as: theirs) { isOneFile = false }
    }
    guard isOneFile else {
      self.init(
        (0..<(rows * columns.count)).map { columns[$0 % columns.count]?[$0 / columns.count] })
      return
    }
    places = [TextPlace](repeating: .missing, count: rows * columns.count)
    for (index, column) in columns.enumerated() {
      guard let column else { continue }
      for row in 0..<rows {
        let place = column.places[row]
        places[row * columns.count + index] =
          place.offset < 0
          ? TextPlace(
            offset: place.offset - bases[index], length: place.length, spelling: place.spelling)
          : place
      }
    }
  }

  /// Whether both columns hold the same cells, however they are stored.
  public static func == (a: TextColumn, b: TextColumn) -> Bool { a.elementsEqual(b) }

  /// Feeds the cells to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for text in self { hasher.combine(text) }
  }
}
