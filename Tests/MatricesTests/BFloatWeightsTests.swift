import Parallelism
import SIMDShim
import Testing

@testable import Matrices

@Suite("Weights in bfloat16")
struct BFloatWeightsTests {
  private func product(
    _ weights: BFloatWeights, _ x: Matrix, _ rows: Range<Int>,
    by multiply: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> [Float] {
    var y = [Float](repeating: .nan, count: rows.count * weights.outputs + 1)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        multiply(rows.count, x + rows.lowerBound * weights.inputs, y)
      }
    }
    #expect(y[y.count - 1].isNaN, "nothing is written behind the last output")
    return Array(y.dropLast())
  }

  /// What rounding to 8 bits of precision, ties to even, makes of a number of usual size.
  private func rounded(_ value: Float) -> Double {
    guard value != 0 else { return 0 }
    let step = (value.ulp * 65536)
    return Double((value / step).rounded(.toNearestOrEven) * step)
  }

  @Test(
    "products are those of rounded numbers, to the bit without the instruction and on all threads",
    arguments: [(1, 1), (5, 16), (7, 17), (384, 31), (33, 32), (64, 33), (20, 300)])
  func twins(inputs: Int, outputs: Int) {
    let (weight, bias) = (randomMatrix(outputs, inputs, 1), randomMatrix(1, outputs, 2))
    let weights = BFloatWeights(weight, bias: bias)
    let x = randomMatrix(27, inputs, 3)
    func fast(_ rows: Range<Int>, threads: Int = 1) -> [Float] {
      product(weights, x, rows) {
        weights.multiply(rows: $0, $1, into: $2, threads: Threads(threads))
      }
    }
    let all = fast(0..<27)
    for row in 0..<27 {
      for output in 0..<outputs {
        var sum = Double(bias[0, output])
        for input in 0..<inputs { sum += rounded(x[row, input]) * rounded(weight[output, input]) }
        #expect(abs(Double(all[row * outputs + output]) - sum) < 1e-6 * Double(inputs + 8))
      }
    }
    let plain = product(weights, x, 0..<27) { weights.plainMultiply(rows: $0, $1, into: $2) }
    #expect(plain.map(\.bitPattern) == all.map(\.bitPattern))
    for count in 1...13 {
      #expect(fast(9..<(9 + count)) == Array(all[(9 * outputs)..<((9 + count) * outputs)]))
    }
    for threads in [2, 5] { #expect(fast(0..<27, threads: threads) == all) }
  }

  @Test("rounding goes to the nearest, ties to even, and keeps what is no number")
  func rounding() {
    let values: [Float] = [
      0, -0.0, 1, 1.003_906_25, 1.011_718_75, 1.003_906_5, -1.003_906_25, .infinity, -.infinity,
      .greatestFiniteMagnitude, .leastNonzeroMagnitude, -.leastNormalMagnitude / 2,
      .leastNormalMagnitude, .nan,
    ]
    var bits = [UInt16](repeating: 0, count: values.count)
    round_to_bfloats(values, &bits, values.count)
    #expect(
      bits.dropLast() == [
        0, 0x8000, 0x3F80, 0x3F80, 0x3F82, 0x3F81, 0xBF80, 0x7F80, 0xFF80, 0x7F80, 0, 0x8000,
        0x0080,
      ])
    #expect(Float(bitPattern: UInt32(bits.last ?? 0) << 16).isNaN)
  }
}
