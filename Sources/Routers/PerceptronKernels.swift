/// The element-wise steps of a perceptron's training, eight numbers at a time.
///
/// Each is one pass over memory: training is bound by its matrix products, and every pass between
/// them counts. Multiplications and additions stay apart, so results need no special processor.
enum PerceptronKernels {
  typealias Lane = SIMD8<Float>

  /// What one batch of the output layer adds up to.
  struct OutputSums {
    /// The squared errors.
    var loss: Double
    /// The gradient of the intercept.
    var intercept: Float
  }

  /// Replaces each sum by its activation: bias added, then ReLU.
  static func activate(
    _ values: UnsafeMutablePointer<Float>, rows: Int, width: Int, bias: UnsafePointer<Float>
  ) {
    for row in 0..<rows {
      let start = values + row * width
      var column = 0
      while column + 8 <= width {
        let sum = load(start + column) + load(bias + column)
        store(sum.replacing(with: 0, where: sum .< 0), start + column)
        column += 8
      }
      while column < width {
        start[column] = max(start[column] + bias[column], 0)
        column += 1
      }
    }
  }

  /// The output of the last layer for one row: a dot product in one fixed order, and the intercept.
  @inline(__always)
  static func output(
    _ row: UnsafePointer<Float>, weights: UnsafePointer<Float>, width: Int, intercept: Float
  ) -> Float {
    var lanes = Lane(repeating: 0)
    var column = 0
    while column + 8 <= width {
      lanes += load(row + column) * load(weights + column)
      column += 8
    }
    let halves = lanes.lowHalf + lanes.highHalf
    let quarters = halves.lowHalf + halves.highHalf
    var sum = quarters[0] + quarters[1]
    while column < width {
      sum += row[column] * weights[column]
      column += 1
    }
    return sum + intercept
  }

  /// The output layer forwards and backwards, row by row: errors, gradients, and the hidden layer's
  /// own errors in place of its activations.
  ///
  /// - Parameters:
  ///   - hidden: Activations of the last hidden layer; replaced by the derivative of the loss by
  ///     its sums.
  ///   - share: One over the number of rows; every gradient is a mean.
  ///   - weightGradient: Overwritten with the gradient of `weights`.
  ///   - biasGradient: Overwritten with the gradient of the hidden layer's bias.
  static func outputStep(
    _ hidden: UnsafeMutablePointer<Float>, rows: Int, width: Int, targets: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, intercept: Float, share: Float,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>
  ) -> OutputSums {
    weightGradient.update(repeating: 0, count: width)
    biasGradient.update(repeating: 0, count: width)
    var sums = OutputSums(loss: 0, intercept: 0)
    for index in 0..<rows {
      let row = hidden + index * width
      let error = output(row, weights: weights, width: width, intercept: intercept) - targets[index]
      sums.loss += Double(error) * Double(error)
      let delta = error * share
      sums.intercept += delta
      var column = 0
      while column + 8 <= width {
        let active = load(row + column)
        store(load(weightGradient + column) + active * delta, weightGradient + column)
        let passed = (load(weights + column) * delta).replacing(with: 0, where: active .<= 0)
        store(passed, row + column)
        store(load(biasGradient + column) + passed, biasGradient + column)
        column += 8
      }
      while column < width {
        let active = row[column]
        weightGradient[column] += active * delta
        row[column] = active <= 0 ? 0 : weights[column] * delta
        biasGradient[column] += row[column]
        column += 1
      }
    }
    return sums
  }

  /// Stops the derivatives of units that were off, and adds up the rest for the bias.
  static func passBack(
    _ deltas: UnsafeMutablePointer<Float>, activations: UnsafePointer<Float>, rows: Int,
    width: Int, biasGradient: UnsafeMutablePointer<Float>
  ) {
    biasGradient.update(repeating: 0, count: width)
    for index in 0..<rows {
      let (row, active) = (deltas + index * width, activations + index * width)
      var column = 0
      while column + 8 <= width {
        let passed = load(row + column).replacing(with: 0, where: load(active + column) .<= 0)
        store(passed, row + column)
        store(load(biasGradient + column) + passed, biasGradient + column)
        column += 8
      }
      while column < width {
        if active[column] <= 0 { row[column] = 0 }
        biasGradient[column] += row[column]
        column += 1
      }
    }
  }

  /// Loads eight numbers from anywhere.
  @inline(__always)
  static func load(_ pointer: UnsafePointer<Float>) -> Lane {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lane.self)
  }

  /// Loads eight numbers from anywhere.
  @inline(__always)
  static func load(_ pointer: UnsafeMutablePointer<Float>) -> Lane {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lane.self)
  }

  /// Stores eight numbers anywhere.
  @inline(__always)
  static func store(_ lane: Lane, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: lane, as: Lane.self)
  }
}
