import Matrices
import Parallelism
import Testing

@testable import Embedding

@Suite("Dense layers")
struct DenseLayerTests {
  @Test("laid out or not, the outputs are the same", arguments: [(3, 1), (48, 33), (384, 100)])
  func twins(inputs: Int, outputs: Int) {
    var generator = SeededGenerator(seed: 4)
    func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(generator.unit() - 0.5) } }
    let weight = Matrix(rows: outputs, columns: inputs, values: numbers(outputs * inputs))
    let bias = Matrix(rows: 1, columns: outputs, values: numbers(outputs))
    for rows in [1, 2, 12, 31] {
      let input = numbers(rows * inputs)
      func output(isPacked: Bool) -> [Float] {
        var output = [Float](repeating: .nan, count: rows * outputs)
        DenseLayer(weight: weight, bias: bias, isPacked: isPacked)
          .apply(to: input, rows: rows, into: &output, threads: Threads(2))
        return output
      }
      for (packed, plain) in zip(output(isPacked: true), output(isPacked: false)) {
        #expect(abs(packed - plain) < 1e-6 * Float(inputs + 8), "\(rows)")
      }
    }
  }
}
