import BLASShim
import COpenBLAS

/// One BLAS thread, set once: the program's own threads divide the work, and two pools would fight.
///
/// Set before the first product, so no other thread is inside the BLAS.
let oneBLASThread: Void = prepare_blas()

extension Matrix {
  /// The dot products of some rows with every row of another matrix, row by row.
  ///
  /// Rounding depends on the BLAS and the block's size; do not decide anything on the last bits.
  ///
  /// - Returns: `chosen.count` x `other.rows` values.
  /// - Precondition: Both have the same number of columns.
  public func products(rows chosen: Range<Int>, with other: Matrix) -> [Float] {
    precondition(columns == other.columns, "Dot products need rows of one width.")
    precondition(
      chosen.lowerBound >= 0 && chosen.upperBound <= rows, "The rows are outside the matrix.")
    _ = oneBLASThread
    let count = chosen.count * other.rows
    guard count > 0, columns > 0 else { return [Float](repeating: 0, count: count) }
    return withUnsafeBufferPointer { left in
      other.withUnsafeBufferPointer { right in
        [Float](unsafeUninitializedCapacity: count) { result, initialized in
          guard let a = left.baseAddress, let b = right.baseAddress, let c = result.baseAddress
          else { return }
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(chosen.count), Int32(other.rows),
            Int32(columns), 1, a + chosen.lowerBound * columns, Int32(columns), b, Int32(columns),
            0, c, Int32(other.rows))
          initialized = count
        }
      }
    }
  }
}
