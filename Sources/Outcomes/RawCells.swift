import Files
import SIMDShim

/// A column's cells in the bytes of a text file, in the parts in which it was parsed.
struct RawCells: Sendable {
  let file: KeptBytes
  private(set) var parts: [Part]

  /// Consecutive rows.
  struct Part: Sendable {
    /// The rows of the table that it holds.
    let rows: Range<Int>
    /// Places of this column, others between them; or those that are there, if they are few.
    let places: [TextPlace]
    /// The place of the first row's cell.
    let start: Int
    /// How far apart the places of two rows are; 0 if they are scattered.
    let stride: Int
    /// Which row of the part each scattered place is of.
    let scattered: [Int]

    /// A cell for each row.
    init(rows: Range<Int>, places: [TextPlace], start: Int, stride: Int) {
      self.rows = rows
      self.places = places
      self.start = start
      self.stride = stride
      scattered = []
    }

    /// Few cells, each with its row, counted from the part's first.
    init(rows: Range<Int>, places: [TextPlace], of scattered: [Int]) {
      self.rows = rows
      self.places = places
      self.scattered = scattered
      start = 0
      stride = 0
    }

    @inline(__always)
    func place(_ row: Int) -> TextPlace {
      stride == 0
        ? scatteredPlace(row - rows.lowerBound)
        : places[start + (row - rows.lowerBound) * stride]
    }

    private func scatteredPlace(_ row: Int) -> TextPlace {
      var (lower, upper) = (0, scattered.count)
      while lower < upper {
        let middle = (lower + upper) / 2
        if scattered[middle] < row { lower = middle + 1 } else { upper = middle }
      }
      return lower < scattered.count && scattered[lower] == row ? places[lower] : .missing
    }

    /// Asks for the bytes of a cell that will be read soon: a column's cells lie far apart, and waiting
    /// for each was half of the work.
    @inline(__always)
    func prefetch(_ row: Int, in bytes: UnsafeRawBufferPointer) {
      guard row < rows.upperBound else { return }
      let place = place(row)
      if !place.isMissing { SIMDShim.prefetch(place.bytes(in: bytes).baseAddress) }
    }
  }

  /// Calls `body` with the rows whose cells may be there, the others being missing, while it says so.
  func forEachCandidate(_ body: (Int) -> Bool) {
    for part in parts {
      if part.stride > 0 {
        for row in part.rows where !body(row) { return }
      } else {
        for row in part.scattered where !body(row + part.rows.lowerBound) { return }
      }
    }
  }

  /// How many cells may be there.
  var candidateCount: Int {
    parts.reduce(0) { $0 + ($1.stride > 0 ? $1.rows.count : $1.scattered.count) }
  }

  func place(_ row: Int) -> TextPlace {
    var (lower, upper) = (0, parts.count - 1)
    while lower < upper {
      let middle = (lower + upper) / 2
      if parts[middle].rows.upperBound <= row { lower = middle + 1 } else { upper = middle }
    }
    return parts[lower].place(row)
  }

  /// The places of some rows, which ascend.
  func places(_ rows: [Int]) -> [TextPlace] {
    var places: [TextPlace] = []
    places.reserveCapacity(rows.count)
    var rest = rows[...]
    for part in parts {
      while let row = rest.first, row < part.rows.upperBound {
        places.append(part.place(row))
        rest.removeFirst()
      }
    }
    return places
  }

  func text(_ row: Int) -> String? { file.withUnsafeBytes { place(row).text(in: $0) } }

  func number(_ row: Int) -> NumberCell { file.withUnsafeBytes { number(place(row), in: $0) } }

  /// Calls `body` with the number of each row.
  func forEachNumber(_ rows: Range<Int>, _ body: (Int, NumberCell) -> Void) {
    file.withUnsafeBytes { bytes in
      for part in parts where part.rows.overlaps(rows) {
        for row in part.rows.clamped(to: rows) {
          part.prefetch(row + 8, in: bytes)
          body(row, number(part.place(row), in: bytes))
        }
      }
    }
  }

  @inline(__always)
  private func number(_ place: TextPlace, in bytes: UnsafeRawBufferPointer) -> NumberCell {
    if place.isPlain { return parseNumber(place.bytes(in: bytes)) }
    if place.isMissing { return .missing }
    return Array((place.text(in: bytes) ?? "").utf8).withUnsafeBytes(parseNumber)
  }

  /// The texts of consecutive rows; one that is spelled as the row's before shares its memory.
  func texts(in rows: Range<Int>) -> [String?] {
    file.withUnsafeBytes { bytes in
      var texts: [String?] = []
      texts.reserveCapacity(rows.count)
      var last: (place: TextPlace, text: String?)?
      for part in parts where part.rows.overlaps(rows) {
        for row in part.rows.clamped(to: rows) {
          part.prefetch(row + 8, in: bytes)
          let place = part.place(row)
          if last.map({ Self.isSpelledAlike($0.place, place, in: bytes) }) != true {
            last = (place, place.text(in: bytes))
          }
          texts.append(last?.text)
        }
      }
      return texts
    }
  }

  func isSpelledAlike(_ row: Int, _ other: Int) -> Bool {
    file.withUnsafeBytes { Self.isSpelledAlike(place(row), place(other), in: $0) }
  }

  private static func isSpelledAlike(
    _ a: TextPlace, _ b: TextPlace, in bytes: UnsafeRawBufferPointer
  ) -> Bool {
    a.spelling == b.spelling && a.length == b.length
      && a.bytes(in: bytes).isSame(as: b.bytes(in: bytes))
  }
}
