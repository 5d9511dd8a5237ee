import Files
import Testing

@testable import Pickle

/// What pandas 3.1 says of a published file.
struct PublishedFile: Sendable, CustomTestStringConvertible {
  let name: String
  let rows: Int
  let columns: Int
  let textBytes: Int
  let adler32: UInt32
  let sum: Double
  let missingNumbers: Int
  let lastID: String

  var testDescription: String { name }

  static let all = [
    PublishedFile(
      name: "routerbench_0shot_sample365.pkl", rows: 365, columns: 37, textBytes: 996_912,
      adler32: 1_728_121_487, sum: 2130.5231019959997, missingNumbers: 0,
      lastID: "grade-school-math.dev.6921"),
    PublishedFile(
      name: "routerbench_5shot_arc_winogrande.pkl", rows: 2751, columns: 37, textBytes: 5_276_797,
      adler32: 3_130_667_410, sum: 21224.668973347998, missingNumbers: 154,
      lastID: "winogrande.dev.999"),
    PublishedFile(
      name: "routerbench_raw_sample365_long.pkl", rows: 4015, columns: 7, textBytes: 4_024_311,
      adler32: 656_521_667, sum: 2130.523101996, missingNumbers: 0,
      lastID: "grade-school-math.dev.6921"),
  ]
}

@Suite("The published files")
struct PublishedFileTests {
  @Test("Every number and every byte of text is what pandas reads", arguments: PublishedFile.all)
  func golden(file: PublishedFile) throws {
    guard let bytes = Fixtures.published(file.name) else { return }
    let frame = try DataFrame.read(bytes)
    #expect(frame.rowCount == file.rows)
    #expect(frame.columns.count == file.columns)
    #expect(frame.index == nil)
    var textBytes = 0
    var missing = 0
    var sum = 0.0
    var (low, high) = (UInt32(1), UInt32(0))
    for column in frame.columns {
      switch column.values {
      case .text(let text):
        for row in text.indices {
          let cell = Array(try #require(text[row]).utf8)
          textBytes += cell.count
          for byte in cell {
            low = (low + UInt32(byte)) % 65521
            high = (high + low) % 65521
          }
          high = (high + low) % 65521
        }
      default:
        let numbers = try #require(column.values.numbers)
        missing += numbers.count { $0.isNaN }
        sum += numbers.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
      }
    }
    #expect(textBytes == file.textBytes)
    #expect(high << 16 | low == file.adler32)
    #expect(missing == file.missingNumbers)
    #expect(abs(sum - file.sum) < 1e-6)
    #expect(frame.text("sample_id")?.last == file.lastID)
  }

  @Test("Responses can be left where they are")
  func withoutResponses() throws {
    guard let bytes = Fixtures.published("routerbench_5shot_arc_winogrande.pkl") else { return }
    let frame = try DataFrame.read(bytes, columns: { !$0.hasSuffix("|model_response") })
    #expect(frame.columns.count == 26)
    let quality = try #require(frame.doubles("gpt-4-1106-preview"))
    #expect(quality.reduce(0) { $1.isNaN ? $0 : $0 + $1 } == 2491)
  }
}
