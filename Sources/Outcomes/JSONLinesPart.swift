import Files

/// Consecutive objects of a JSON Lines file, numbered from the part's first.
struct JSONLinesPart: Sendable {
  /// Where the object after the last one starts.
  private(set) var end = 0
  /// How many objects there are, broken ones included.
  private(set) var rows = 0
  /// The number and the first byte of each object that is whole.
  private(set) var numbers: [Int] = []
  private(set) var starts: [Int] = []
  /// Broken objects, the first ones only.
  private(set) var faults: [(number: Int, start: Int)] = []
  private(set) var faultCount = 0
  /// The keys, in the order of their first appearance.
  private(set) var names: [String] = []
  /// Whether a key is wanted.
  private(set) var isKept: [Bool] = []
  /// The values of each wanted key in whole objects.
  private(set) var cells: [KeyedCells] = []
  /// The columns that the object being read has a value for.
  private var touched: [Int] = []
  private var indices: [String: Int] = [:]
  private let isArray: Bool
  private let wanted: @Sendable (String) -> Bool

  /// - Parameter isArray: Whether objects are items of one array, with commas between them.
  init(isArray: Bool, wanted: @escaping @Sendable (String) -> Bool) {
    self.isArray = isArray
    self.wanted = wanted
  }

  /// The first object that starts on a line after the one that holds the byte before `target`.
  static func objectStart(
    _ bytes: UnsafeRawBufferPointer, from target: Int, _ isArray: Bool
  ) -> Int {
    var scanner = JSONScanner(bytes, at: max(0, target - 1))
    scanner.skipLine()
    scanner.skipSpace(andCommas: isArray)
    return scanner.position
  }

  /// Reads objects until one starts at `limit` or behind it.
  mutating func read(_ bytes: UnsafeRawBufferPointer, from start: Int, until limit: Int) {
    var scanner = JSONScanner(bytes, at: start)
    while true {
      scanner.skipSpace(andCommas: isArray)
      if scanner.position >= limit || scanner.peek == nil { break }
      rows += 1
      let first = scanner.position
      let row = numbers.count
      if readObject(&scanner, row: row), isArray || scanner.isAtLineEnd() {
        numbers.append(rows)
        starts.append(first)
      } else {
        for column in touched { cells[column].remove(row: row) }
        faultCount += 1
        if faultCount <= Diagnostics.limit { faults.append((rows, first)) }
        scanner = JSONScanner(bytes, at: first)
        scanner.skipLine()
      }
    }
    end = scanner.position
  }

  private mutating func readObject(_ scanner: inout JSONScanner, row: Int) -> Bool {
    touched.removeAll(keepingCapacity: true)
    guard scanner.take(UInt8(ascii: "{")) else { return false }
    scanner.skipSpace()
    if scanner.take(UInt8(ascii: "}")) { return true }
    var guess = 0
    while true {
      scanner.skipSpace()
      guard let key = scanner.scanString() else { return false }
      scanner.skipSpace()
      guard scanner.take(UInt8(ascii: ":")) else { return false }
      scanner.skipSpace()
      guard let value = scanner.scanValue(depth: 1) else { return false }
      let column = column(of: key, in: scanner.bytes, guess: guess)
      guess = column + 1
      if isKept[column] {
        // A repeated key counts with its last value, as in Python.
        cells[column].set(value, row: row)
        touched.append(column)
      }
      scanner.skipSpace()
      if scanner.take(UInt8(ascii: ",")) { continue }
      return scanner.take(UInt8(ascii: "}"))
    }
  }

  /// The column of a key, made when it is new.
  private mutating func column(
    of key: TextPlace, in bytes: UnsafeRawBufferPointer, guess: Int
  ) -> Int {
    if guess < names.count, key.isPlain, names[guess].utf8.count == key.length,
      names[guess].utf8.elementsEqual(key.bytes(in: bytes))
    {
      return guess
    }
    let name = key.text(in: bytes) ?? ""
    if let index = indices[name] { return index }
    let index = names.count
    indices[name] = index
    names.append(name)
    isKept.append(!isIndexColumn(name) && wanted(name))
    cells.append(KeyedCells())
    return index
  }
}
