public import Matrices

/// Recorded outcomes of N prompts on M models: what each answer was worth, and what it cost.
///
/// A missing cell is NaN in every grid, never 0.
public struct OutcomeTable: Sendable, Hashable {
  /// The models, in the file's order.
  public var models: [ModelID]
  /// One identifier a prompt.
  public var sampleIDs: [String]
  /// The task of each prompt as the file names it, such as `mmlu-anatomy`.
  public var evalNames: [String]
  /// The prompts, raw.
  public var prompts: [String]
  /// Quality in [0, 1], prompts x models.
  public var quality: Grid
  /// US dollars, prompts x models.
  public var cost: Grid
  /// Seconds until the answer was complete, where the data has it.
  public var latency: Grid?
  /// The model's own confidence, where the data has it.
  public var confidence: Grid?
  /// Tokens read, where the data has it.
  public var inputTokens: Grid?
  /// Tokens written, where the data has it.
  public var outputTokens: Grid?
  /// The true answers, where the data has them.
  public var trueLabels: [String?]?
  /// The answers, prompts x models in row-major order, where they were asked for.
  public var responses: [String?]?

  /// Makes a table.
  ///
  /// - Precondition: All columns have one length and all grids one shape.
  public init(
    models: [ModelID], sampleIDs: [String], evalNames: [String], prompts: [String], quality: Grid,
    cost: Grid, latency: Grid? = nil, confidence: Grid? = nil, inputTokens: Grid? = nil,
    outputTokens: Grid? = nil, trueLabels: [String?]? = nil, responses: [String?]? = nil
  ) {
    let count = sampleIDs.count
    precondition(
      evalNames.count == count && prompts.count == count
        && (trueLabels.map { $0.count == count } ?? true)
        && (responses.map { $0.count == count * models.count } ?? true),
      "A table's columns need one length.")
    for grid in [quality, cost, latency, confidence, inputTokens, outputTokens] {
      guard let grid else { continue }
      precondition(
        grid.rows == count && grid.columns == models.count, "A table's grids need one shape.")
    }
    self.models = models
    self.sampleIDs = sampleIDs
    self.evalNames = evalNames
    self.prompts = prompts
    self.quality = quality
    self.cost = cost
    self.latency = latency
    self.confidence = confidence
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.trueLabels = trueLabels
    self.responses = responses
  }

  /// How many prompts there are.
  public var count: Int { sampleIDs.count }

  /// The table of the given rows, in the given order.
  public func selecting(rows: [Int]) -> OutcomeTable {
    OutcomeTable(
      models: models, sampleIDs: rows.map { sampleIDs[$0] }, evalNames: rows.map { evalNames[$0] },
      prompts: rows.map { prompts[$0] }, quality: quality.selecting(rows: rows),
      cost: cost.selecting(rows: rows), latency: latency?.selecting(rows: rows),
      confidence: confidence?.selecting(rows: rows),
      inputTokens: inputTokens?.selecting(rows: rows),
      outputTokens: outputTokens?.selecting(rows: rows),
      trueLabels: trueLabels.map { labels in rows.map { labels[$0] } },
      responses: responses.map { all in
        rows.flatMap { all[($0 * models.count)..<(($0 + 1) * models.count)] }
      })
  }

  /// The table of some models only, in the given order.
  ///
  /// - Parameter columns: Indices into `models`.
  public func selecting(models columns: [Int]) -> OutcomeTable {
    OutcomeTable(
      models: columns.map { models[$0] }, sampleIDs: sampleIDs, evalNames: evalNames,
      prompts: prompts, quality: quality.selecting(columns: columns),
      cost: cost.selecting(columns: columns), latency: latency?.selecting(columns: columns),
      confidence: confidence?.selecting(columns: columns),
      inputTokens: inputTokens?.selecting(columns: columns),
      outputTokens: outputTokens?.selecting(columns: columns), trueLabels: trueLabels,
      responses: responses.map { all in
        (0..<count).flatMap { row in columns.map { all[row * models.count + $0] } }
      })
  }

  /// Divides the prompts into a training and a test part, within each task.
  public func split(
    trainingFraction: Double, seed: UInt64, method: Split.Method = .seeded,
    groups: TaskGroups = .paper
  ) -> (training: OutcomeTable, test: OutcomeTable) {
    var rowsOfTask: [String: [Int]] = [:]
    var order: [String] = []
    for (row, name) in evalNames.enumerated() {
      let task = groups.task(of: name)
      if rowsOfTask[task] == nil { order.append(task) }
      rowsOfTask[task, default: []].append(row)
    }
    var training: [Int] = []
    var test: [Int] = []
    for task in order {
      let rows = rowsOfTask[task] ?? []
      let split = Split.make(
        sampleIDs: rows.map { sampleIDs[$0] }, fraction: trainingFraction, seed: seed,
        method: method, keepingTogether: Split.nearDuplicateKeys(of: rows.map { prompts[$0] }))
      training += split.training.map { rows[$0] }
      test += split.test.map { rows[$0] }
    }
    return (selecting(rows: training), selecting(rows: test))
  }
}
