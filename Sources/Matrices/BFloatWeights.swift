public import Parallelism
import SIMDShim

/// A layer of weights rounded to bfloat16 and laid out once for many products.
///
/// What goes in is rounded as well, and sums are of 32 bits. Processors with an instruction for it
/// (AVX512_BF16) are about three times as fast as with 32 bits and read half the memory; others get the
/// same bits, slowly. A row's outputs are the same bits alone, among others, and on any number of threads.
public struct BFloatWeights: Sendable {
  /// The width of what goes in.
  public let inputs: Int
  /// The width of what comes out.
  public let outputs: Int
  private let pairs: Int
  private let panels: WeightPanels
  private let weights: [UInt16]
  private let bias: [Float]

  /// Rounds weights and lays them out.
  ///
  /// - Parameters:
  ///   - weight: One row an output, one column an input.
  ///   - bias: One column an output.
  public init(_ weight: Matrix, bias: Matrix) {
    let (inputs, outputs) = (weight.columns, weight.rows)
    let pairs = (inputs + 1) / 2
    let panels = WeightPanels(outputs: outputs)
    (self.inputs, self.outputs, self.pairs, self.panels) = (inputs, outputs, pairs, panels)
    self.bias = panels.padded(bias)
    let width = 2 * WeightPanels.width
    var rounded = [UInt16](repeating: 0, count: inputs)
    weights = [UInt16](unsafeUninitializedCapacity: panels.count * width * pairs) {
      packed, filled in
      packed.initialize(repeating: 0)
      weight.withUnsafeBufferPointer { weight in
        for output in 0..<outputs {
          round_to_bfloats(weight.baseAddress.map { $0 + output * inputs }, &rounded, inputs)
          let start =
            output / WeightPanels.width * width * pairs + output % WeightPanels.width * 2
          for input in 0..<inputs {
            packed[start + input / 2 * width + input % 2] = rounded[input]
          }
        }
      }
      filled = packed.count
    }
  }

  /// Multiplies rows, rounded, and adds the bias.
  ///
  /// - Parameters:
  ///   - x: `rows` x `inputs` numbers.
  ///   - y: Room for `rows` x `outputs` numbers.
  public func multiply(
    rows: Int, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    threads: Threads = Threads(1)
  ) {
    multiply(rows: rows, x, into: y, threads: threads, by: bfloat_product)
  }

  /// `multiply` without the processor's own instruction.
  func plainMultiply(
    rows: Int, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
  ) {
    multiply(rows: rows, x, into: y, threads: Threads(1), by: plain_bfloat_product)
  }

  private typealias Product =
    @Sendable (
      UnsafePointer<UInt16>?, Int, Int, UnsafePointer<UInt16>?, UnsafePointer<Float>?, Int, Int,
      Int,
      UnsafeMutablePointer<Float>?, Int
    ) -> Void

  private func multiply(
    rows: Int, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, threads: Threads,
    by product: Product
  ) {
    nonisolated(unsafe) let y = y
    let rounded = [UInt16](unsafeUninitializedCapacity: rows * 2 * pairs) { rounded, filled in
      if inputs == 2 * pairs {
        round_to_bfloats(x, rounded.baseAddress, rows * inputs)
      } else {
        rounded.initialize(repeating: 0)
        for row in 0..<rows {
          round_to_bfloats(
            x + row * inputs, rounded.baseAddress.map { $0 + row * 2 * pairs }, inputs)
        }
      }
      filled = rounded.count
    }
    rounded.withUnsafeBufferPointer { rounded in
      weights.withUnsafeBufferPointer { weights in
        bias.withUnsafeBufferPointer { bias in
          nonisolated(unsafe) let (from, base, shift) = (
            rounded.baseAddress, weights.baseAddress, bias.baseAddress
          )
          panels.forEachPart(threads) { part in
            product(
              from, rows, pairs, base, shift, outputs, part.lowerBound, part.upperBound, y, outputs)
          }
        }
      }
    }
  }
}
