extension Matrix {
  /// How many different rows there are among the chosen ones, compared bit for bit.
  ///
  /// - Complexity: O(*n* *d*) on average.
  public func distinctRowCount(among chosen: some Collection<Int>) -> Int {
    withUnsafeBufferPointer { values in
      var seen: Set<RowBits> = []
      for row in chosen {
        precondition(row >= 0 && row < rows, "Row \(row) is outside a matrix of \(rows) rows.")
        seen.insert(
          RowBits(values: UnsafeBufferPointer(rebasing: values[(row * columns)..<((row + 1) * columns)])))
      }
      return seen.count
    }
  }
}

/// A row seen as its bits, so that it can be hashed without a copy.
private struct RowBits: Hashable {
  let values: UnsafeBufferPointer<Float>

  static func == (left: RowBits, right: RowBits) -> Bool {
    left.values.elementsEqual(right.values) { $0.bitPattern == $1.bitPattern }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(bytes: UnsafeRawBufferPointer(values)) }
}
