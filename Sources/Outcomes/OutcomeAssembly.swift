import Matrices

/// Makes a table of a file's columns: checks cells, gathers rows, resolves duplicates.
struct OutcomeAssembly {
  let file: String
  let options: ReadingOptions
  let raw: RawTable
  let schema: OutcomeSchema
  var diagnostics: Diagnostics

  /// What a sample takes its text from: rows of the file, the one that counts first.
  struct Sample {
    var id: String
    var evalName: String
    var prompt: String
    var trueLabel: String?
  }

  mutating func table() throws(OutcomesError) -> (OutcomeTable, DuplicateReport) {
    switch schema.shape {
    case .wide: wideTable()
    case .long: try longTable()
    }
  }

  // MARK: Wide form

  private mutating func wideTable() -> (OutcomeTable, DuplicateReport) {
    var samples: [Sample] = []
    var sources: [Int] = []
    var copies: [[Int]] = []
    var positions: [String: Int] = [:]
    positions.reserveCapacity(raw.count)
    var cells = Measurements(columns: schema.models)
    for row in 0..<raw.count {
      let sample = sample(at: row)
      for columns in schema.models { append(row, columns, to: &cells) }
      guard let sample else { continue }
      let position = samples.count
      samples.append(sample)
      sources.append(row)
      if let first = positions[sample.id] {
        copies[first].append(position)
      } else {
        positions[sample.id] = copies.count
        copies.append([position])
      }
    }
    let repeated = copies.filter { $0.count > 1 }
    let report = DuplicateReport(
      rule: options.duplicateRule, sampleIDs: repeated.map { samples[$0[0]].id },
      evalNames: repeated.map { samples[$0[0]].evalName },
      copiesOfSample: repeated.map(\.count))
    // Each sample's copies, the one that counts first.
    let ranked: [[Int]] = copies.compactMap { rows in
      switch options.duplicateRule {
      case .drop: rows.count > 1 ? nil : rows
      case .keepFirst: [rows[0]]
      case .mergeDuplicates: rows.reversed()
      }
    }
    let width = schema.models.count
    let grids = cells.grids(rows: ranked.count, columns: width) { sample, column in
      ranked[sample].map { sources[$0] * width + column }
    }
    let responses: [[String?]]? =
      options.includeResponses && schema.models.contains { $0.response != nil }
      ? ranked.map { rows in
        schema.models.map { columns in
          rows.lazy.compactMap { columns.response?.text(sources[$0]) }.first
        }
      } : nil
    let kept = ranked.map { rows in
      var sample = samples[rows[0]]
      sample.trueLabel = rows.lazy.compactMap { samples[$0].trueLabel }.first
      return sample
    }
    return (
      table(kept, models: schema.models.map { ModelID($0.name) }, grids, responses), report
    )
  }

  // MARK: Long form

  private mutating func longTable() throws(OutcomesError) -> (OutcomeTable, DuplicateReport) {
    let columns = schema.models[0]
    var samples: [Sample] = []
    var positions: [String: Int] = [:]
    var models: [String] = []
    var modelPositions: [String: Int] = [:]
    var cells = Measurements(columns: schema.models)
    var sampleOfRow: [Int] = []
    var modelOfRow: [Int] = []
    var conflicts: [Int: (row: Int, column: String)] = [:]
    for row in 0..<raw.count {
      append(row, columns, to: &cells)
      sampleOfRow.append(-1)
      modelOfRow.append(-1)
      guard let sample = sample(at: row) else { continue }
      guard let model = schema.model?.text(row), !model.isEmpty else {
        addMissingText(row, column: schema.model?.name ?? "model_name")
        continue
      }
      if let known = positions[sample.id] {
        if let column = samples[known].conflict(with: sample), conflicts[known] == nil {
          conflicts[known] = (row, column)
        }
        if samples[known].trueLabel == nil { samples[known].trueLabel = sample.trueLabel }
        sampleOfRow[row] = known
      } else {
        sampleOfRow[row] = samples.count
        positions[sample.id] = samples.count
        samples.append(sample)
      }
      if let known = modelPositions[model] {
        modelOfRow[row] = known
      } else {
        modelOfRow[row] = models.count
        modelPositions[model] = models.count
        models.append(model)
      }
    }
    // Hostile files have a new sample and a new model in every row: the grid would not fit.
    guard samples.count * models.count <= max(1 << 20, raw.count * 256) else {
      throw OutcomesError(
        "\(file) has \(raw.count) rows for \(samples.count) samples and \(models.count) models, so "
          + "nearly every cell would be missing; check the columns sample_id and model_name.")
    }
    let width = models.count
    var last = [Int](repeating: -1, count: samples.count * width)
    var earlier = [Int](repeating: -1, count: raw.count)
    var isRepeated = [Bool](repeating: false, count: samples.count)
    var copies = [Int](repeating: 0, count: samples.count)
    for row in 0..<raw.count where sampleOfRow[row] >= 0 {
      let sample = sampleOfRow[row]
      let cell = sample * width + modelOfRow[row]
      if last[cell] >= 0 {
        copies[sample] += earlier[last[cell]] < 0 ? 2 : 1
        isRepeated[sample] = true
        if options.duplicateRule == .mergeDuplicates, let later = peekSample(at: row) {
          samples[sample].prompt = later.prompt
          samples[sample].evalName = later.evalName
          samples[sample].trueLabel = later.trueLabel ?? samples[sample].trueLabel
        }
      }
      earlier[row] = last[cell]
      last[cell] = row
    }
    for (sample, conflict) in conflicts.sorted(by: { $0.key < $1.key }) where !isRepeated[sample] {
      add(
        .conflictingText, conflict.row, column: conflict.column,
        "The row disagrees with the sample's first row; the first one counts.")
    }
    let kept = samples.indices.filter { options.duplicateRule != .drop || !isRepeated[$0] }
    let repeated = samples.indices.filter { isRepeated[$0] }
    let report = DuplicateReport(
      rule: options.duplicateRule, sampleIDs: repeated.map { samples[$0].id },
      evalNames: repeated.map { samples[$0].evalName }, copiesOfSample: repeated.map { copies[$0] })
    let keepsFirst = options.duplicateRule == .keepFirst
    func rows(_ sample: Int, _ column: Int) -> [Int] {
      var rows: [Int] = []
      var row = last[kept[sample] * width + column]
      while row >= 0 {
        rows.append(row)
        row = earlier[row]
      }
      return keepsFirst ? rows.suffix(1) : rows
    }
    let grids = cells.grids(rows: kept.count, columns: width, sources: rows)
    let responses: [[String?]]? =
      options.includeResponses && columns.response != nil
      ? kept.indices.map { sample in
        (0..<width).map { column in
          rows(sample, column).lazy.compactMap { columns.response?.text($0) }.first
        }
      } : nil
    return (
      table(kept.map { samples[$0] }, models: models.map { ModelID($0) }, grids, responses), report
    )
  }

