public import Matrices
public import Outcomes

/// What a router is taught: outcomes of the training prompts, and their features.
public struct Lessons: Sendable {
  /// Complete outcomes: every model has a quality and a cost on every prompt.
  public let table: OutcomeTable
  /// One row a prompt.
  public let features: Matrix

  /// Pairs outcomes with features.
  ///
  /// - Precondition: One feature row a prompt, and no missing cell.
  public init(_ table: OutcomeTable, features: Matrix) {
    precondition(
      features.rows == table.count,
      "\(table.count) prompts need \(table.count) rows of features; \(features.rows) were given.")
    precondition(
      (0..<table.count).allSatisfy {
        table.quality.isComplete(row: $0) && table.cost.isComplete(row: $0)
      },
      "Lessons must be complete; leave out prompts with missing cells first.")
    self.table = table
    self.features = features
  }

  /// How many prompts there are.
  public var count: Int { table.count }

  /// The mean dollars of each model over these prompts: the cost estimate `trainingMean`.
  public var meanCosts: [Double] { table.cost.columnMeans() }

  /// The lessons of some prompts only.
  public func selecting(rows: [Int]) -> Lessons {
    Lessons(table.selecting(rows: rows), features: features.selecting(rows: rows))
  }
}
