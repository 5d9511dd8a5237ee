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

  /// The dot product with weights, in sixteen running sums.
  @inline(__always)
  func product(with weights: UnsafePointer<Double>) -> Double {
    dense_product(values, weights, count)
  }

  /// Adds the row, `factor` times, to weights.
  @inline(__always)
  func add(to weights: UnsafeMutablePointer<Double>, times factor: Double) {
    dense_add(values, weights, count, factor)
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
}
