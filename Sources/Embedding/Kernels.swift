/// The element-wise steps of a transformer, eight numbers at a time.
///
/// Each result depends on its own row alone, so a sequence alone and among others gets the same bits.
enum Kernels {
  typealias Lane = SIMD8<Float>

  /// e to each number, to about 1e-7 relative, for arguments up to 0 and a little above.
  @inline(__always)
  static func exponential(_ x: Lane) -> Lane {
    let clamped = x.clamped(lowerBound: Lane(repeating: -87), upperBound: Lane(repeating: 88))
    // Adding 1.5 x 2^23 rounds to an integer and leaves it in the low bits: no library call.
    let magic = Lane(repeating: 12_582_912)
    let shifted = clamped * 1.442_695_04 + magic
    let whole = shifted - magic
    // ln 2 in two parts, so that the remainder is exact.
    let rest = clamped - whole * 0.693_359_375 - whole * -2.121_944_4e-4
    var polynomial = Lane(repeating: 1.987_569_15e-4)
    polynomial = polynomial * rest + 1.398_199_95e-3
    polynomial = polynomial * rest + 8.333_451_9e-3
    polynomial = polynomial * rest + 4.166_579_6e-2
    polynomial = polynomial * rest + 1.666_666_55e-1
    polynomial = polynomial * rest + 5.000_000_1e-1
    let value = polynomial * rest * rest + rest + 1
    let power = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23
    return unsafeBitCast(
      unsafeBitCast(value, to: SIMD8<UInt32>.self) &+ power, to: Lane.self)
  }

  /// x times the normal distribution function of x (GELU, by the error function).
  ///
  /// - Source: Abramowitz and Stegun, 7.1.26: within 1.5e-7.
  @inline(__always)
  static func gelu(_ x: Lane) -> Lane {
    let z = x * 0.707_106_78
    let negative = z .< 0
    let magnitude = z.replacing(with: -z, where: negative)
    let t = 1 / (magnitude * 0.327_591_1 + 1)
    var polynomial = Lane(repeating: 1.061_405_43)
    polynomial = polynomial * t - 1.453_152_03
    polynomial = polynomial * t + 1.421_413_74
    polynomial = polynomial * t - 0.284_496_74
    polynomial = polynomial * t + 0.254_829_59
    let tail = polynomial * t * exponential(-magnitude * magnitude)
    let erf = 1 - tail
    return x * (erf.replacing(with: -erf, where: negative) + 1) * 0.5
  }

  /// Applies GELU to each number.
  static func gelu(_ values: UnsafeMutablePointer<Float>, count: Int) {
    var index = 0
    while index + 8 <= count {
      store(gelu(load(values + index)), values + index)
      index += 8
    }
    while index < count {
      values[index] = gelu(Lane(repeating: values[index]))[0]
      index += 1
    }
  }

  /// GELU by the hyperbolic tangent, as GPT-2 has it: x times the logistic function of twice
  /// 0.79788 (x + 0.044715 x^3).
  static func geluByTanh(_ values: UnsafeMutablePointer<Float>, count: Int) {
    func changed(_ x: Lane) -> Lane {
      let inner = (x + x * x * x * 0.044_715) * 1.595_769_12
      return x / (exponential(-inner) + 1)
    }
    var index = 0
    while index + 8 <= count {
      store(changed(load(values + index)), values + index)
      index += 8
    }
    while index < count {
      values[index] = changed(Lane(repeating: values[index]))[0]
      index += 1
    }
  }

  /// Adds numbers to others, place by place.
  static func add(
    _ addend: UnsafePointer<Float>, to values: UnsafeMutablePointer<Float>, count: Int
  ) {
    var index = 0
    while index + 8 <= count {
      store(load(values + index) + load(addend + index), values + index)
      index += 8
    }
    while index < count {
      values[index] += addend[index]
      index += 1
    }
  }

  /// Turns each row into probabilities.
  static func softmax(_ values: UnsafeMutablePointer<Float>, rows: Int, width: Int) {
    for row in 0..<rows {
      let start = values + row * width
      var peaks = Lane(repeating: -.infinity)
      var column = 0
      while column + 8 <= width {
        let lane = load(start + column)
        peaks = peaks.replacing(with: lane, where: lane .> peaks)
        column += 8
      }
      var greatest = peaks.max()
      while column < width {
        greatest = max(greatest, start[column])
        column += 1
      }
      var sums = Lane.zero
      column = 0
      while column + 8 <= width {
        let value = exponential(load(start + column) - greatest)
        store(value, start + column)
        sums += value
        column += 8
      }
      var sum = sums.sum()
      while column < width {
        start[column] = exponential(Lane(repeating: start[column] - greatest))[0]
        sum += start[column]
        column += 1
      }
      let scale = 1 / sum
      for column in 0..<width { start[column] *= scale }
    }
  }

  /// Scales each row to mean 0 and variance 1, then by weight and bias (layer normalisation).
  static func normalise(
    _ values: UnsafeMutablePointer<Float>, rows: Int, width: Int, weight: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, epsilon: Float
  ) {
    for row in 0..<rows {
      let start = values + row * width
      var total = Lane.zero
      var column = 0
      while column + 8 <= width {
        total += load(start + column)
        column += 8
      }
      var sum = total.sum()
      while column < width {
        sum += start[column]
        column += 1
      }
      let mean = sum / Float(width)
      total = .zero
      column = 0
      while column + 8 <= width {
        let centred = load(start + column) - mean
        total += centred * centred
        column += 8
      }
      var square = total.sum()
      while column < width {
        square += (start[column] - mean) * (start[column] - mean)
        column += 1
      }
      let scale = 1 / (square / Float(width) + epsilon).squareRoot()
      for column in 0..<width {
        start[column] = (start[column] - mean) * scale * weight[column] + bias[column]
      }
    }
  }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>) -> Lane {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lane.self)
  }

  @inline(__always)
  private static func load(_ pointer: UnsafeMutablePointer<Float>) -> Lane {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lane.self)
  }

  @inline(__always)
  private static func store(_ lane: Lane, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: lane, as: Lane.self)
  }
}
