/// A layer of weights laid out for prediction, summed in one fixed order.
///
/// Every output starts from its intercept and adds input by input, so a row's outputs are the same
/// bits alone, in any batch and on any thread; a library's product promises no such thing. Columns
/// lie in panels of eight, which stay in cache while all rows of a block pass by.
struct PanelLayer: Sendable {
  let inputs: Int
  let outputs: Int
  private let weights: [Float]
  private let intercepts: [Float]

  /// The outputs with the padding of the last panel.
  var paddedOutputs: Int { intercepts.count }

  /// Lays out columns side by side.
  ///
  /// - Parameters:
  ///   - weight: The weight of an input and an output.
  ///   - intercept: What an output starts from.
  init(
    inputs: Int, outputs: Int, weight: (_ input: Int, _ output: Int) -> Float,
    intercept: (_ output: Int) -> Float
  ) {
    self.inputs = inputs
    self.outputs = outputs
    let panels = (outputs + 7) / 8
    var weights = [Float](repeating: 0, count: panels * 8 * inputs)
    var intercepts = [Float](repeating: 0, count: panels * 8)
    for output in 0..<outputs {
      intercepts[output] = intercept(output)
      let start = output / 8 * 8 * inputs + output % 8
      for input in 0..<inputs { weights[start + input * 8] = weight(input, output) }
    }
    self.weights = weights
    self.intercepts = intercepts
  }

  /// Computes all outputs of some rows; those of padding are 0.
  ///
  /// - Parameters:
  ///   - isRectified: Whether negative outputs become 0 (ReLU).
  ///   - result: `paddedOutputs` numbers a row, `stride` apart.
  func apply(
    to x: UnsafePointer<Float>, stride xStride: Int, rows: Int, isRectified: Bool,
    into result: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let floor = SIMD8<Float>(repeating: isRectified ? 0 : -.infinity)
    weights.withUnsafeBufferPointer { weights in
      intercepts.withUnsafeBufferPointer { intercepts in
        guard let weights = weights.baseAddress, let intercepts = intercepts.baseAddress else {
          return
        }
        for panel in 0..<(paddedOutputs / 8) {
          let block = weights + panel * 8 * inputs
          let start = PerceptronKernels.load(intercepts + panel * 8)
          var row = 0
          while row + 4 <= rows {
            let a = x + row * xStride
            let (b, c, d) = (a + xStride, a + 2 * xStride, a + 3 * xStride)
            var (p, q, r, s) = (start, start, start, start)
            for input in 0..<inputs {
              let w = PerceptronKernels.load(block + input * 8)
              p += w * a[input]
              q += w * b[input]
              r += w * c[input]
              s += w * d[input]
            }
            let place = result + row * stride + panel * 8
            Self.store(p, floor, place)
            Self.store(q, floor, place + stride)
            Self.store(r, floor, place + 2 * stride)
            Self.store(s, floor, place + 3 * stride)
            row += 4
          }
          while row < rows {
            let a = x + row * xStride
            var p = start
            for input in 0..<inputs {
              p += PerceptronKernels.load(block + input * 8) * a[input]
            }
            Self.store(p, floor, result + row * stride + panel * 8)
            row += 1
          }
        }
      }
    }
  }

  @inline(__always)
  private static func store(
    _ sum: SIMD8<Float>, _ floor: SIMD8<Float>, _ place: UnsafeMutablePointer<Float>
  ) {
    PerceptronKernels.store(sum.replacing(with: floor, where: sum .< floor), place)
  }
}
