import Foundation
import Matrices
import Testing

@testable import Embedding

@Suite("Writing features")
struct FeatureFileWriteTests {
  @Test(
    "what is written reads back to the bit, with numpy's alignment", arguments: [0, 1, 7, 1000])
  func roundTrip(rows: Int) throws {
    let path = FileManager.default.temporaryDirectory.path + "/features-\(UUID()).npy"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let matrix = Matrix(
      rows: rows, columns: 3, values: (0..<(3 * rows)).map { Float($0) * 0.1 - 1.7 })
    try FeatureFile.write(matrix, to: path)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect((bytes.count - 12 * rows) % 64 == 0)
    if rows > 0 { #expect(try FeatureFile.read(path) == matrix) }
  }
}
