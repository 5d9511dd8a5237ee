public import Files
import Parallelism
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
  /// For each row of the table, the data row of the file that its prompt is from; in long form all that
  /// speak of it.
  public let fileRows: FileRows
  /// The cells whose values cannot be used.
  public let unusable: UnusableCells
  private let digest: FileDigest

  /// The SHA-256 of the file as it lies on disk, in hexadecimal.
  ///
  /// It is taken when it is first asked for.
  ///
  /// - Throws: `OutcomesError` where the file was changed in its place after it was opened.
  public func sha256() throws(OutcomesError) -> String { try digest.hexadecimal() }

  /// Reads a file of any known form, told by its bytes and then by its name.
  ///
  /// Prompts and responses stay in the file, which is kept mapped while the table lives.
  ///
  /// - Throws: `OutcomesError` where the file as a whole cannot be used. Faults of single rows and
  ///   cells are collected in `diagnostics`.
  /// - Complexity: O(bytes); text is copied only when it is asked for.
  public static func read(
    _ path: String, options: ReadingOptions = ReadingOptions()
  ) throws(OutcomesError) -> OutcomeReading {
    let map: MappedFile
    do throws(FilesError) { map = try MappedFile(path: path) } catch {
      throw OutcomesError(error.description)
    }
    return try read(
      map.bytes, file: path, options: options, digest: FileDigest(of: map.bytes, file: map))
  }

  /// Reads bytes as `read(_:options:)` reads a file.
  ///
  /// - Parameter partSize: The least number of bytes of a text form that are worth a thread.
  static func read(
    _ bytes: KeptBytes, file: String, options: ReadingOptions = ReadingOptions(),
    threads: Threads = .machine, partSize: Int = 1 << 20, digest: FileDigest? = nil
  ) throws(OutcomesError) -> OutcomeReading {
    let compression = bytes.withUnsafeBytes { Compression.detect($0) }
    let content: KeptBytes
    do throws(FilesError) {
      content =
        try compression.map { (form) throws(FilesError) in
          try bytes.withUnsafeBytes { (bytes) throws(FilesError) in
            try Decompression.decompress(bytes, as: form, limit: unpackedLimit)
          }
        } ?? bytes
    } catch {
      throw OutcomesError("\(file) could not be unpacked. \(error.description)")
    }
    guard compression == nil || content.withUnsafeBytes({ Compression.detect($0) }) == nil else {
      throw OutcomesError("\(file) is compressed twice; unpack it once and give the result.")
    }
    let format = try content.withUnsafeBytes { (bytes) throws(OutcomesError) in
      try OutcomeFormat.detect(bytes, file: file)
    }
    let digest = digest ?? FileDigest(of: bytes)
    var diagnostics = Diagnostics()
    if format == .native {
      if options.qualityScale != 0...1 {
        throw OutcomesError(
          "\(file) is in the form .rbt, whose qualities are between 0 and 1; leave --quality-scale out."
        )
      }
      let layout = try content.withUnsafeBytes { (bytes) throws(OutcomesError) in
        try NativeLayout(bytes, file: file)
      }
      let table = try layout.table(of: content, includeResponses: options.includeResponses)
      try OutcomeLimits.require(tasksOf: table, in: file)
      return OutcomeReading(
        table: table, diagnostics: diagnostics, format: format, shape: nil,
        compression: compression,
        duplicates: DuplicateReport(
          rule: options.duplicateRule, sampleIDs: [], evalNames: [], copiesOfSample: []),
        rowsRead: table.count, fileRows: FileRows(one: Array(0..<table.count)),
        unusable: UnusableCells(of: table), digest: digest)
    }
    let raw: RawTable
    switch format {
    case .pickle: raw = try rawTable(ofPickle: content, file: file, options: options)
    case .jsonLines:
      raw = try JSONLinesParser(content, file: file, threads: threads, partSize: partSize)
        .parse(wanted: { options.wants($0) }, diagnostics: &diagnostics)
      try refuseBrokenLines(raw, diagnostics, file: file)
      try refuseObjectOfObjects(raw, file: file)
    case .csv, .native:
      raw = try CSVParser(content, file: file, threads: threads, partSize: partSize)
        .parse(wanted: { options.wants($0) }, diagnostics: &diagnostics)
    }
    let schema = try OutcomeSchema(of: raw, file: file, options: options, into: &diagnostics)
    var assembly = OutcomeAssembly(
      file: file, options: options, raw: raw, schema: schema, threads: threads,
      diagnostics: diagnostics)
    let (table, duplicates) = try assembly.table()
    try OutcomeLimits.require(tasksOf: table, in: file)
    UTF8Check(file: file, format: format, threads: threads)
      .note(raw, schema.texts(withResponses: options.includeResponses), &assembly.diagnostics)
    // The texts of a pickle lie apart from the rest, and were looked at once.
    if format == .pickle { content.unload(0..<content.count) }
    assembly.diagnostics.sort()
    return OutcomeReading(
      table: table, diagnostics: assembly.diagnostics, format: format, shape: schema.shape,
      compression: compression, duplicates: duplicates, rowsRead: raw.rowsInFile,
      fileRows: assembly.fileRows, unusable: assembly.unusable ?? UnusableCells(of: table),
      digest: digest)
  }

  /// More than any real file; a small file that unpacks to more is an attack or a mistake.
  private static let unpackedLimit = 1 << 36

  /// Refuses JSON Lines most of which are none.
  private static func refuseBrokenLines(
    _ raw: RawTable, _ diagnostics: Diagnostics, file: String
  ) throws(OutcomesError) {
    guard let broken = diagnostics.counts[.malformedRow], broken * 2 > raw.rowsInFile else {
      return
    }
    let first = diagnostics.entries.first { $0.kind == .malformedRow }?.line ?? 1
    throw OutcomesError(
      "\(file): \(broken) of the \(raw.rowsInFile) lines are not JSON objects, the first in line "
        + "\(first). Write one object per line, its keys and texts in double quotes and no comma "
        + "behind the last one.")
  }

  /// What pandas writes unasked would pass for one row, each cell of which is an object.
  private static func refuseObjectOfObjects(
    _ raw: RawTable, file: String
  ) throws(OutcomesError) {
    guard raw.rowsInFile == 1, raw.count == 1, !raw.columns.isEmpty,
      raw.columns.allSatisfy({ $0.text(0)?.hasPrefix("{") ?? false })
    else { return }
    throw OutcomesError(
      "\(file) is one JSON object of objects, as pandas' to_json() writes by default; needed is one "
        + "object a row. Write it with to_json(orient=\"records\", lines=True).")
  }

  private static func rawTable(
    ofPickle bytes: KeptBytes, file: String, options: ReadingOptions
  ) throws(OutcomesError) -> RawTable {
    let frame: DataFrame
    do throws(PickleError) {
      frame = try DataFrame.read(bytes) { options.wants($0) }
    } catch {
      throw OutcomesError("\(file) could not be read. \(error.description)")
    }
    var columns = frame.columns.filter { options.wants($0.name) && !isIndexColumn($0.name) }
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.name).inserted {
      throw OutcomesError("\(file) has two columns named \(column.name); rename or remove one.")
    }
    // Of a MultiIndex only what is known counts: its levels are labels, not measurements.
    let levels = frame.levels.filter { OutcomeSchema.textNames.contains($0.name) }
    for index in levels + [frame.index].compactMap(\.self)
    where !isIndexColumn(index.name) && options.wants(index.name)
      && seen.insert(index.name).inserted
    {
      columns.append(index)
    }
    var table = RawTable(
      columns: columns.map { column in
        let values: RawColumn.Values =
          switch column.values {
          case .doubles(let numbers): .numbers(numbers)
          case .integers(let integers): .integers(integers)
          case .booleans(let booleans): .booleans(booleans)
          case .text(let text): .text(text)
          }
        return RawColumn(name: column.name, values: values)
      }, names: frame.names, rowNumbers: Array(1..<(frame.rowCount + 1)), rowsInFile: frame.rowCount
    )
    table.unread = frame.unread.filter { !isIndexColumn($0.name) }
    return table
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
