import Files

/// A column of the store and what it may hold; anything else is damage, and is said before it is used.
struct StoredColumn {
  enum Kind {
    /// The number of a row.
    case key
    /// A whole number of at least 0.
    case count
    /// A finite number of at least 0.
    case amount
    /// A finite number.
    case number
    /// A number from 0 to 1.
    case share
    case text

    var needed: String {
      switch self {
      case .key: "a whole number"
      case .count: "a whole number of at least 0"
      case .amount: "a number of at least 0"
      case .number: "a number"
      case .share: "a number from 0 to 1"
      case .text: "a text"
      }
    }
  }

  /// Its name in SQL, with the letter of its table where several are read.
  let name: String
  let kind: Kind
  let mayBeMissing: Bool
  /// The column that a computed one comes from.
  let origin: String

  /// A column that always holds something.
  static func column(_ name: String, _ kind: Kind, of origin: String? = nil) -> StoredColumn {
    StoredColumn(name: name, kind: kind, mayBeMissing: false, origin: origin ?? name)
  }

  /// A column that may hold nothing.
  static func optional(_ name: String, _ kind: Kind, of origin: String? = nil) -> StoredColumn {
    StoredColumn(name: name, kind: kind, mayBeMissing: true, origin: origin ?? name)
  }

  func accepts(_ value: SQLiteValue) -> Bool {
    switch (kind, value) {
    case (_, .null): mayBeMissing
    case (.key, .integer): true
    case (.count, .integer(let number)): number >= 0
    case (.amount, .integer(let number)): number >= 0
    case (.amount, .real(let number)): number.isFinite && number >= 0
    case (.number, .integer): true
    case (.number, .real(let number)): number.isFinite
    case (.share, .integer(let number)): (0...1).contains(number)
    case (.share, .real(let number)): (0...1).contains(number)
    case (.text, .text): true
    default: false
    }
  }

  /// The tables by the letters that queries here give them.
  private static let tables = [
    "a": "answers", "c": "prices", "e": "errors", "j": "judgements", "m": "models", "n": "judges",
    "p": "prompts", "s": "scores", "v": "verdicts", "d": "answer_details",
  ]

  /// The sentence about a value that cannot be.
  func fault(_ value: SQLiteValue, in source: String, of path: String) -> ConstructionError {
    let parts = origin.split(separator: ".")
    let alone = source.split(separator: " ").first.map(String.init) ?? source
    let table = parts.count > 1 ? Self.tables[String(parts[0])] ?? alone : alone
    return .damaged(
      path,
      "\(parts.last.map(String.init) ?? origin) in its table \(table) is \(value.shown) where "
        + "\(kind.needed) is needed")
  }
}

/// The values of one row, each of the kind that its column may hold.
struct StoredRow {
  let values: [SQLiteValue]

  /// A key or a count.
  func integer(_ place: Int) -> Int {
    if case .integer(let number) = values[place] { Int(number) } else { 0 }
  }

  /// A number; `nil` if there is none.
  func number(_ place: Int) -> Double? {
    switch values[place] {
    case .integer(let number): Double(number)
    case .real(let number): number
    default: nil
    }
  }

  /// A text; `nil` if there is none.
  func optionalText(_ place: Int) -> String? {
    if case .text(let text) = values[place] { text } else { nil }
  }

  func text(_ place: Int) -> String { optionalText(place) ?? "" }
}

extension SQLiteDatabase {
  /// Reads rows of a store one by one, and stops with a sentence at a value that cannot be there.
  ///
  /// - Parameter source: What follows `FROM`.
  func forEachStored(
    _ columns: [StoredColumn], from source: String, _ values: [SQLiteValue] = [],
    _ body: (StoredRow) throws -> Void
  ) throws {
    let names = columns.map(\.name).joined(separator: ", ")
    try forEachRow("SELECT \(names) FROM \(source)", values) { row in
      for (column, value) in zip(columns, row) where !column.accepts(value) {
        throw column.fault(value, in: source, of: path)
      }
      try body(StoredRow(values: row))
    }
  }

  /// The same rows as a list.
  func stored<Value>(
    _ columns: [StoredColumn], from source: String, _ values: [SQLiteValue] = [],
    _ transform: (StoredRow) throws -> Value
  ) throws -> [Value] {
    var result: [Value] = []
    try forEachStored(columns, from: source, values) { result.append(try transform($0)) }
    return result
  }
}

extension SQLiteValue {
  /// The value as a sentence shows it.
  var shown: String {
    switch self {
    case .null: "missing"
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text):
      "'\(String(text.prefix(40).map { $0.isASCII && ($0.asciiValue ?? 0) >= 32 ? $0 : "?" }))'"
    case .blob: "bytes"
    }
  }
}

extension ConstructionError {
  /// A store that holds what this program never writes.
  static func damaged(_ path: String, _ what: String) -> ConstructionError {
    ConstructionError(
      "\(path) is damaged, or another program has changed it: \(what). Restore a copy of it, or "
        + "collect into another store.")
  }
}
