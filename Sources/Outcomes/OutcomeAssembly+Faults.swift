/// What is wrong with rows and cells: each fault is noted where it is, and the row or cell is missing.
extension OutcomeAssembly {
  /// A cell that cannot be used, by its row in the file and its model in the schema.
  struct FoundCell {
    let row: Int
    let model: Int
    let part: OutcomePart
    let kind: Diagnostic.Kind
    let value: Double
  }

  /// Whether a row is the header once more.
  func isHeader(_ row: Int) -> Bool {
    guard let id = schema.sampleID, let evalName = schema.evalName else { return false }
    let text = id.text(row)
    return (text == id.name || text == "\u{FEFF}" + id.name)
      && evalName.text(row) == evalName.name
  }

  /// Notes what keeps a row from saying which sample it is about; the row is left out.
  mutating func noteMissingText(_ row: Int) {
    if isHeader(row) {
      add(
        .malformedRow, row, column: nil,
        "The row is the header once more, as where files were joined; the row is left out.")
      return
    }
    for column in [schema.sampleID, schema.evalName, schema.prompt] {
      if let column, column.isEmpty(row) { addMissingText(row, column: column.name) }
    }
  }

  /// Keeps the cells that cannot be used, by their places in the table.
  mutating func keepUnusable(
    of table: OutcomeTable, place: (FoundCell) -> (row: Int, model: Int)?
  ) {
    unusable = UnusableCells(
      cells: found.compactMap { cell in
        place(cell).map {
          UnusableCells.Cell(
            row: $0.row, model: $0.model, part: cell.part, kind: cell.kind, value: cell.value)
        }
      }, examples: examples, of: table, scale: options.qualityScale)
    found = []
  }

  /// Notes the cells of a row that hold no number, or one that their column may not hold.
  mutating func noteFaults(_ row: Int, _ model: Int, _ columns: OutcomeSchema.Columns) {
    func note(
      _ column: RawColumn?, _ part: OutcomePart, _ kind: Diagnostic.Kind,
      _ bounds: ClosedRange<Double>
    ) {
      guard let (kind, value) = check(column, row, kind, bounds) else { return }
      found.append(FoundCell(row: row, model: model, part: part, kind: kind, value: value))
      if examples[part]?[kind] == nil {
        examples[part, default: [:]][kind] = diagnostics.entries.last { $0.kind == kind }
      }
    }
    note(columns.quality, .quality, .qualityOutOfRange, options.qualityScale)
    note(columns.cost, .cost, .badCost, Measurements.amount)
    note(columns.latency, .latency, .badMeasurement, Measurements.amount)
    check(columns.confidence, row, .badMeasurement, Measurements.finite)
    check(columns.inputTokens, row, .badMeasurement, Measurements.amount)
    check(columns.outputTokens, row, .badMeasurement, Measurements.amount)
  }

  /// Notes a bad cell; it is missing, and never mended.
  ///
  /// - Returns: What is wrong with it, and its number; `nil` if nothing is.
  @discardableResult
  private mutating func check(
    _ column: RawColumn?, _ row: Int, _ kind: Diagnostic.Kind, _ bounds: ClosedRange<Double>
  ) -> (Diagnostic.Kind, Double)? {
    guard let column else { return nil }
    switch column.number(row) {
    case .missing: break
    case .unreadable:
      let found = shortened(column.text(row) ?? "")
      add(
        .notANumber, row, column: column.name,
        "Found \"\(found)\" where a number is needed; the cell is missing."
          + (numberAdvice(found).map { " \($0)" } ?? ""))
      return (.notANumber, .nan)
    case .value(let value)
    where kind == .badCost && value > 0 && value < Measurements.leastAmount:
      add(
        kind, row, column: column.name,
        "Found \(value) where 0 or at least \(Measurements.leastAmount) is needed; it is missing.")
      return (kind, value)
    case .value(let value) where !bounds.contains(value):
      let needed =
        kind == .qualityOutOfRange
        ? "a quality in \(UnusableCells.interval(bounds))"
        : bounds == Measurements.finite ? "a finite number" : "a number from 0 to 1e15"
      add(
        kind, row, column: column.name, "Found \(value) where \(needed) is needed; it is missing.")
      return (kind, value)
    case .value: break
    }
    return nil
  }

  private func shortened(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(40).map {
      $0.properties.generalCategory == .control ? " " : Character($0)
    }
    return String(start) + (text.unicodeScalars.count > 40 ? "..." : "")
  }

  mutating func addMissingText(_ row: Int, column: String) {
    add(.missingText, row, column: column, "The row has no \(column); the row is left out.")
  }

  mutating func add(
    _ kind: Diagnostic.Kind, _ row: Int, column: String?, _ message: @autoclosure () -> String
  ) {
    diagnostics.add(
      kind,
      Diagnostic(
        file: file, row: raw.rowNumbers[row], line: raw.lines?[row],
        column: column, kind: kind, message: message()))
  }
}
