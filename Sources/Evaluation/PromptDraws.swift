import Matrices

/// Several draws of the same prompts: how often each draw has each prompt.
///
/// Means over all prompts, for many points and draws, are one product of two matrices: 2 x draws x
/// prompts x points operations, where a pass over the prompts for each draw would wait for memory.
struct PromptDraws: Sendable {
  /// Draws x prompts.
  private let counts: Grid
  /// How many prompts each draw has.
  private let totals: [Double]

  /// - Precondition: Every draw has a prompt.
  init(_ counts: Grid) {
    self.counts = counts
    totals = (0..<counts.rows).map { counts[row: $0].reduce(0, +) }
    precondition(totals.allSatisfy { $0 > 0 }, "A draw of no prompt has no mean.")
  }

  /// How many draws there are.
  var count: Int { counts.rows }

  /// Each draw's mean of each column.
  ///
  /// - Parameter values: One row a prompt, without missing cells.
  /// - Returns: One row a draw.
  func means(of values: Grid) -> Grid {
    precondition(values.rows == counts.columns, "A draw counts each row of what it weighs.")
    var means = Grid(rows: count, columns: values.columns, repeating: 0)
    if values.columns == 0 || count == 0 { return means }
    counts.values.withUnsafeBufferPointer { counts in
      values.values.withUnsafeBufferPointer { cells in
        means.values.withUnsafeMutableBufferPointer { sums in
          guard let a = counts.baseAddress, let b = cells.baseAddress, let c = sums.baseAddress
          else { return }
          LinearAlgebra.multiply(
            count, values.columns, values.rows, a, strideA: values.rows, b,
            strideB: values.columns, into: c, strideC: values.columns)
        }
      }
    }
    for draw in 0..<count {
      for column in 0..<values.columns { means[draw, column] /= totals[draw] }
    }
    return means
  }

  /// Calls `body` with one draw's counts and their sum.
  func withDraw<Result>(
    _ draw: Int, _ body: (UnsafeBufferPointer<Double>, Double) -> Result
  ) -> Result {
    let width = counts.columns
    return counts.values.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[(draw * width)..<((draw + 1) * width)]), totals[draw])
    }
  }
}
