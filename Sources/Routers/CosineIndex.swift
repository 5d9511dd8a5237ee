import Matrices
import Parallelism

/// Exact nearest neighbours by cosine similarity.
///
/// A 32-bit matrix product of unit vectors finds, for each query, every row that could be among the
/// nearest given its rounding bound; those are scored again in 64 bits in one fixed order. So the
/// answer depends neither on the batch, nor the threads, nor the BLAS.
///
/// It is saved as its features alone; the rest follows from them.
struct CosineIndex: Sendable, Codable {
  /// Rows of a query block: small enough for its scores to stay in cache, large enough for the product.
  private static let blockRows = 128

  private let features: Matrix
  private let units: Matrix
  private let norms: [Double]

  var dimensions: Int { features.columns }

  var rows: Int { features.rows }

  /// Whether every feature is a number, and no direction overflows.
  var isFinite: Bool { norms.allSatisfy(\.isFinite) }

  init(_ features: Matrix) {
    self.features = features
    norms = Self.norms(of: features)
    units = Self.units(of: features, norms: norms)
  }

  init(from decoder: any Decoder) throws { self.init(try Matrix(from: decoder)) }

  func encode(to encoder: any Encoder) throws { try features.encode(to: encoder) }

  /// The `count` nearest rows to each query, nearest first; ties go to the lower index.
  ///
  /// - Precondition: The index has at least `count` rows, and the widths agree.
  func neighbors(_ count: Int, of queries: Matrix, threads: Threads = .machine) -> [[Int]] {
    let queryNorms = Self.norms(of: queries)
    return search(
      count, queries: queries, queryUnits: Self.units(of: queries, norms: queryNorms),
      queryNorms: queryNorms, threads: threads, excludedGroups: nil)
  }

  /// The `count` nearest rows to each of the index's own rows, none of the row's own group.
  ///
  /// - Precondition: At least `count` rows lie outside every group.
  func neighborsWithoutGroup(
    _ count: Int, groups: [Int], threads: Threads = .machine
  ) -> [[Int]] {
    search(
      count, queries: features, queryUnits: units, queryNorms: norms, threads: threads,
      excludedGroups: groups)
  }

  private func search(
    _ count: Int, queries: Matrix, queryUnits: Matrix, queryNorms: [Double], threads: Threads,
    excludedGroups groups: [Int]?
  ) -> [[Int]] {
    let blocks = (queries.rows + Self.blockRows - 1) / Self.blockRows
    // |computed - exact| for a dot product of d products of unit vectors, in any order of summation,
    // with the rounding of the units themselves.
    let bound = Float(dimensions + 8) * Float.ulpOfOne
    return threads.map(count: blocks) { block -> [[Int]] in
      let start = block * Self.blockRows
      let rows = min(Self.blockRows, queries.rows - start)
      let scores = queryUnits.products(rows: start..<(start + rows), with: units)
      return (0..<rows).map { offset in
        let row = start + offset
        let mine = scores[(offset * features.rows)..<((offset + 1) * features.rows)]
        return nearest(
          count, query: row, of: queries, queryNorm: queryNorms[row], scores: mine, bound: bound,
          groups: groups)
      }
    }.flatMap { $0 }
  }

  private func nearest(
    _ count: Int, query: Int, of queries: Matrix, queryNorm: Double, scores: ArraySlice<Float>,
    bound: Float, groups: [Int]?
  ) -> [Int] {
    let base = scores.startIndex
    let own = groups.map { $0[query] }
    var top = SmallestOfLargest(capacity: count)
    for row in 0..<features.rows {
      if let groups, groups[row] == own { continue }
      top.offer(scores[base + row])
    }
    let threshold = top.threshold - 2 * bound
    var candidates: [(score: Double, row: Int)] = []
    for row in 0..<features.rows where scores[base + row] >= threshold {
      if let groups, groups[row] == own { continue }
      candidates.append((cosine(queries, query, queryNorm, row), row))
    }
    candidates.sort { $0.score != $1.score ? $0.score > $1.score : $0.row < $1.row }
    return candidates.prefix(count).map(\.row)
  }

  /// The cosine in 64 bits, summed from the first dimension to the last; 0 for a vector of zeros.
  private func cosine(_ queries: Matrix, _ query: Int, _ queryNorm: Double, _ row: Int) -> Double {
    let norm = queryNorm * norms[row]
    guard norm > 0 else { return 0 }
    return queries.withUnsafeBufferPointer { a in
      features.withUnsafeBufferPointer { b in
        var sum = 0.0
        for column in 0..<dimensions {
          sum += Double(a[query * dimensions + column]) * Double(b[row * dimensions + column])
        }
        return sum / norm
      }
    }
  }

  private static func norms(of features: Matrix) -> [Double] {
    features.withUnsafeBufferPointer { values in
      (0..<features.rows).map { row in
        var sum = 0.0
        for column in 0..<features.columns {
          let value = Double(values[row * features.columns + column])
          sum += value * value
        }
        return sum.squareRoot()
      }
    }
  }

  private static func units(of features: Matrix, norms: [Double]) -> Matrix {
    features.withUnsafeBufferPointer { values in
      Matrix(rows: features.rows, columns: features.columns) { units in
        for row in 0..<features.rows where norms[row] > 0 {
          for column in 0..<features.columns {
            let index = row * features.columns + column
            units[index] = Float(Double(values[index]) / norms[row])
          }
        }
      }
    }
  }
}

/// The k largest values seen, of which only the smallest is asked for: a min-heap.
private struct SmallestOfLargest {
  private let capacity: Int
  private var heap: [Float] = []

  init(capacity: Int) {
    self.capacity = capacity
    heap.reserveCapacity(capacity)
  }

  /// The k-th largest value, or minus infinity when fewer were offered.
  var threshold: Float { heap.count < capacity ? -.infinity : heap[0] }

  mutating func offer(_ value: Float) {
    if heap.count < capacity {
      heap.append(value)
      var child = heap.count - 1
      while child > 0, heap[child] < heap[(child - 1) / 2] {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    } else if value > heap[0] {
      heap[0] = value
      var parent = 0
      while true {
        var least = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < capacity {
          if heap[child] < heap[least] { least = child }
        }
        if least == parent { return }
        heap.swapAt(parent, least)
        parent = least
      }
    }
  }
}
