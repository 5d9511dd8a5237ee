public import Parallelism
import SIMDShim

/// A layer of weights laid out once for many products, on processors with vectors of 512 bits.
///
/// A library lays them out anew in each product, which for the dozen tokens of a short prompt costs more
/// than the product itself. Each output starts from its bias and adds input by input: a row's outputs
/// are the same bits alone, among others, and on any number of threads.
public struct PackedWeights: Sendable {
  /// The width of what goes in.
  public let inputs: Int
  /// The width of what comes out.
  public let outputs: Int
  private let panels: WeightPanels
  private let weights: Matrix
  private let bias: [Float]

  /// Whether this processor has what products of packed weights take.
  public static let isSupported = has_packed_products() != 0

  /// Lays weights out; nil where the processor cannot multiply them.
  ///
  /// - Parameters:
  ///   - weight: One row an output, one column an input.
  ///   - bias: One column an output.
  public init?(_ weight: Matrix, bias: Matrix, threads: Threads = .machine) {
    guard Self.isSupported else { return nil }
    let (inputs, outputs) = (weight.columns, weight.rows)
    let (panels, width) = (WeightPanels(outputs: outputs), WeightPanels.width)
    self.inputs = inputs
    self.outputs = outputs
    self.panels = panels
    self.bias = panels.padded(bias)
    weights = Matrix(rows: panels.count, columns: width * inputs) { packed in
      nonisolated(unsafe) let packed = packed
      weight.withUnsafeBufferPointer { weight in
        nonisolated(unsafe) let weight = weight
        threads.forEach(count: panels.count) { panel in
          for place in 0..<min(width, outputs - panel * width) {
            let row = (panel * width + place) * inputs
            let start = panel * width * inputs + place
            for input in 0..<inputs { packed[start + input * width] = weight[row + input] }
          }
        }
      }
    }
  }

  /// Multiplies rows and adds the bias.
  ///
  /// - Parameters:
  ///   - x: `rows` x `inputs` numbers.
  ///   - y: Room for `rows` x `outputs` numbers.
  public func multiply(
    rows: Int, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    threads: Threads = Threads(1)
  ) {
    nonisolated(unsafe) let (x, y) = (x, y)
    weights.withUnsafeBufferPointer { weights in
      bias.withUnsafeBufferPointer { bias in
        nonisolated(unsafe) let (base, shift) = (weights.baseAddress, bias.baseAddress)
        panels.forEachPart(threads) { part in
          packed_product(
            x, inputs, rows, inputs, base, shift, outputs, part.lowerBound, part.upperBound, y,
            outputs)
        }
      }
    }
  }
}
