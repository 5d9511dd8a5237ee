import Matrices
import Parallelism

/// The numbers of a file's cells in file order, before rows are gathered.
struct Measurements {
  private(set) var quality: [Double]
  private(set) var cost: [Double]
  private(set) var latency: [Double]?
  private(set) var confidence: [Double]?
  private(set) var inputTokens: [Double]?
  private(set) var outputTokens: [Double]?
  /// The rows in which some cell holds no number, or one that its column may not hold.
  private(set) var oddRows: [Int] = []

  /// What a column of dollars, seconds or tokens may hold: sums and ratios of such numbers stay finite.
  static let amount = 0...1e15
  /// An amount that is not 0 is at least this: shares of less are lost to rounding.
  static let leastAmount = 1e-100
  static let finite = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude

  /// Few enough for the rows' bytes to stay in a core's cache while one column after the other is read.
  private static let blockRows = 128

  /// Reads the columns of every model, all rows of them.
  ///
  /// - Parameter scale: The scores of the worst and the best answer, which become 0 and 1.
  init(
    of models: [OutcomeSchema.Columns], rows: Int, scale: ClosedRange<Double>, threads: Threads
  ) {
    let blocks = (rows + Self.blockRows - 1) / Self.blockRows
    let marks = UnsafeMutablePointer<Bool>.allocate(capacity: rows)
    marks.initialize(repeating: false, count: rows)
    defer { marks.deallocate() }
    nonisolated(unsafe) let isOdd = marks
    func read(
      _ bounds: ClosedRange<Double>, _ column: @Sendable (OutcomeSchema.Columns) -> RawColumn?
    ) -> [Double]? {
      guard models.contains(where: { column($0) != nil }) else { return nil }
      let width = models.count
      return [Double](unsafeUninitializedCapacity: rows * width) { buffer, count in
        count = rows * width
        buffer.initialize(repeating: .nan)
        guard let base = buffer.baseAddress else { return }
        // Each block writes to its own rows alone.
        nonisolated(unsafe) let target = base
        threads.forEach(count: blocks) { block in
          let first = block * Self.blockRows
          let part = first..<min(rows, first + Self.blockRows)
          for (model, columns) in models.enumerated() {
            column(columns)?.copyNumbers(
              part, within: bounds, to: target + first * width + model, stride: width,
              isOdd: isOdd + first)
          }
        }
      }
    }
    let none = [Double](repeating: .nan, count: 0)
    quality = read(scale) { $0.quality } ?? none
    if scale != 0...1 {
      let width = scale.upperBound - scale.lowerBound
      for index in quality.indices { quality[index] = (quality[index] - scale.lowerBound) / width }
    }
    cost =
      read(Self.amount) { $0.cost }
      ?? [Double](repeating: .nan, count: rows * models.count)
    for index in cost.indices where cost[index] > 0 && cost[index] < Self.leastAmount {
      cost[index] = .nan
      isOdd[index / models.count] = true
    }
    latency = read(Self.amount) { $0.latency }
    confidence = read(Self.finite) { $0.confidence }
    inputTokens = read(Self.amount) { $0.inputTokens }
    outputTokens = read(Self.amount) { $0.outputTokens }
    oddRows = (0..<rows).filter { isOdd[$0] }
  }

  /// The numbers as a table has them.
  struct Grids {
    var quality: Grid
    var cost: Grid
    var latency: Grid?
    var confidence: Grid?
    var inputTokens: Grid?
    var outputTokens: Grid?

    init(_ measurements: Measurements, _ grid: ([Double]) -> Grid) {
      quality = grid(measurements.quality)
      cost = grid(measurements.cost)
      latency = measurements.latency.map(grid)
      confidence = measurements.confidence.map(grid)
      inputTokens = measurements.inputTokens.map(grid)
      outputTokens = measurements.outputTokens.map(grid)
    }
  }

  /// The rows of a wide file, each completed by others.
  ///
  /// - Parameters:
  ///   - rows: The row that counts for each row of the table.
  ///   - others: Further rows for a row of the table, to take from in this order what is missing.
  func grids(rows: [Int], others: [Int: [Int]], width: Int) -> Grids {
    let isWhole = others.isEmpty && rows.count * width == quality.count
    return Grids(self) { list in
      let all = Grid(rows: list.count / max(1, width), columns: width, values: list)
      // Rows ascend, so that as many as there are can only be all.
      if isWhole { return all }
      var grid = all.selecting(rows: rows)
      for (row, sources) in others {
        for column in 0..<width where grid[row, column].isNaN {
          for source in sources where !all[source, column].isNaN {
            grid[row, column] = all[source, column]
            break
          }
        }
      }
      return grid
    }
  }

  /// The cells of a long file, each from the first of its rows that has a number.
  func grids(rows: Int, columns: Int, sources: (Int, Int) -> CellSources) -> Grids {
    Grids(self) { list in
      var grid = Grid(rows: rows, columns: columns)
      for row in 0..<rows {
        for column in 0..<columns {
          for source in sources(row, column) where !list[source].isNaN {
            grid[row, column] = list[source]
            break
          }
        }
      }
      return grid
    }
  }
}

/// The rows of a long file that say something of one cell, the one that counts first.
struct CellSources: Sequence, IteratorProtocol {
  private var row: Int
  private let earlier: [Int]

  /// - Parameters:
  ///   - last: The last row of the cell; -1 for none.
  ///   - earlier: For each row, the row of the same cell before it; -1 for none.
  ///   - isFirstOnly: Whether the first row alone counts.
  init(last: Int, earlier: [Int], isFirstOnly: Bool) {
    row = last
    self.earlier = earlier
    if isFirstOnly { while row >= 0, earlier[row] >= 0 { row = earlier[row] } }
  }

  mutating func next() -> Int? {
    guard row >= 0 else { return nil }
    defer { row = earlier[row] }
    return row
  }
}
