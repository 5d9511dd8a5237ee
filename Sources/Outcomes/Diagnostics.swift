/// One fault of one cell or row; the cell is taken as missing, never mended.
public struct Diagnostic: Sendable, Hashable {
  /// What kind of fault, for counting.
  public enum Kind: String, Sendable, CaseIterable {
    /// A cost below 0.
    case negativeCost = "negative cost"
    /// A number that is infinite, or NaN where the format can say "missing" otherwise.
    case notFinite = "number that is not finite"
    /// A quality outside [0, 1].
    case qualityOutOfRange = "quality outside [0, 1]"
    /// A cell that is no number where one is needed.
    case unparsableNumber = "unreadable number"
    /// A model named by a cost or other column that has no quality column.
    case unknownModel = "unknown model"
    /// A row with too many or too few cells.
    case wrongWidth = "row of the wrong width"
    /// A row without a sample_id, a model name or other needed cell.
    case missingIdentity = "row without an identity"
    /// A sample_id, or a (sample_id, model), that occurs more than once.
    case duplicate = "duplicate sample_id"
    /// A column that the file lacks and that was filled by a rule.
    case generatedColumn = "generated column"
  }

  /// The kind of fault.
  public let kind: Kind
  /// The data row, counted from 1 without the header; nil for a fault of the whole file.
  public let row: Int?
  /// The column's name; nil for a fault of the whole row.
  public let column: String?
  /// The sentence, without file and row.
  public let message: String

  /// Makes a diagnostic.
  public init(kind: Kind, row: Int?, column: String?, message: String) {
    self.kind = kind
    self.row = row
    self.column = column
    self.message = message
  }
}

/// The faults of a file: all counted, the first of each kind kept word by word.
public struct Diagnostics: Sendable, Hashable {
  /// How many diagnostics of one kind are kept; the rest are counted.
  public static let keptPerKind = 100

  /// The file's name.
  public let file: String
  /// The first faults of each kind, in the order they were met.
  public private(set) var entries: [Diagnostic] = []
  /// How many faults there are of each kind.
  public private(set) var counts: [Diagnostic.Kind: Int] = [:]

  /// Starts without faults.
  public init(file: String) { self.file = file }

  /// Notes a fault.
  public mutating func note(_ diagnostic: Diagnostic) {
    counts[diagnostic.kind, default: 0] += 1
    if counts[diagnostic.kind, default: 0] <= Self.keptPerKind { entries.append(diagnostic) }
  }

  /// Whether there are no faults.
  public var isClean: Bool { counts.isEmpty }

  /// One counted sentence a kind, in the order of the kinds.
  public var summary: [String] {
    Diagnostic.Kind.allCases.compactMap { kind in
      counts[kind].map { "\(file): \($0) x \(kind.rawValue)" }
    }
  }

  /// One line a kept fault: file, row, column, sentence.
  public var lines: [String] {
    entries.map { entry in
      let row = entry.row.map { ", row \($0)" } ?? ""
      let column = entry.column.map { ", column \($0)" } ?? ""
      return "\(file)\(row)\(column): \(entry.message)"
    }
  }
}
