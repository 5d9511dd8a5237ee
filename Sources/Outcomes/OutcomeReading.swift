public import Files
import Pickle

/// A table of outcomes, and all that was noticed while it was read.
public struct OutcomeReading: Sendable {
  /// The outcomes, one row an id.
  public let table: OutcomeTable
  /// Faults and notes.
  public let diagnostics: Diagnostics
  /// The form of the file.
  public let format: OutcomeFormat
  /// The layout of its columns; nil for the native form.
  public let shape: OutcomeShape?
  /// How the file was compressed; nil when it was not.
  public let compression: Compression?
  /// Which ids were repeated, and what became of them.
  public let duplicates: DuplicateReport
  /// How many data rows the file has, repeated and faulty ones included.
  public let rowsRead: Int
  /// The SHA-256 of the file as it lies on disk, in hexadecimal.
  public let sha256: String

  /// Reads a file of any known form, told by its bytes and then by its name.
  ///
  /// - Throws: `OutcomesError` where the file as a whole cannot be used. Faults of single rows and
  ///   cells are collected in `diagnostics`.
  /// - Complexity: O(bytes); text that is not asked for is never copied.
  public static func read(
    _ path: String, options: ReadingOptions = ReadingOptions()
  ) throws(OutcomesError) -> OutcomeReading {
    let map: MappedFile
    do throws(FilesError) { map = try MappedFile(path: path) } catch {
      throw OutcomesError(error.description)
    }
    return try map.withUnsafeBytes { (bytes) throws(OutcomesError) in
      try read(bytes, file: path, options: options)
    }
  }

  /// Reads bytes as `read(_:options:)` reads a file.
  static func read(
    _ bytes: UnsafeRawBufferPointer, file: String, options: ReadingOptions = ReadingOptions()
  ) throws(OutcomesError) -> OutcomeReading {
    let digest = SHA256.hexDigest(of: bytes)
    guard let compression = Compression.detect(bytes) else {
      return try read(bytes, file: file, options: options, compression: nil, sha256: digest)
    }
    let unpacked: [UInt8]
    do throws(FilesError) {
      unpacked = try Decompression.decompress(bytes, as: compression, limit: unpackedLimit)
    } catch {
      throw OutcomesError("\(file) could not be unpacked. \(error.description)")
    }
    // A typed error cannot cross `Array.withUnsafeBytes`, which rethrows untyped.
    let result: Result<OutcomeReading, OutcomesError> = unpacked.withUnsafeBytes { bytes in
      do throws(OutcomesError) {
        return .success(
          try read(bytes, file: file, options: options, compression: compression, sha256: digest))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// More than any real file; a small file that unpacks to more is an attack or a mistake.
  private static let unpackedLimit = 1 << 36

  private static func read(
    _ bytes: UnsafeRawBufferPointer, file: String, options: ReadingOptions,
    compression: Compression?, sha256: String
  ) throws(OutcomesError) -> OutcomeReading {
    let format = try OutcomeFormat.detect(bytes, file: file)
    var diagnostics = Diagnostics()
    if format == .native {
      let layout = try NativeLayout(bytes, file: file)
      let table = try layout.table(in: bytes, includeResponses: options.includeResponses)
      return OutcomeReading(
        table: table, diagnostics: diagnostics, format: format, shape: nil,
        compression: compression,
        duplicates: DuplicateReport(
          rule: options.duplicateRule, sampleIDs: [], evalNames: [], copiesOfSample: []),
        rowsRead: table.count, sha256: sha256)
    }
    let raw: RawTable
    switch format {
    case .pickle: raw = try rawTable(ofPickle: bytes, file: file, options: options)
    case .jsonLines:
      var parser = JSONLinesParser(bytes: bytes, file: file) { options.wants($0) }
      raw = parser.parse(diagnostics: &diagnostics)
    case .csv, .native:
      var parser = CSVParser(bytes: bytes, file: file)
      raw = try parser.parse(wanted: { options.wants($0) }, diagnostics: &diagnostics)
    }
    let schema = try OutcomeSchema(of: raw, file: file, options: options, into: &diagnostics)
    var assembly = OutcomeAssembly(
      file: file, options: options, raw: raw, schema: schema, diagnostics: diagnostics)
    let (table, duplicates) = try assembly.table()
    assembly.diagnostics.sort()
    return OutcomeReading(
      table: table, diagnostics: assembly.diagnostics, format: format, shape: schema.shape,
      compression: compression, duplicates: duplicates, rowsRead: raw.rowsInFile, sha256: sha256)
  }

  private static func rawTable(
    ofPickle bytes: UnsafeRawBufferPointer, file: String, options: ReadingOptions
  ) throws(OutcomesError) -> RawTable {
    let frame: DataFrame
    do throws(PickleError) {
      frame = try DataFrame.read(bytes) { options.wants($0) }
    } catch {
      throw OutcomesError("\(file) could not be read. \(error.description)")
    }
    var columns = frame.columns.filter { options.wants($0.name) && !isIndexColumn($0.name) }
    if let index = frame.index, !isIndexColumn(index.name), options.wants(index.name),
      !columns.contains(where: { $0.name == index.name })
    {
      columns.append(index)
    }
    return RawTable(
      columns: columns.map { column in
        let values: RawColumn.Values =
          switch column.values {
          case .doubles(let numbers): .numbers(numbers)
          case .integers(let integers): .integers(integers)
          case .booleans(let booleans): .booleans(booleans)
          case .text(let text): .text(text)
          }
        return RawColumn(name: column.name, values: values)
      }, rowNumbers: Array(1..<(frame.rowCount + 1)), lines: [], rowsInFile: frame.rowCount)
  }
}

extension OutcomeTable {
  /// Reads a file of any known form; use `OutcomeReading` to see faults and duplicates as well.
  public init(
    contentsOf path: String, options: ReadingOptions = ReadingOptions()
  ) throws(OutcomesError) {
    self = try OutcomeReading.read(path, options: options).table
  }
}
