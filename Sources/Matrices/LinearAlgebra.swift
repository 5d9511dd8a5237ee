import COpenBLAS

/// Products of row-major matrices in memory that the caller owns; the only door to the BLAS.
///
/// Every product runs on the calling thread, so its rounding depends on its own shape alone.
public enum LinearAlgebra {
  /// C = scale A B^T + keep C, where A is m x k, B is n x k and C is m x n.
  ///
  /// Row strides let A, B and C be parts of wider matrices.
  public static func multiplyTransposed(
    _ m: Int, _ n: Int, _ k: Int, scale: Float = 1, _ a: UnsafePointer<Float>, strideA: Int,
    _ b: UnsafePointer<Float>, strideB: Int, keep: Float = 0, into c: UnsafeMutablePointer<Float>,
    strideC: Int
  ) {
    _ = oneBLASThread
    // A general product packs B first, which costs as much as one row's whole product.
    if m == 1 {
      cblas_sgemv(
        CblasRowMajor, CblasNoTrans, Int32(n), Int32(k), scale, b, Int32(strideB), a, 1, keep, c, 1)
      return
    }
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(n), Int32(k), scale, a,
      Int32(strideA), b, Int32(strideB), keep, c, Int32(strideC))
  }

  /// C = A B, where A is m x k, B is k x n and C is m x n.
  public static func multiply(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, strideA: Int,
    _ b: UnsafePointer<Float>, strideB: Int, into c: UnsafeMutablePointer<Float>, strideC: Int
  ) {
    _ = oneBLASThread
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a,
      Int32(strideA), b, Int32(strideB), 0, c, Int32(strideC))
  }

  /// C = A B in 64 bits, where A is m x k, B is k x n and C is m x n.
  public static func multiply(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Double>, strideA: Int,
    _ b: UnsafePointer<Double>, strideB: Int, into c: UnsafeMutablePointer<Double>, strideC: Int
  ) {
    _ = oneBLASThread
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a,
      Int32(strideA), b, Int32(strideB), 0, c, Int32(strideC))
  }

  /// C = A^T B, where A is k x m, B is k x n and C is m x n: the gradient of a layer's weights.
  public static func multiplyLeftTransposed(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, strideA: Int,
    _ b: UnsafePointer<Float>, strideB: Int, into c: UnsafeMutablePointer<Float>, strideC: Int
  ) {
    _ = oneBLASThread
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k), 1, a,
      Int32(strideA), b, Int32(strideB), 0, c, Int32(strideC))
  }
}
