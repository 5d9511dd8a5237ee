/// One thing found wrong, or worth knowing, in a file of outcomes.
public struct Diagnostic: Codable, Sendable, Hashable {
  /// What sort of thing was found.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// A quality below 0 or above 1, or infinite; the cell is missing.
    case qualityOutOfRange = "quality-out-of-range"
    /// A negative or infinite cost; the cell is missing.
    case badCost = "bad-cost"
    /// A negative or infinite latency or token count, or an infinite confidence; it is missing.
    case badMeasurement = "bad-measurement"
    /// A cell that needs a number and holds something else; the cell is missing.
    case notANumber = "not-a-number"
    /// A row with more or fewer cells than the header; the row is left out.
    case wrongWidth = "wrong-width"
    /// A row that breaks the rules of its format; the row is left out.
    case malformedRow = "malformed-row"
    /// A cell that holds lines which look like rows; the row counts as it stands.
    case swallowedRows = "swallowed-rows"
    /// A text whose bytes are not UTF-8; each such byte became U+FFFD.
    case notUTF8 = "not-utf-8"
    /// A row without an id, a task, a prompt or a model; the row is left out.
    case missingText = "missing-text"
    /// A column of a model that has no quality column; the column is left out.
    case unknownModel = "unknown-model"
    /// A column of numbers that cannot be told to be a model's; the column is left out.
    case unknownColumn = "unknown-column"
    /// Rows of one sample that disagree on its task, prompt or label; the first one counts.
    case conflictingText = "conflicting-text"
    /// A column of text that outcomes have no use for; the column is left out.
    case ignoredColumn = "ignored-column"
    /// Ids or task names that the file lacks and the options supplied.
    case filledIn = "filled-in"

    /// Whether it is a fault in the data, not only a note.
    public var isFault: Bool { self != .ignoredColumn && self != .filledIn }
  }

  /// The path of the file as it was given.
  public let file: String
  /// The data row, counted from 1 after the header; nil where the whole column or file is meant.
  public let row: Int?
  /// The line on which the row starts, counted from 1, where the format has lines.
  public let line: Int?
  /// The column's name, where one is meant.
  public let column: String?
  /// What sort of thing was found.
  public let kind: Kind
  /// A sentence that says what was found and what was done.
  public let message: String
}

extension Diagnostic: CustomStringConvertible {
  /// The place and the sentence, as compilers print them.
  public var description: String {
    var place = file
    if let line { place += ":\(line)" }
    if let row { place += ": row \(row)" }
    if let column { place += ": \(column)" }
    return "\(place): \(message)"
  }
}

/// What was found wrong in a file of outcomes, in file order.
///
/// A file can have a million bad cells, so only the first of each kind are kept; all are counted.
public struct Diagnostics: Codable, Sendable, Hashable {
  /// How many entries of a kind are kept.
  public static let limit = 200

  /// The entries kept, by row.
  public private(set) var entries: [Diagnostic] = []
  /// How often each kind was found, kept or not.
  public private(set) var counts: [Diagnostic.Kind: Int] = [:]

  /// Starts with nothing found.
  public init() {}

  /// Whether no fault was found; notes do not count.
  public var isClean: Bool { faultCount == 0 }

  /// How many faults were found.
  public var faultCount: Int {
    counts.reduce(0) { $1.key.isFault ? $0 + $1.value : $0 }
  }

  /// The count of each kind that was found, a line a kind, faults before notes.
  public var summary: [String] {
    let kinds = Diagnostic.Kind.allCases.compactMap { kind in
      counts[kind].map { (kind, "\($0) \(kind.rawValue)") }
    }
    return kinds.filter { $0.0.isFault }.map(\.1) + kinds.filter { !$0.0.isFault }.map(\.1)
  }

  /// The count of each kind of fault with the first one found, for people.
  public var warnings: [String] {
    Diagnostic.Kind.allCases.filter(\.isFault).compactMap { kind in
      guard let count = counts[kind] else { return nil }
      let first = entries.first { $0.kind == kind }.map { ", first \($0)" }
      return "\(count) \(kind.rawValue)\(first ?? "")"
    }
  }

  /// One line a kept entry: file, line, row, column and sentence.
  public var lines: [String] { entries.map(\.description) }

  mutating func add(_ kind: Diagnostic.Kind, _ entry: @autoclosure () -> Diagnostic) {
    counts[kind, default: 0] += 1
    if counts[kind, default: 0] <= Diagnostics.limit { entries.append(entry()) }
  }

  /// Counts faults of which only the number is known, since enough were kept before them.
  mutating func add(_ kind: Diagnostic.Kind, unkept count: Int) {
    if count > 0 { counts[kind, default: 0] += count }
  }

  mutating func sort() {
    let order = entries.enumerated().sorted {
      ($0.element.row ?? 0, $0.offset) < ($1.element.row ?? 0, $1.offset)
    }
    entries = order.map(\.element)
  }
}
