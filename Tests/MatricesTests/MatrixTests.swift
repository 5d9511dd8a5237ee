import Testing

@testable import Matrices

@Suite("Matrices")
struct MatrixTests {
  private let matrix = Matrix(rows: 3, columns: 2, values: [1, 2, 3, 4, 1, 2])

  @Test("rows and cells are found and selected in order")
  func selection() {
    #expect(matrix[row: 1] == [3, 4])
    #expect(matrix[2, 1] == 2)
    #expect(matrix.selecting(rows: [2, 1, 1])[row: 2] == [3, 4])
    #expect(matrix.selecting(rows: []).rows == 0)
  }

  @Test("distinct rows are counted bit for bit")
  func distinct() {
    #expect(matrix.distinctRowCount(among: 0..<3) == 2)
    #expect(matrix.distinctRowCount(among: [0, 2]) == 1)
    let zeros = Matrix(rows: 2, columns: 1, values: [0, -0.0])
    #expect(zeros.distinctRowCount(among: 0..<2) == 2)
  }

  @Test("products equal sums written out, for parts of wider matrices too")
  func products() {
    #expect(matrix.products(rows: 0..<2, with: matrix) == [5, 11, 5, 11, 25, 11])
    let (m, n, k, stride) = (3, 4, 5, 7)
    let a = (0..<(m * stride)).map { Float($0 % 5) - 2 }
    let b = (0..<(n * stride)).map { Float($0 % 3) - 1 }
    var c = [Float](repeating: 10, count: m * stride)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          guard let x = a.baseAddress, let y = b.baseAddress, let z = c.baseAddress else { return }
          LinearAlgebra.multiplyTransposed(
            m, n, k, scale: 2, x, strideA: stride, y, strideB: stride, keep: 1, into: z,
            strideC: stride)
        }
      }
    }
    for row in 0..<m {
      for column in 0..<stride {
        let dot = (0..<k).reduce(Float(0)) {
          $0 + (column < n ? a[row * stride + $1] * b[column * stride + $1] : 0)
        }
        #expect(c[row * stride + column] == 10 + 2 * dot)
      }
    }
  }
}
