public import Files

/// A table of named columns, as pandas pickles it.
///
/// Read are the plain columns that tables of outcomes have: numbers, truth values, text in all of
/// pandas' storages, categories (decoded), dates without a time zone (as ISO 8601 text) and
/// nullable numbers. A column of any other type is left out and named; the pickle as a whole is refused
/// only if it names something that no table of data needs.
public struct DataFrame: Sendable {
  /// The columns in the file's order; only the wanted ones.
  public var columns: [Column]
  /// The names of all columns in the file's order, wanted or not.
  public var names: [String]
  /// The number of rows.
  public var rowCount: Int
  /// The row index, or nil where it only counts rows (a RangeIndex).
  public var index: Column?
  /// The levels of the row index, if it has several (a MultiIndex).
  public var levels: [Column] = []
  /// The wanted columns that hold something that is not read, such as lists or times with a zone.
  public var unread: [UnreadColumn] = []
  /// The writer as far as the file shows it, such as `pandas 3, protocol 5`.
  public var writtenBy: String?

  /// Makes a frame of columns of equal length.
  public init(
    columns: [Column], names: [String]? = nil, rowCount: Int, index: Column? = nil,
    writtenBy: String? = nil
  ) {
    self.columns = columns
    self.names = names ?? columns.map(\.name)
    self.rowCount = rowCount
    self.index = index
    self.writtenBy = writtenBy
  }

  /// The first column of a name.
  public subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// Reads a pickled DataFrame of protocol 0 to 5 as pandas 1, 2 and 3 write it.
  ///
  /// Nothing in the file is run. Time and memory are bounded by a constant times the file's length.
  /// Text is not copied: columns of text keep the bytes.
  ///
  /// - Parameters:
  ///   - bytes: The pickle, not compressed.
  ///   - wanted: Which columns to convert; the others cost next to nothing. All unless told.
  /// - Throws: `PickleError` with a sentence for whatever else the bytes are.
  public static func read(
    _ bytes: KeptBytes, columns wanted: ((String) -> Bool)? = nil
  ) throws(PickleError) -> DataFrame {
    try bytes.withUnsafeBytes { (input) throws(PickleError) in
      var machine = PickleMachine(input)
      var start = 0
      machine.passed = { end in
        bytes.unload(start..<end)
        start = end
      }
      let root = try machine.run()
      var reader = FrameReader(graph: machine.graph, file: bytes, wanted: wanted)
      var frame = try reader.frame(root)
      frame.writtenBy = machine.writer
      return frame
    }
  }

  /// Reads a pickled DataFrame from an array of bytes.
  public static func read(
    _ bytes: [UInt8], columns wanted: ((String) -> Bool)? = nil
  ) throws(PickleError) -> DataFrame {
    try read(KeptBytes(bytes), columns: wanted)
  }
}
