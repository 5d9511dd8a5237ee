/// A dense, immutable, row-major matrix of 32-bit floats: features, one row a prompt.
///
/// Copies share storage, and the storage may be a memory map, so passing features around is free.
public struct Matrix: Sendable {
  /// The number of rows (prompts).
  public let rows: Int
  /// The number of columns (dimensions).
  public let columns: Int
  private let storage: Storage

  /// Makes a matrix from values in row-major order.
  ///
  /// - Precondition: `values.count == rows * columns`.
  public init(rows: Int, columns: Int, values: [Float]) {
    precondition(
      values.count == rows * columns,
      "A \(rows) x \(columns) matrix needs \(rows * columns) values; \(values.count) were given.")
    self.init(rows: rows, columns: columns) { buffer in
      _ = buffer.update(fromContentsOf: values)
    }
  }

  /// Makes a matrix by writing its values, row by row, into a buffer that starts as zeros.
  public init(
    rows: Int, columns: Int, filling fill: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) rethrows {
    precondition(rows >= 0 && columns >= 0, "A matrix cannot have a negative size.")
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: rows * columns)
    buffer.initialize(repeating: 0)
    storage = Storage(base: UnsafeBufferPointer(buffer), owner: nil)
    self.rows = rows
    self.columns = columns
    try fill(buffer)
  }

  /// Makes a matrix that views memory kept alive by `owner`, such as a memory-mapped file.
  public init(
    rows: Int, columns: Int, viewing memory: UnsafeBufferPointer<Float>, owner: any Sendable
  ) {
    precondition(memory.count == rows * columns, "The memory viewed does not fit the shape.")
    storage = Storage(base: memory, owner: owner)
    self.rows = rows
    self.columns = columns
  }

  /// Calls `body` with all values in row-major order.
  public func withUnsafeBufferPointer<R, E: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(E) -> R
  ) throws(E) -> R {
    let result = try body(storage.base)
    withExtendedLifetime(storage) {}
    return result
  }

  /// Whether both are copies of one matrix, which share its memory; equal matrices may not be.
  public func isSame(as other: Matrix) -> Bool {
    storage === other.storage && rows == other.rows && columns == other.columns
  }

  /// The values of one row.
  public subscript(row row: Int) -> [Float] {
    precondition(row >= 0 && row < rows, "Row \(row) is outside a matrix of \(rows) rows.")
    return withUnsafeBufferPointer { Array($0[(row * columns)..<((row + 1) * columns)]) }
  }

  /// One value.
  public subscript(row: Int, column: Int) -> Float {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns, "The index is outside the matrix.")
    return withUnsafeBufferPointer { $0[row * columns + column] }
  }

  /// A new matrix of the given rows, in the given order.
  public func selecting(rows chosen: [Int]) -> Matrix {
    withUnsafeBufferPointer { source in
      Matrix(rows: chosen.count, columns: columns) { target in
        for (position, row) in chosen.enumerated() {
          precondition(row >= 0 && row < rows, "Row \(row) is outside a matrix of \(rows) rows.")
          for column in 0..<columns {
            target[position * columns + column] = source[row * columns + column]
          }
        }
      }
    }
  }

  /// Owns the memory, or keeps alive what does.
  ///
  /// Unchecked because a pointer is not Sendable; safe because nothing writes after `init`.
  private final class Storage: @unchecked Sendable {
    let base: UnsafeBufferPointer<Float>
    let owner: (any Sendable)?

    init(base: UnsafeBufferPointer<Float>, owner: (any Sendable)?) {
      self.base = base
      self.owner = owner
    }

    deinit {
      if owner == nil { base.deallocate() }
    }
  }
}

extension Matrix: Equatable {
  /// Whether shapes and all values are equal, bit for bit apart from the sign of zero.
  public static func == (left: Matrix, right: Matrix) -> Bool {
    guard left.rows == right.rows, left.columns == right.columns else { return false }
    return left.withUnsafeBufferPointer { a in
      right.withUnsafeBufferPointer { b in a.elementsEqual(b) }
    }
  }
}
