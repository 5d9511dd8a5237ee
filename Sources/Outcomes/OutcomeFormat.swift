/// The form in which a file holds outcomes.
public enum OutcomeFormat: String, Codable, CaseIterable, Sendable {
  /// A pickled pandas DataFrame; read only.
  case pickle
  /// Comma-separated values.
  case csv
  /// One JSON object a line, or one JSON array of objects.
  case jsonLines = "jsonl"
  /// The compact binary form that loads by memory map.
  case native = "rbt"

  /// The form that a file name's ending stands for, before any ending of compression.
  public init?(fileName: String) {
    var name = fileName.lowercased()
    for ending in [".gz", ".bz2", ".xz", ".zst"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    guard let ending = name.split(separator: ".").last, name.contains(".") else { return nil }
    switch ending {
    case "pkl", "pickle": self = .pickle
    case "csv", "tsv": self = .csv
    case "jsonl", "ndjson", "json": self = .jsonLines
    case "rbt": self = .native
    default: return nil
    }
  }

  /// Recognises bytes, and asks the name only where they could be two things.
  static func detect(
    _ bytes: UnsafeRawBufferPointer, file: String
  ) throws(OutcomesError) -> OutcomeFormat {
    func starts(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
    if bytes.isEmpty {
      throw OutcomesError("\(file) is empty; needed is a header line and rows below it.")
    }
    if starts(NativeLayout.magic) { return .native }
    if bytes[0] == 0x80, bytes.count > 1, bytes[1] <= 8 { return .pickle }
    for (magic, name, advice) in foreign where starts(Array(magic)) {
      throw OutcomesError("\(file) is \(name), which is not read; \(advice).")
    }
    if isWide(bytes.prefix(256)) {
      throw OutcomesError("\(file) is text in UTF-16, which is not read; \(utf8Advice).")
    }
    let start = starts([0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = bytes[start...].first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    if first == UInt8(ascii: "{") { return .jsonLines }
    let named = OutcomeFormat(fileName: file)
    if first == UInt8(ascii: "["), named != .csv { return .jsonLines }
    if named == .pickle { return .pickle }
    // A recorded text may hold a NUL; what begins with no line of text is no text.
    let head = bytes.prefix(4096)
    if head.contains(0), !isText(head.prefix { $0 != UInt8(ascii: "\n") }) {
      throw OutcomesError(
        "\(file) is in no known form; needed is a pickled DataFrame, CSV, JSON Lines or .rbt.")
    }
    return .csv
  }

  private static func isText(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
    line.allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) }
      && String(validating: line, as: UTF8.self) != nil
  }

  private static let foreign: [([UInt8], String, String)] = [
    (Array("PAR1".utf8), "a Parquet file", "save it as CSV or JSON Lines"),
    (Array("PK\u{3}\u{4}".utf8), "a zip archive or a spreadsheet", "unpack it or save it as CSV"),
    (Array("ARROW1".utf8), "an Arrow file", "save it as CSV or JSON Lines"),
    ([0x89, 0x48, 0x44, 0x46], "an HDF5 file", "save it as CSV or JSON Lines"),
    (
      [0xFF, 0xFE, 0, 0], "text in UTF-32",
      "save it as UTF-8, for instance with iconv -f UTF-32 -t UTF-8"
    ), ([0xFF, 0xFE], "text in UTF-16", utf8Advice),
    ([0xFE, 0xFF], "text in UTF-16", utf8Advice),
  ]

  private static let utf8Advice = "save it as UTF-8, for instance with iconv -f UTF-16 -t UTF-8"

  /// Whether bytes look like ASCII in UTF-16 or UTF-32 without a mark: in every unit one byte is a
  /// character and the others are 0.
  private static func isWide(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard bytes.count >= 16 else { return false }
    return [2, 4].contains { width in
      (0..<width).contains { place in
        let misses = bytes.indices.count { index in
          index % width == place
            ? !(0x09..<0x7F).contains(bytes[index]) : bytes[index] != 0
        }
        return misses * 16 < bytes.count
      }
    }
  }
}

/// How outcomes are laid out in columns.
public enum OutcomeShape: String, Codable, CaseIterable, Sendable {
  /// One row a prompt, columns for every model.
  case wide
  /// One row a prompt and model.
  case long
}