  // MARK: Both

  private func table(
    _ samples: [Sample], models: [ModelID], _ grids: Measurements.Grids, _ responses: [[String?]]?
  ) -> OutcomeTable {
    OutcomeTable(
      models: models, sampleIDs: samples.map(\.id), evalNames: samples.map(\.evalName),
      prompts: samples.map(\.prompt), quality: grids.quality, cost: grids.cost,
      latency: grids.latency, confidence: grids.confidence, inputTokens: grids.inputTokens,
      outputTokens: grids.outputTokens,
      trueLabels: schema.trueLabel == nil ? nil : samples.map(\.trueLabel), responses: responses)
  }

  /// The sample a row is about; a row that does not say is left out and noted.
  private mutating func sample(at row: Int) -> Sample? {
    if let sample = peekSample(at: row) { return sample }
    for column in [schema.sampleID, schema.evalName, schema.prompt] {
      if let column, (column.text(row) ?? "").isEmpty { addMissingText(row, column: column.name) }
    }
    return nil
  }

  private func peekSample(at row: Int) -> Sample? {
    let id =
      schema.sampleID.map { $0.text(row) ?? "" } ?? "row-\(raw.rowNumbers[row])"
    let evalName = schema.evalName.map { $0.text(row) ?? "" } ?? options.evalName ?? ""
    guard !id.isEmpty, !evalName.isEmpty, let prompt = schema.prompt.text(row), !prompt.isEmpty
    else { return nil }
    return Sample(
      id: id, evalName: evalName, prompt: prompt, trueLabel: schema.trueLabel?.text(row))
  }

  private mutating func append(
    _ row: Int, _ columns: OutcomeSchema.Columns, to cells: inout Measurements
  ) {
    cells.quality.append(checked(columns.quality, row, .qualityOutOfRange) ?? .nan)
    cells.cost.append(checked(columns.cost, row, .badCost) ?? .nan)
    cells.latency?.append(checked(columns.latency, row, .badMeasurement) ?? .nan)
    cells.confidence?.append(
      checked(columns.confidence, row, .badMeasurement, mayBeNegative: true) ?? .nan)
    cells.inputTokens?.append(checked(columns.inputTokens, row, .badMeasurement) ?? .nan)
    cells.outputTokens?.append(checked(columns.outputTokens, row, .badMeasurement) ?? .nan)
  }

  /// A number that its column may hold, or nil; a bad cell is noted and never mended.
  private mutating func checked(
    _ column: RawColumn?, _ row: Int, _ kind: Diagnostic.Kind, mayBeNegative: Bool = false
  ) -> Double? {
    guard let column else { return nil }
    switch column.number(row) {
    case .missing: return nil
    case .unreadable:
      let found = shortened(column.text(row) ?? "")
      add(
        .notANumber, row, column: column.name,
        "Found \"\(found)\" where a number is needed; the cell is missing.")
      return nil
    case .value(let value):
      let limit = kind == .qualityOutOfRange ? 1 : Double.greatestFiniteMagnitude
      if value <= limit, value >= 0 || (mayBeNegative && value.isFinite) { return value }
      let needed =
        kind == .qualityOutOfRange
        ? "a quality in [0, 1]" : mayBeNegative ? "a finite number" : "a finite number of 0 or more"
      add(
        kind, row, column: column.name, "Found \(value) where \(needed) is needed; it is missing.")
      return nil
    }
  }

  private func shortened(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(40).map {
      $0.properties.generalCategory == .control ? " " : Character($0)
    }
    return String(start) + (text.unicodeScalars.count > 40 ? "..." : "")
  }

  private mutating func addMissingText(_ row: Int, column: String) {
    add(.missingText, row, column: column, "The row has no \(column); the row is left out.")
  }

  private mutating func add(
    _ kind: Diagnostic.Kind, _ row: Int, column: String?, _ message: @autoclosure () -> String
  ) {
    diagnostics.add(
      kind,
      Diagnostic(
        file: file, row: raw.rowNumbers[row], line: raw.lines.isEmpty ? nil : raw.lines[row],
        column: column, kind: kind, message: message()))
  }
}

extension OutcomeAssembly.Sample {
  /// The first column in which two rows of one sample differ.
  func conflict(with other: Self) -> String? {
    if evalName != other.evalName { return "eval_name" }
    if prompt != other.prompt { return "prompt" }
    if let trueLabel, let label = other.trueLabel, trueLabel != label { return "true_label" }
    return nil
  }
}
