import SIMDShim

/// One update of Adam, fused: decayed gradient, both moments and the weights in a single pass.
///
/// - Source: Kingma and Ba, arXiv:1412.6980, algorithm 1, with the rate corrected for the start as in
///   scikit-learn (epsilon is added to the uncorrected root).
struct AdamStep {
  /// The decay of the mean of gradients.
  static let beta1 = 0.9
  /// The decay of the mean of squared gradients.
  static let beta2 = 0.999
  /// What keeps the division from zero.
  static let epsilon = 1e-8

  private let rate: Float

  /// The update number `step`, counted from 1.
  init(step: Int, learningRate: Double) {
    rate = Float(
      learningRate * (1 - Self.power(Self.beta2, step)).squareRoot()
        / (1 - Self.power(Self.beta1, step)))
  }

  /// Moves `count` parameters.
  ///
  /// - Parameter decay: What L2 regularisation adds to a gradient per unit of its parameter.
  /// - Returns: The sum of the squared parameters before they moved.
  func apply(
    to parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    means: UnsafeMutablePointer<Float>, squares: UnsafeMutablePointer<Float>, count: Int,
    decay: Float
  ) -> Double {
    let (keep1, take1) = (Float(Self.beta1), Float(1 - Self.beta1))
    let (keep2, take2) = (Float(Self.beta2), Float(1 - Self.beta2))
    let (rate, epsilon) = (rate, Float(Self.epsilon))
    var sum = SIMD8<Float>(repeating: 0)
    var index = 0
    while index + 8 <= count {
      let old = PerceptronKernels.load(parameters + index)
      let gradient = PerceptronKernels.load(gradients + index) + old * decay
      let mean = PerceptronKernels.load(means + index) * keep1 + gradient * take1
      let square =
        PerceptronKernels.load(squares + index) * keep2 + gradient * gradient * take2
      PerceptronKernels.store(mean, means + index)
      PerceptronKernels.store(square, squares + index)
      let roots = SIMD8(
        lowHalf: square_roots(square.lowHalf), highHalf: square_roots(square.highHalf))
      PerceptronKernels.store(old - mean * rate / (roots + epsilon), parameters + index)
      sum += old * old
      index += 8
    }
    var total = Double(sum.sum())
    while index < count {
      let old = parameters[index]
      let gradient = gradients[index] + old * decay
      means[index] = means[index] * keep1 + gradient * take1
      squares[index] = squares[index] * keep2 + gradient * gradient * take2
      parameters[index] = old - means[index] * rate / (squares[index].squareRoot() + epsilon)
      total += Double(old * old)
      index += 1
    }
    return total
  }

  /// A whole power by repeated squaring: the same bits on every platform, unlike a library's.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
