import Files
import Outcomes

/// Small texts beside a task's questions.
enum TaskText {
  /// Whether a CSV file has no line of names: its first row ends with the letter of an answer.
  static func isHeadless(_ file: String, columns: Int) -> Bool {
    guard OutcomeFormat(fileName: file) == .csv else { return false }
    let names = (0..<columns).map { "\($0)" }
    // A form with names may have more columns, or fewer; then its rows are broken for this header.
    guard let first = try? RecordFile.read(file, wanted: names, header: names),
      let record = first.records.first, let last = first.text(record, names[columns - 1])
    else { return false }
    return ["A", "B", "C", "D"].contains(last)
  }

  /// The lines of a file, compressed or not, without empty ones at its end.
  static func lines(_ file: String) throws(ConstructionError) -> [String] {
    let bytes: [UInt8]
    do throws(FilesError) {
      let map = try MappedFile(path: file)
      bytes = try map.withUnsafeBytes { (bytes) throws(FilesError) in
        guard let form = Compression.detect(bytes) else { return [UInt8](bytes) }
        return try Decompression.decompress(bytes, as: form, limit: 1 << 30)
          .withUnsafeBytes { [UInt8]($0) }
      }
    } catch { throw ConstructionError(error.description) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConstructionError("\(file) is not text in UTF-8; save it as that.")
    }
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
