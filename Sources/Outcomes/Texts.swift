import Files

/// One text a row, such as the prompts of a table: left in their file and decoded when asked for.
public struct Texts: Sendable, RandomAccessCollection, Hashable, ExpressibleByArrayLiteral {
  private let column: TextColumn

  /// Takes strings; they are copied unless they are such texts already.
  public init(_ strings: some Sequence<String>) {
    self = strings as? Texts ?? Texts(column: TextColumn(strings.map { $0 }))
  }

  /// Takes strings written in source code.
  public init(arrayLiteral elements: String...) { self.init(elements) }

  /// Takes a column; a missing cell is an empty text.
  init(column: TextColumn) { self.column = column }

  /// The first row.
  public var startIndex: Int { 0 }

  /// The number of rows.
  public var endIndex: Int { column.count }

  /// The text of a row, decoded.
  public subscript(row: Int) -> String { column[row] ?? "" }

  /// The texts of the given rows, in the given order.
  public func selecting(rows: [Int]) -> Texts { Texts(column: column.selecting(rows: rows)) }
}
