import Matrices
import Parallelism

/// A layer of weights: each output is the sum of its bias and of all inputs times their weights.
///
/// Weights of 32 bits are laid out once where the processor can use that; elsewhere the library lays
/// them out in each product.
struct DenseLayer: Sendable {
  private enum Form: Sendable {
    case packed(PackedWeights)
    case plain(weight: Matrix, bias: Matrix)
    case rounded(BFloatWeights)
  }

  private let form: Form

  /// - Parameters:
  ///   - weight: One row an output, one column an input.
  ///   - bias: One column an output.
  ///   - isPacked: Whether to lay weights of 32 bits out, if the processor can use that.
  init(
    weight: Matrix, bias: Matrix, precision: EncoderPrecision = .float32, isPacked: Bool = true
  ) {
    if precision == .bfloat16 {
      form = .rounded(BFloatWeights(weight, bias: bias))
      return
    }
    let packed = isPacked ? PackedWeights(weight, bias: bias) : nil
    form = packed.map { .packed($0) } ?? .plain(weight: weight, bias: bias)
  }

  /// Computes the outputs of some rows.
  ///
  /// - Parameters:
  ///   - input: `rows` rows, one after the other.
  ///   - output: Room for as many rows of outputs.
  func apply(to input: [Float], rows: Int, into output: inout [Float], threads: Threads) {
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        guard let x = input.baseAddress, let y = output.baseAddress else { return }
        switch form {
        case .packed(let weights): weights.multiply(rows: rows, x, into: y, threads: threads)
        case .rounded(let weights): weights.multiply(rows: rows, x, into: y, threads: threads)
        case .plain(let weight, let bias): Self.multiply(x, rows, weight, bias, into: y)
        }
      }
    }
  }

  private static func multiply(
    _ x: UnsafePointer<Float>, _ rows: Int, _ weight: Matrix, _ bias: Matrix,
    into y: UnsafeMutablePointer<Float>
  ) {
    let (inputs, outputs) = (weight.columns, weight.rows)
    weight.withUnsafeBufferPointer { weight in
      bias.withUnsafeBufferPointer { bias in
        guard let weight = weight.baseAddress, let bias = bias.baseAddress else { return }
        LinearAlgebra.multiplyTransposed(
          rows, outputs, inputs, x, strideA: inputs, weight, strideB: inputs, into: y,
          strideC: outputs)
        for row in 0..<rows { Kernels.add(bias, to: y + row * outputs, count: outputs) }
      }
    }
  }
}
