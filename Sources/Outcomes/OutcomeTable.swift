public import CostQuality
public import Matrices

/// What every model answered to every prompt: one row a prompt, one column a model.
///
/// A missing cell is NaN in a grid and nil in a list of text; it is never 0. All row-wise members
/// have `count` entries, and all grids have `count` rows and `models.count` columns.
public struct OutcomeTable: Sendable {
  /// The models, in the order of the grids' columns.
  public let models: [ModelID]
  /// One identifier a row; rows of one table are distinct after duplicates are resolved.
  public let sampleIDs: [String]
  /// The task name of each row as the file has it, such as `mmlu-anatomy`.
  public let evalNames: [String]
  /// The prompt of each row as recorded, often a Python list literal; see `PromptText`.
  public let prompts: Texts
  /// Graded answers in [0, 1].
  public let quality: Grid
  /// US dollars a prompt, unless `costUnit` says otherwise.
  public let cost: Grid
  /// What costs are counted in.
  public let costUnit: CostUnit
  /// Recorded dollars, where `cost` counts something else.
  public let dollars: Grid?
  /// Seconds until the answer was complete, where the file has them.
  public let latency: Grid?
  /// The judge's or the model's own confidence, on the file's scale, where the file has it.
  public let confidence: Grid?
  /// Tokens read, where the file has them.
  public let inputTokens: Grid?
  /// Tokens written, where the file has them.
  public let outputTokens: Grid?
  /// The right answer of each row, where the file has it.
  public let trueLabels: [String?]?
  /// The models' answers, where they were asked for.
  public let responses: TextGrid?

  /// Makes a table of columns that already agree in size.
  ///
  /// - Precondition: Every member has one entry a row, and every grid one column a model.
  public init(
    models: [ModelID], sampleIDs: [String], evalNames: [String],
    prompts: some Collection<String>,
    quality: Grid, cost: Grid, dollars: Grid? = nil, latency: Grid? = nil, confidence: Grid? = nil,
    inputTokens: Grid? = nil, outputTokens: Grid? = nil, trueLabels: [String?]? = nil,
    responses: TextGrid? = nil, costUnit: CostUnit = .dollars
  ) {
    let count = sampleIDs.count
    precondition(
      evalNames.count == count && prompts.count == count,
      "A table of \(count) ids needs as many task names and prompts.")
    for grid in [quality, cost, dollars, latency, confidence, inputTokens, outputTokens] {
      guard let grid else { continue }
      precondition(
        grid.rows == count && grid.columns == models.count,
        "A grid of \(grid.rows) x \(grid.columns) is not \(count) rows x \(models.count) models.")
    }
    precondition(
      (trueLabels?.count ?? count) == count && (responses?.rows ?? count) == count
        && (responses?.columns ?? models.count) == models.count,
      "A table of \(count) ids needs as many labels and rows of responses, one a model.")
    self.models = models
    self.sampleIDs = sampleIDs
    self.evalNames = evalNames
    self.prompts = Texts(prompts)
    self.quality = quality
    self.cost = cost
    self.dollars = dollars
    self.latency = latency
    self.confidence = confidence
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.trueLabels = trueLabels
    self.responses = responses
    self.costUnit = costUnit
  }

  /// The number of rows.
  public var count: Int { sampleIDs.count }

  /// Whether any cell has a cost.
  public var hasCosts: Bool { cost.values.contains { !$0.isNaN } }

  /// The latencies, where every cell has one: what means over rows can be taken of.
  public var completeLatency: Grid? {
    latency.flatMap { $0.values.contains { $0.isNaN } ? nil : $0 }
  }

  /// The dollars beside another cost, where every cell has them.
  public var completeDollars: Grid? {
    dollars.flatMap { $0.values.contains { $0.isNaN } ? nil : $0 }
  }

  /// The position of a model among the columns.
  public func index(of model: ModelID) -> Int? { models.firstIndex(of: model) }

  /// A new table of the given rows, in the given order.
  public func selecting(rows: [Int]) -> OutcomeTable {
    OutcomeTable(
      models: models, sampleIDs: rows.map { sampleIDs[$0] }, evalNames: rows.map { evalNames[$0] },
      prompts: prompts.selecting(rows: rows), quality: quality.selecting(rows: rows),
      cost: cost.selecting(rows: rows), dollars: dollars?.selecting(rows: rows),
      latency: latency?.selecting(rows: rows),
      confidence: confidence?.selecting(rows: rows),
      inputTokens: inputTokens?.selecting(rows: rows),
      outputTokens: outputTokens?.selecting(rows: rows),
      trueLabels: trueLabels.map { labels in rows.map { labels[$0] } },
      responses: responses?.selecting(rows: rows), costUnit: costUnit)
  }

  /// A new table of the given models, in the given order.
  ///
  /// - Precondition: The table has every one of them.
  public func selecting(models chosen: [ModelID]) -> OutcomeTable {
    let columns = chosen.map { model in
      guard let column = index(of: model) else {
        preconditionFailure("The table has no model named \(model).")
      }
      return column
    }
    return OutcomeTable(
      models: chosen, sampleIDs: sampleIDs, evalNames: evalNames, prompts: prompts,
      quality: quality.selecting(columns: columns), cost: cost.selecting(columns: columns),
      dollars: dollars?.selecting(columns: columns),
      latency: latency?.selecting(columns: columns),
      confidence: confidence?.selecting(columns: columns),
      inputTokens: inputTokens?.selecting(columns: columns),
      outputTokens: outputTokens?.selecting(columns: columns), trueLabels: trueLabels,
      responses: responses?.selecting(columns: columns),
      costUnit: costUnit)
  }
}
