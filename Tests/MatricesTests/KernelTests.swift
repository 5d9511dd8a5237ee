import BLASShim
import Foundation
import Testing

@testable import Matrices

@Suite("The BLAS")
struct KernelTests {
  /// OpenBLAS falls back to kernels of 2004 on processors that are younger than itself.
  @Test(
    "its kernels suit the processor",
    .enabled(
      if: KernelTests.hasWideVectors
        && ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] == nil))
  func kernels() {
    _ = oneBLASThread
    #expect(String(cString: blas_kernels()) != "Prescott")
  }

  static var hasWideVectors: Bool {
    let flags = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    return flags.contains(" avx2 ") && flags.contains(" fma ")
  }

  @Test(
    "a product of one row equals that row of a product of many, to the bit where sums are exact")
  func oneRow() {
    let (left, right) = (
      Matrix(rows: 3, columns: 50) { for i in $0.indices { $0[i] = Float(i % 17) - 8 } },
      Matrix(rows: 70, columns: 50) { for i in $0.indices { $0[i] = Float(i % 23) / 4 } }
    )
    // Small whole numbers and quarters: every sum is exact, whatever its order.
    let all = left.products(rows: 0..<3, with: right)
    let one = [Float](unsafeUninitializedCapacity: 70) { result, count in
      left.withUnsafeBufferPointer { a in
        right.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = result.baseAddress else {
            return
          }
          LinearAlgebra.multiplyTransposed(
            1, 70, 50, a + 50, strideA: 50, b, strideB: 50, into: c, strideC: 70)
        }
      }
      count = 70
    }
    #expect(one == Array(all[70..<140]))
  }
}
