import Files
import Matrices
import Parallelism

/// Makes a table of a file's columns: checks cells, gathers rows, resolves duplicates.
struct OutcomeAssembly {
  let file: String
  let options: ReadingOptions
  let raw: RawTable
  let schema: OutcomeSchema
  var diagnostics: Diagnostics
  /// For each row of the table, the data rows of the file that it is from.
  private(set) var fileRows = FileRows(one: [])
  /// The cells of quality, cost and latency that cannot be used.
  var unusable: UnusableCells?
  var found: [FoundCell] = []
  var examples: [OutcomePart: [Diagnostic.Kind: Diagnostic]] = [:]
  private let threads: Threads

  init(
    file: String, options: ReadingOptions, raw: RawTable, schema: OutcomeSchema,
    threads: Threads, diagnostics: Diagnostics
  ) {
    self.file = file
    self.options = options
    self.raw = raw
    self.schema = schema
    self.threads = threads
    self.diagnostics = diagnostics
  }

  mutating func table() throws(OutcomesError) -> (OutcomeTable, DuplicateReport) {
    switch schema.shape {
    case .wide:
      try OutcomeLimits.requireFilled(schema.models, rows: raw.count, in: file)
      return wideTable()
    case .long: return try longTable()
    }
  }

  // MARK: Wide form

  private mutating func wideTable() -> (OutcomeTable, DuplicateReport) {
    let cells = Measurements(
      of: schema.models, rows: raw.count, scale: options.qualityScale, threads: threads)
    var odd = cells.oddRows[...]
    var samples: [SampleReader.Sample] = []
    samples.reserveCapacity(raw.count)
    var firsts: [String: Int] = [:]
    firsts.reserveCapacity(raw.count)
    // The positions of all samples that share an id with others, by the first one's.
    var copies: [Int: [Int]] = [:]
    var isCopy = [Bool](repeating: false, count: raw.count)
    for (row, sample) in samplesOfRows().enumerated() {
      if sample == nil { noteMissingText(row) }
      if odd.first == row {
        odd.removeFirst()
        if sample != nil || !isHeader(row) {
          for (model, columns) in schema.models.enumerated() { noteFaults(row, model, columns) }
        }
      }
      guard let sample else { continue }
      let position = samples.count
      samples.append(sample)
      guard let first = firsts.updateValue(position, forKey: sample.id) else { continue }
      firsts[sample.id] = first
      copies[first, default: [first]].append(position)
      isCopy[first] = true
      isCopy[position] = true
    }
    let repeated = copies.sorted { $0.key < $1.key }
    let report = DuplicateReport(
      rule: options.duplicateRule, sampleIDs: repeated.map { samples[$0.key].id },
      evalNames: repeated.map { samples[$0.key].evalName },
      copiesOfSample: repeated.map(\.value.count))
    var kept: [SampleReader.Sample] = []
    kept.reserveCapacity(samples.count)
    // For a row of the table, further rows of the file to complete it.
    var others: [Int: [Int]] = [:]
    for position in samples.indices {
      guard isCopy[position] else {
        kept.append(samples[position])
        continue
      }
      guard options.duplicateRule != .drop, let all = copies[position] else { continue }
      if options.duplicateRule == .keepFirst {
        kept.append(samples[position])
        continue
      }
      let ranked = all.reversed().map { samples[$0] }
      others[kept.count] = ranked.dropFirst().map(\.row)
      var sample = ranked[0]
      sample.trueLabel = ranked.lazy.compactMap(\.trueLabel).first
      kept.append(sample)
    }
    let rows = kept.map(\.row)
    fileRows = FileRows(one: rows.map { raw.rowNumbers[$0] - 1 })
    let columns = schema.models.map(\.response)
    let responses: TextGrid? =
      options.includeResponses && columns.contains { $0 != nil }
      ? TextGrid(
        rows: rows.count, columns: columns.count,
        cells: TextColumn(
          interleaving: columns.map { $0.map { texts(of: $0, rows, others) } }, rows: rows.count))
      : nil
    let table = table(
      kept, models: schema.models.map { ModelID($0.name) },
      cells.grids(rows: rows, others: others, width: columns.count), responses)
    var rowOfTable: [Int: Int] = [:]
    if !found.isEmpty {
      for (position, row) in rows.enumerated() {
        rowOfTable[row] = position
        for other in others[position] ?? [] { rowOfTable[other] = position }
      }
    }
    keepUnusable(of: table) { cell in rowOfTable[cell.row].map { ($0, cell.model) } }
    return (table, report)
  }

  /// A column's texts, each from its row or, where that has none, from the others.
  private func texts(of column: RawColumn, _ rows: [Int], _ others: [Int: [Int]]) -> TextColumn {
    if others.isEmpty { return column.texts(ofAscending: rows) }
    return column.texts(
      rows.enumerated().map { row, source in
        ([source] + (others[row] ?? [])).first { !column.isMissing($0) }
      })
  }

