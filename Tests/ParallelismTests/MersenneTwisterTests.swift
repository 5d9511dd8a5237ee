import Foundation
import Parallelism
import Testing

@Suite("Seeded generators")
struct GeneratorTests {
  private struct Case: Decodable {
    let n: Int
    let seed: UInt32
    let shuffled: [Int]
  }

  @Test("the Mersenne twister shuffles as numpy's legacy interface does")
  func numpy() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("shared/golden/numpy_legacy_shuffle.json")
    guard let data = try? Data(contentsOf: file) else {
      print("skipped: needs ../shared/golden/numpy_legacy_shuffle.json")
      return
    }
    for golden in try JSONDecoder().decode([Case].self, from: data) {
      var numbers = Array(0..<golden.n)
      var generator = MersenneTwister(seed: golden.seed)
      generator.shuffle(&numbers)
      #expect(numbers == golden.shuffled, "n \(golden.n), seed \(golden.seed)")
    }
  }

  @Test("the Mersenne twister's first words are those of its authors for seed 5489")
  func words() {
    var generator = MersenneTwister(seed: 5489)
    let first = (0..<3).map { _ in generator.next32() }
    #expect(first == [3_499_211_612, 581_869_302, 3_890_346_734])
  }

  @Test("equal seeds give equal streams, other seeds and streams others")
  func streams() {
    func draw(_ seed: UInt64, _ stream: UInt64) -> [UInt64] {
      var generator = SeededGenerator(seed: seed, stream: stream)
      return (0..<8).map { _ in generator.next() }
    }
    #expect(draw(1, 0) == draw(1, 0))
    #expect(draw(1, 0) != draw(2, 0))
    #expect(draw(1, 0) != draw(1, 1))
    var generator = SeededGenerator(seed: 3)
    let mean = (0..<100_000).map { _ in generator.unit() }.reduce(0, +) / 100_000
    #expect(abs(mean - 0.5) < 0.005)
  }

  @Test("work is done once for each index, whatever the threads", arguments: [1, 2, 5])
  func threads(count: Int) {
    #expect(Threads(count).map(count: 1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
    #expect(Threads(count).map(count: 0) { $0 } == [])
  }
}
