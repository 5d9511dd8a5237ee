import Files
import Matrices

/// Where things stand in a native file, checked against the file's bytes.
///
/// Little-endian. A head of 48 bytes: magic (8), version and number of sections (4 each), rows,
/// models, the file's length, and the checksum of the head before it and of the table behind it.
/// Then the table, 32 bytes a section: kind and zero (4 each), offset, length, checksum. Sections
/// start at multiples of 8. A text list of n texts is n 64-bit ends, whose top bit marks a missing
/// text, then the UTF-8 bytes.
struct NativeLayout {
  /// As in PNG: a byte no text has, a name, and line ends that careless transfers would change.
  static let magic: [UInt8] = [0x89, 0x52, 0x42, 0x54, 0x0D, 0x0A, 0x1A, 0x0A]
  static let version: UInt32 = 1
  static let headSize = 48
  static let entrySize = 32
  static let missingBit: UInt64 = 1 << 63

  let rows: Int
  let models: Int
  private let ranges: [NativeSection: Range<Int>]
  private let sums: [NativeSection: UInt64]
  private let file: String
  private var isVerifying: Bool

  /// Checks the head, the table, and that every section lies in the file and has the size it needs.
  ///
  /// - Parameter isVerifying: Whether checksums are compared; tests of hostile bytes turn it off.
  init(
    _ bytes: UnsafeRawBufferPointer, file: String, isVerifying: Bool = true
  ) throws(OutcomesError) {
    self.file = file
    self.isVerifying = isVerifying
    func damaged(_ what: String) -> OutcomesError { .damaged(file, what) }
    guard bytes.count >= Self.headSize, bytes.starts(with: Self.magic) else {
      throw damaged("its head is cut off")
    }
    let version = UInt32(
      littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    guard version == Self.version else {
      throw OutcomesError(
        "\(file) is of version \(version) of the native form and this program reads version "
          + "\(Self.version); use a newer program, or convert the original again.")
    }
    let sections = Int(
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)))
    let tableEnd = Self.headSize + sections * Self.entrySize
    guard sections <= 64, tableEnd <= bytes.count else { throw damaged("its table is cut off") }
    guard bytes.word(at: 32) == UInt64(bytes.count) else {
      throw damaged("its length is not what its head says")
    }
    if isVerifying {
      let head = Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[..<40]))
      let table = Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[Self.headSize..<tableEnd]))
      guard bytes.word(at: 40) == head ^ table else { throw damaged("its head is changed") }
    }
    // Each row and each model has an 8-byte entry somewhere, so neither can outnumber the bytes.
    guard let rows = Int(exactly: bytes.word(at: 16)), rows <= bytes.count / 8,
      let models = Int(exactly: bytes.word(at: 24)), models <= bytes.count / 8
    else { throw damaged("it has more rows than bytes") }
    var ranges: [NativeSection: Range<Int>] = [:]
    var sums: [NativeSection: UInt64] = [:]
    for index in 0..<sections {
      let entry = Self.headSize + index * Self.entrySize
      let kind = UInt32(
        littleEndian: bytes.loadUnaligned(fromByteOffset: entry, as: UInt32.self))
      guard let offset = Int(exactly: bytes.word(at: entry + 8)),
        let length = Int(exactly: bytes.word(at: entry + 16)),
        offset >= tableEnd, offset % 8 == 0, offset <= bytes.count,
        length <= bytes.count - offset
      else { throw damaged("a section lies outside it") }
      // Sections that a later version added are stepped over.
      guard let section = NativeSection(rawValue: kind) else { continue }
      guard ranges.updateValue(offset..<(offset + length), forKey: section) == nil else {
        throw damaged("a section occurs twice")
      }
      sums[section] = bytes.word(at: entry + 24)
    }
    let (cells, overflow) = rows.multipliedReportingOverflow(by: models)
    guard !overflow else { throw damaged("it has more cells than bytes") }
    for section in NativeSection.allCases {
      guard let range = ranges[section] else {
        if section.isRequired { throw damaged("a section is missing") }
        continue
      }
      let isRight: Bool =
        switch section {
        case .models: range.count / 8 >= models
        case .sampleIDs, .prompts, .trueLabels: range.count / 8 >= rows
        case .responses: range.count / 8 >= cells
        case .evalNames: true
        case .evalNameOfRow: range.count == rows * 4
        default: cells <= range.count / 8 && range.count == cells * 8
        }
      guard isRight else { throw damaged("a section is too short") }
    }
    self.rows = rows
    self.models = models
    self.ranges = ranges
    self.sums = sums
  }

  /// The same layout for later reads, which need not compare checksums again.
  func verified() -> NativeLayout {
    var copy = self
    copy.isVerifying = false
    return copy
  }

  /// The bytes of a section, once its checksum is right; nil where the file has none.
  func section(
    _ section: NativeSection, in bytes: UnsafeRawBufferPointer
  ) throws(OutcomesError) -> UnsafeRawBufferPointer? {
    guard let range = ranges[section] else { return nil }
    let content = UnsafeRawBufferPointer(rebasing: bytes[range])
    if isVerifying, Checksum.of(content) != sums[section] {
      throw .damaged(file, "its checksum is wrong")
    }
    return content
  }

  /// A text list, its ends checked.
  func texts(
    _ kind: NativeSection, count: Int, in bytes: UnsafeRawBufferPointer
  ) throws(OutcomesError) -> NativeTexts? {
    guard let content = try section(kind, in: bytes) else { return nil }
    guard let texts = NativeTexts(content, count: count) else {
      throw .damaged(file, "a text lies outside its section")
    }
    return texts
  }

  func grid(
    _ kind: NativeSection, in bytes: UnsafeRawBufferPointer
  ) throws(OutcomesError) -> Grid? {
    guard let content = try section(kind, in: bytes) else { return nil }
    let count = rows * models
    let values = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      for index in 0..<count {
        buffer.initializeElement(at: index, to: Double(bitPattern: content.word(at: index * 8)))
      }
      filled = count
    }
    let least = kind == .confidence ? -Double.greatestFiniteMagnitude : 0
    let greatest = kind == .quality ? 1 : Double.greatestFiniteMagnitude
    guard values.allSatisfy({ $0.isNaN || ($0 >= least && $0 <= greatest) }) else {
      throw .damaged(file, "a number lies outside its range")
    }
    return Grid(rows: rows, columns: models, values: values)
  }

  /// The texts of a list as a column that leaves them in the file.
  private func column(
    _ kind: NativeSection, count: Int, of kept: KeptBytes, in bytes: UnsafeRawBufferPointer
  ) throws(OutcomesError) -> TextColumn? {
    guard let texts = try texts(kind, count: count, in: bytes), let range = ranges[kind] else {
      return nil
    }
    return TextColumn(in: kept, places: texts.places(at: range.lowerBound))
  }

  /// The whole table; prompts and responses stay where they lie in the bytes.
  func table(of kept: KeptBytes, includeResponses: Bool) throws(OutcomesError) -> OutcomeTable {
    try kept.withUnsafeBytes { (bytes) throws(OutcomesError) in
      try table(of: kept, in: bytes, includeResponses: includeResponses)
    }
  }

  private func table(
    of kept: KeptBytes, in bytes: UnsafeRawBufferPointer, includeResponses: Bool
  ) throws(OutcomesError) -> OutcomeTable {
    func required<Value>(_ value: Value?) throws(OutcomesError) -> Value {
      guard let value else { throw .damaged(file, "a section is missing") }
      return value
    }
    let names = try required(texts(.models, count: models, in: bytes)).strings()
    guard Set(names).count == names.count else { throw .damaged(file, "a model occurs twice") }
    let nameSection = try required(section(.evalNames, in: bytes))
    let index = try required(section(.evalNameOfRow, in: bytes))
    let places = (0..<rows).map { row in
      Int(UInt32(littleEndian: index.loadUnaligned(fromByteOffset: row * 4, as: UInt32.self)))
    }
    let distinct = (places.max() ?? -1) + 1
    guard distinct <= nameSection.count / 8 else {
      throw .damaged(file, "a task name lies outside its section")
    }
    let taskNames = try required(texts(.evalNames, count: distinct, in: bytes)).strings()
    let labels = try texts(.trueLabels, count: rows, in: bytes)
    var responses: TextGrid?
    if includeResponses,
      let cells = try column(.responses, count: rows * models, of: kept, in: bytes)
    {
      responses = TextGrid(rows: rows, columns: models, cells: cells)
    }
    return OutcomeTable(
      models: names.map { ModelID($0) },
      sampleIDs: try required(texts(.sampleIDs, count: rows, in: bytes)).strings(),
      evalNames: places.map { taskNames[$0] },
      prompts: Texts(column: try required(column(.prompts, count: rows, of: kept, in: bytes))),
      quality: try required(grid(.quality, in: bytes)), cost: try required(grid(.cost, in: bytes)),
      latency: try grid(.latency, in: bytes), confidence: try grid(.confidence, in: bytes),
      inputTokens: try grid(.inputTokens, in: bytes),
      outputTokens: try grid(.outputTokens, in: bytes),
      trueLabels: labels.map { labels in (0..<rows).map { labels[$0] } }, responses: responses)
  }
}

extension OutcomesError {
  static func damaged(_ file: String, _ what: String) -> OutcomesError {
    OutcomesError(
      "\(file) is damaged: \(what). Copy it again, or convert the original again.")
  }
}

extension UnsafeRawBufferPointer {
  /// A little-endian 64-bit word.
  func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
