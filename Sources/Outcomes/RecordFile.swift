import Files

/// The rows of a small file beside the outcomes, in CSV or JSON Lines, such as a router's choices.
///
/// It is read by the same parsers as outcomes, but strictly: a broken row refuses the file.
public struct RecordFile: Sendable {
  /// One row, with its place in the file.
  public struct Record: Sendable {
    /// The data row, counted from 1 after the header.
    public let row: Int
    /// The line on which it starts, counted from 1.
    public let line: Int
    fileprivate let cells: [String?]
  }

  /// The names of the columns that were wanted and found.
  public let columns: [String]
  /// The rows, in the file's order.
  public let records: [Record]

  /// Reads a file, told by its bytes and then by its name; it may be compressed.
  ///
  /// - Parameters:
  ///   - wanted: The columns to read; others are passed over.
  ///   - header: The columns of a CSV file that names none; nil where its first row does.
  /// - Throws: `OutcomesError` for a file in another form, or with a broken row.
  public static func read(
    _ path: String, wanted: [String], header: [String]? = nil
  ) throws(OutcomesError) -> RecordFile {
    let map: MappedFile
    do throws(FilesError) { map = try MappedFile(path: path) } catch {
      throw OutcomesError(error.description)
    }
    let compression = map.withUnsafeBytes { Compression.detect($0) }
    guard let compression else {
      return try parse(map.bytes, file: path, wanted: wanted, header: header)
    }
    let unpacked: KeptBytes
    do throws(FilesError) {
      unpacked = try map.withUnsafeBytes { (bytes) throws(FilesError) in
        try Decompression.decompress(bytes, as: compression, limit: 1 << 36)
      }
    } catch {
      throw OutcomesError("\(path) could not be unpacked. \(error.description)")
    }
    return try parse(unpacked, file: path, wanted: wanted, header: header)
  }

  /// A cell as text; nil where it is missing, or the file has no such column.
  public func text(_ record: Record, _ column: String) -> String? {
    columns.firstIndex(of: column).flatMap { record.cells[$0] }
  }

  /// A cell as a number.
  public func number(_ record: Record, _ column: String) -> NumberCell {
    guard let text = text(record, column) else { return .missing }
    return Array(text.utf8).withUnsafeBytes(parseNumber)
  }

  static func parse(
    _ bytes: KeptBytes, file: String, wanted: [String], header: [String]? = nil
  ) throws(OutcomesError) -> RecordFile {
    let names = Set(wanted)
    var diagnostics = Diagnostics()
    let raw: RawTable
    let format = try bytes.withUnsafeBytes { (bytes) throws(OutcomesError) in
      try OutcomeFormat.detect(bytes, file: file)
    }
    switch format {
    case .jsonLines:
      raw = try JSONLinesParser(bytes, file: file)
        .parse(wanted: { names.contains($0) }, diagnostics: &diagnostics)
    case .csv:
      raw = try CSVParser(bytes, file: file)
        .parse(header: header, wanted: { names.contains($0) }, diagnostics: &diagnostics)
    case .pickle, .native:
      throw OutcomesError("\(file) is neither CSV nor JSON Lines; save it as one of them.")
    }
    if let first = diagnostics.entries.first {
      let message = first.message.replacing("; the row is left out.", with: ".")
      let more = diagnostics.faultCount - 1
      throw OutcomesError(
        "\(file), row \(first.row ?? 0): \(message)"
          + (more == 0 ? "" : " \(more) more row\(more == 1 ? " is" : "s are") broken."))
    }
    return RecordFile(
      columns: raw.columns.map(\.name),
      records: (0..<raw.count).map { row in
        Record(
          row: raw.rowNumbers[row], line: raw.lines?[row] ?? 0,
          cells: raw.columns.map { $0.text(row) })
      })
  }
}
