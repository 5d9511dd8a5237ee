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
  /// Queries of a block, and rows of the index of a tile: large enough for the product, small enough
  /// for a tile's scores to stay in cache until they are looked through.
  static let (blockRows, tileRows) = (768, 512)

  let features: Matrix
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
    // |computed - exact| for a dot product of d products of unit vectors, in any order of summation,
    // with the rounding of the units themselves.
    let bound = Float(dimensions + 8) * Float.ulpOfOne
    let blocks = (queries.rows + Self.blockRows - 1) / Self.blockRows
    // Few queries leave threads without work, so they share out the index instead.
    let spans = blocks < 2 * threads.count ? min(threads.count, max(1, rows / Self.tileRows)) : 1
    let parts = threads.map(count: blocks * spans) { task -> [NeighborCandidates] in
      let start = task / spans * Self.blockRows
      let span = (task % spans * rows / spans)..<((task % spans + 1) * rows / spans)
      return candidates(
        count, queries: start..<min(start + Self.blockRows, queries.rows), units: queryUnits,
        among: span, slack: 2 * bound, groups: groups)
    }
    return threads.map(count: blocks) { block -> [[Int]] in
      var found = parts[block * spans]
      for other in parts[(block * spans + 1)..<((block + 1) * spans)] {
        for offset in found.indices { found[offset].merge(other[offset]) }
      }
      return found.indices.map { offset in
        let query = block * Self.blockRows + offset
        return nearest(
          count, query: query, of: queries, norm: queryNorms[query], among: found[offset].finish())
      }
    }.flatMap { $0 }
  }

  /// What could be among the nearest of each query, tile by tile of the index.
  private func candidates(
    _ count: Int, queries: Range<Int>, units queryUnits: Matrix, among span: Range<Int>,
    slack: Float, groups: [Int]?
  ) -> [NeighborCandidates] {
    var found = queries.map { query in
      NeighborCandidates(count: count, slack: slack, own: groups.map { $0[query] })
    }
    let tile = UnsafeMutablePointer<Float>.allocate(capacity: queries.count * Self.tileRows)
    defer { tile.deallocate() }
    queryUnits.withUnsafeBufferPointer { left in
      units.withUnsafeBufferPointer { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return }
        for start in stride(from: span.lowerBound, to: span.upperBound, by: Self.tileRows) {
          let width = min(Self.tileRows, span.upperBound - start)
          LinearAlgebra.multiplyTransposed(
            queries.count, width, dimensions, left + queries.lowerBound * dimensions,
            strideA: dimensions, right + start * dimensions, strideB: dimensions, into: tile,
            strideC: width)
          for offset in found.indices {
            found[offset].take(
              UnsafeBufferPointer(start: tile + offset * width, count: width), from: start,
              groups: groups)
          }
        }
      }
    }
    return found
  }

  /// The nearest of some rows by their cosines in 64 bits.
  private func nearest(
    _ count: Int, query: Int, of queries: Matrix, norm: Double, among rows: [Int32]
  ) -> [Int] {
    let cosines = cosines(of: queries, query, norm, with: rows)
    let order = rows.indices.sorted { left, right in
      cosines[left] != cosines[right]
        ? cosines[left] > cosines[right] : rows[left] < rows[right]
    }
    return order.prefix(count).map { Int(rows[$0]) }
  }

  /// Cosines in 64 bits, each summed from the first dimension to the last; 0 for a vector of zeros.
  ///
  /// Four rows at a time, since each sum waits for its own last addition.
  private func cosines(
    of queries: Matrix, _ query: Int, _ queryNorm: Double, with chosen: [Int32]
  ) -> [Double] {
    queries.withUnsafeBufferPointer { left in
      features.withUnsafeBufferPointer { right in
        let a = UnsafeBufferPointer(
          rebasing: left[(query * dimensions)..<((query + 1) * dimensions)])
        return [Double](unsafeUninitializedCapacity: chosen.count) { results, initialized in
          for first in stride(from: 0, to: chosen.count, by: 4) {
            func row(_ place: Int) -> Int { Int(chosen[min(first + place, chosen.count - 1)]) }
            let starts = SIMD4(row(0), row(1), row(2), row(3)) &* dimensions
            var (s, t, u, v) = (0.0, 0.0, 0.0, 0.0)
            for column in 0..<dimensions {
              let value = Double(a[column])
              s += value * Double(right[starts[0] + column])
              t += value * Double(right[starts[1] + column])
              u += value * Double(right[starts[2] + column])
              v += value * Double(right[starts[3] + column])
            }
            for (place, sum) in [s, t, u, v].enumerated() where first + place < chosen.count {
              let norm = queryNorm * norms[Int(chosen[first + place])]
              results.initializeElement(at: first + place, to: norm > 0 ? sum / norm : 0)
            }
          }
          initialized = chosen.count
        }
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
