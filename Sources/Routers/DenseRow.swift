import SIMDShim

/// A row of 32-bit features, used with weights of 64 bits, in one fixed order.
struct DenseRow {
  private let values: UnsafePointer<Float>
  private let count: Int

  @inline(__always)
  init(_ values: UnsafePointer<Float>, _ count: Int) {
    self.values = values
    self.count = count
  }

  /// The dot product with weights, in eight running sums.
  @inline(__always)
  func product(with weights: UnsafePointer<Double>) -> Double {
    var (a, b) = (SIMD2<Double>(), SIMD2<Double>())
    var (c, d, e, f) = (a, a, a, a)
    var (g, h) = (a, a)
    var index = 0
    while index + 16 <= count {
      a += wide(index) * pair(weights, index)
      b += wide(index + 2) * pair(weights, index + 2)
      c += wide(index + 4) * pair(weights, index + 4)
      d += wide(index + 6) * pair(weights, index + 6)
      e += wide(index + 8) * pair(weights, index + 8)
      f += wide(index + 10) * pair(weights, index + 10)
      g += wide(index + 12) * pair(weights, index + 12)
      h += wide(index + 14) * pair(weights, index + 14)
      index += 16
    }
    let sums = ((a + b) + (c + d)) + ((e + f) + (g + h))
    var sum = sums[0] + sums[1]
    while index < count {
      sum += Double(values[index]) * weights[index]
      index += 1
    }
    return sum
  }

  /// Adds the row, `factor` times, to weights.
  @inline(__always)
  func add(to weights: UnsafeMutablePointer<Double>, times factor: Double) {
    var index = 0
    while index + 4 <= count {
      let first = pair(weights, index) + wide(index) * factor
      let second = pair(weights, index + 2) + wide(index + 2) * factor
      UnsafeMutableRawPointer(weights + index).storeBytes(of: first, as: SIMD2<Double>.self)
      UnsafeMutableRawPointer(weights + index + 2).storeBytes(of: second, as: SIMD2<Double>.self)
      index += 4
    }
    while index < count {
      weights[index] += Double(values[index]) * factor
      index += 1
    }
  }

  /// The sum of the squares.
  func squaredNorm() -> Double {
    (0..<count).reduce(0) { $0 + Double(values[$1]) * Double(values[$1]) }
  }

  /// Asks for the row's memory ahead of its use.
  @inline(__always)
  func prefetched() {
    var index = 0
    while index < count {
      prefetch(values + index)
      index += 16
    }
  }

  @inline(__always)
  private func wide(_ index: Int) -> SIMD2<Double> {
    widened(UnsafeRawPointer(values + index).loadUnaligned(as: SIMD2<Float>.self))
  }

  @inline(__always)
  private func pair(_ weights: UnsafePointer<Double>, _ index: Int) -> SIMD2<Double> {
    UnsafeRawPointer(weights + index).loadUnaligned(as: SIMD2<Double>.self)
  }
}
