import Matrices

/// The numbers of a file's cells in file order, before rows are gathered.
struct Measurements {
  var quality: [Double] = []
  var cost: [Double] = []
  var latency: [Double]?
  var confidence: [Double]?
  var inputTokens: [Double]?
  var outputTokens: [Double]?

  /// Prepares the lists that any model has a column for.
  init(columns: [OutcomeSchema.Columns]) {
    if columns.contains(where: { $0.latency != nil }) { latency = [] }
    if columns.contains(where: { $0.confidence != nil }) { confidence = [] }
    if columns.contains(where: { $0.inputTokens != nil }) { inputTokens = [] }
    if columns.contains(where: { $0.outputTokens != nil }) { outputTokens = [] }
  }

  /// The numbers as a table has them.
  struct Grids {
    var quality: Grid
    var cost: Grid
    var latency: Grid?
    var confidence: Grid?
    var inputTokens: Grid?
    var outputTokens: Grid?
  }

  /// Gathers cells; each takes the first number that is present in its list of sources.
  func grids(rows: Int, columns: Int, sources: (Int, Int) -> [Int]) -> Grids {
    var result = Grids(
      quality: Grid(rows: rows, columns: columns), cost: Grid(rows: rows, columns: columns),
      latency: latency.map { _ in Grid(rows: rows, columns: columns) },
      confidence: confidence.map { _ in Grid(rows: rows, columns: columns) },
      inputTokens: inputTokens.map { _ in Grid(rows: rows, columns: columns) },
      outputTokens: outputTokens.map { _ in Grid(rows: rows, columns: columns) })
    for row in 0..<rows {
      for column in 0..<columns {
        let places = sources(row, column)
        func first(_ list: [Double]) -> Double {
          for place in places where !list[place].isNaN { return list[place] }
          return .nan
        }
        result.quality[row, column] = first(quality)
        result.cost[row, column] = first(cost)
        if let latency { result.latency?[row, column] = first(latency) }
        if let confidence { result.confidence?[row, column] = first(confidence) }
        if let inputTokens { result.inputTokens?[row, column] = first(inputTokens) }
        if let outputTokens { result.outputTokens?[row, column] = first(outputTokens) }
      }
    }
    return result
  }
}
