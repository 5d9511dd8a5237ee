import Matrices
import Parallelism

/// Numbers from -0.5 to 0.5, by a seed.
func randomMatrix(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
  var generator = SeededGenerator(seed: seed)
  return Matrix(
    rows: rows, columns: columns,
    values: (0..<(rows * columns)).map { _ in Float(generator.unit() - 0.5) })
}
