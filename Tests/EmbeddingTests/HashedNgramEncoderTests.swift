import Foundation
import Matrices
import Parallelism
import Prompts
import Testing

@testable import Embedding

@Suite("Hashed n-grams")
struct HashedNgramEncoderTests {
  private static func cosine(_ matrix: Matrix, _ a: Int, _ b: Int) -> Float {
    zip(matrix[row: a], matrix[row: b]).map { $0 * $1 }.reduce(0, +)
  }

  @Test("texts that share words are nearer than texts that do not")
  func similarity() throws {
    let rows = try HashedNgramEncoder().features(
      of: [
        "What is the capital city of France?", "what is the capital city of Spain",
        "Integrate x squared from zero to one.", "", "?!",
      ], view: .question)
    #expect(rows.columns == 512)
    #expect(Self.cosine(rows, 0, 1) > 0.5)
    #expect(abs(Self.cosine(rows, 0, 2)) < 0.25)
    for row in 0..<3 { #expect(abs(Self.cosine(rows, row, row) - 1) < 1e-5) }
    for row in 3..<5 { #expect(rows[row: row] == [Float](repeating: 0, count: 512)) }
  }

  @Test("bits are the same on any number of threads, alone and among others")
  func repeats() throws {
    let encoder = HashedNgramEncoder(dimensions: 64)
    let prompts = (0..<50).map { "prompt \($0 % 20) about things" }
    let one = try encoder.features(of: prompts, view: .head, threads: Threads(1), progress: nil)
    #expect(
      one == (try encoder.features(of: prompts, view: .head, threads: Threads(4), progress: nil)))
    #expect(one.distinctRowCount(among: 0..<50) == 20)
    #expect(try encoder.features(of: [prompts[7]], view: .head)[row: 0] == one[row: 7])
  }
}