  // MARK: Long form

  private mutating func longTable() throws(OutcomesError) -> (OutcomeTable, DuplicateReport) {
    let columns = schema.models[0]
    var samples: [SampleReader.Sample] = []
    var positions: [String: Int] = [:]
    var models: [String] = []
    var modelPositions: [String: Int] = [:]
    let cells = Measurements(
      of: schema.models, rows: raw.count, scale: options.qualityScale, threads: threads)
    var odd = cells.oddRows[...]
    var sampleOfRow = [Int](repeating: -1, count: raw.count)
    var modelOfRow = sampleOfRow
    var conflicts: [Int: (row: Int, column: String)] = [:]
    let samplesOfRows = samplesOfRows()
    let modelNames = schema.model?.texts(in: 0..<raw.count)
    for row in 0..<raw.count {
      if odd.first == row {
        odd.removeFirst()
        if samplesOfRows[row] != nil || !isHeader(row) { noteFaults(row, 0, columns) }
      }
      guard let sample = samplesOfRows[row] else {
        noteMissingText(row)
        continue
      }
      guard let model = modelNames?[row], !model.isEmpty else {
        addMissingText(row, column: schema.model?.name ?? "model_name")
        continue
      }
      if let known = positions[sample.id] {
        if conflicts[known] == nil, let column = conflict(samples[known], sample) {
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
    try OutcomeLimits.requireFilled(
      samples: samples.count, models: models.count, rows: raw.count, in: file)
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
        if options.duplicateRule == .mergeDuplicates, let later = samplesOfRows[row] {
          samples[sample].row = later.row
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
    var rowsOfSample = [[Int]](repeating: [], count: samples.count)
    for row in 0..<raw.count where sampleOfRow[row] >= 0 {
      rowsOfSample[sampleOfRow[row]].append(raw.rowNumbers[row] - 1)
    }
    fileRows = FileRows(several: kept.map { rowsOfSample[$0] })
    let repeated = samples.indices.filter { isRepeated[$0] }
    let report = DuplicateReport(
      rule: options.duplicateRule, sampleIDs: repeated.map { samples[$0].id },
      evalNames: repeated.map { samples[$0].evalName }, copiesOfSample: repeated.map { copies[$0] })
    let keepsFirst = options.duplicateRule == .keepFirst
    func sources(_ sample: Int, _ column: Int) -> CellSources {
      CellSources(
        last: last[kept[sample] * width + column], earlier: earlier, isFirstOnly: keepsFirst)
    }
    let grids = cells.grids(rows: kept.count, columns: width, sources: sources)
    var responses: TextGrid?
    if options.includeResponses, let column = columns.response {
      let texts = column.texts(
        (0..<(kept.count * width)).map { cell in
          sources(cell / width, cell % width).first { !column.isMissing($0) }
        })
      responses = TextGrid(rows: kept.count, columns: width, cells: texts)
    }
    let table = table(
      kept.map { samples[$0] }, models: models.map { ModelID($0) }, grids, responses)
    var rowOfSample = [Int](repeating: -1, count: found.isEmpty ? 0 : samples.count)
    if !found.isEmpty {
      for (position, sample) in kept.enumerated() { rowOfSample[sample] = position }
    }
    keepUnusable(of: table) { cell in
      let sample = sampleOfRow[cell.row]
      guard sample >= 0, rowOfSample[sample] >= 0 else { return nil }
      return (rowOfSample[sample], modelOfRow[cell.row])
    }
    return (table, report)
  }

  // MARK: Both

  private func table(
    _ samples: [SampleReader.Sample], models: [ModelID], _ grids: Measurements.Grids,
    _ responses: TextGrid?
  ) -> OutcomeTable {
    OutcomeTable(
      models: models, sampleIDs: samples.map(\.id), evalNames: samples.map(\.evalName),
      prompts: Texts(column: schema.prompt.texts(samples.map { $0.row })), quality: grids.quality,
      cost: grids.cost,
      latency: grids.latency, confidence: grids.confidence, inputTokens: grids.inputTokens,
      outputTokens: grids.outputTokens,
      trueLabels: schema.trueLabel == nil ? nil : samples.map(\.trueLabel), responses: responses)
  }

  /// The sample that each row is about; nil where it does not say.
  private func samplesOfRows() -> [SampleReader.Sample?] {
    SampleReader(raw: raw, schema: schema, evalName: options.evalName).samples(threads: threads)
  }

  /// The first column in which two rows of one sample differ.
  private func conflict(
    _ first: SampleReader.Sample, _ later: SampleReader.Sample
  ) -> String? {
    if first.evalName != later.evalName { return "eval_name" }
    if !schema.prompt.isSpelledAlike(first.row, later.row),
      schema.prompt.text(first.row) != schema.prompt.text(later.row)
    {
      return "prompt"
    }
    if let label = first.trueLabel, let other = later.trueLabel, label != other {
      return "true_label"
    }
    return nil
  }
}
