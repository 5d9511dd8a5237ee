import Parallelism
import Testing

@testable import Matrices

@Suite("Packed weights")
struct PackedWeightsTests {
  private func product(
    _ packed: PackedWeights, _ x: Matrix, _ rows: Range<Int>, threads: Int = 1
  ) -> [Float] {
    var y = [Float](repeating: .nan, count: rows.count * packed.outputs + 1)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        packed.multiply(
          rows: rows.count, x + rows.lowerBound * packed.inputs, into: y, threads: Threads(threads))
      }
    }
    #expect(y[y.count - 1].isNaN, "nothing is written behind the last output")
    return Array(y.dropLast())
  }

  @Test(
    "products are those of plain sums, alone and among others, on any number of threads",
    arguments: [(1, 1), (5, 16), (7, 17), (384, 31), (33, 32), (64, 33), (20, 300)])
  func plain(inputs: Int, outputs: Int) throws {
    let (weight, bias) = (randomMatrix(outputs, inputs, 1), randomMatrix(1, outputs, 2))
    let made = PackedWeights(weight, bias: bias)
    guard PackedWeights.isSupported else {
      #expect(made.map(\.outputs) == nil, "whoever gets none keeps to the library")
      return
    }
    let packed = try #require(made)
    let x = randomMatrix(27, inputs, 3)
    let all = product(packed, x, 0..<27)
    for row in 0..<27 {
      for output in 0..<outputs {
        var sum = Double(bias[0, output])
        for input in 0..<inputs { sum += Double(x[row, input]) * Double(weight[output, input]) }
        #expect(abs(Double(all[row * outputs + output]) - sum) < 1e-6 * Double(inputs + 8))
      }
    }
    for count in 1...13 {
      let part = product(packed, x, 9..<(9 + count))
      #expect(part == Array(all[(9 * outputs)..<((9 + count) * outputs)]))
    }
    for threads in [2, 5] { #expect(product(packed, x, 0..<27, threads: threads) == all) }
  }
}
