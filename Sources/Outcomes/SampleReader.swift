import Parallelism

/// Reads which sample each row of a file is about.
struct SampleReader: Sendable {
  /// What a row says of its sample, but for the prompt, which stays in the row.
  struct Sample: Sendable {
    var id: String
    var evalName: String
    /// The row that the prompt is taken from.
    var row: Int
    var trueLabel: String?
  }

  private let rowNumbers: [Int]
  private let schema: OutcomeSchema
  /// The name of all rows' evaluation, where no column has it.
  private let evalName: String
  private var ids: RepeatedText
  private var evalNames: RepeatedText

  init(raw: RawTable, schema: OutcomeSchema, evalName: String?) {
    rowNumbers = raw.rowNumbers
    self.schema = schema
    self.evalName = evalName ?? ""
    ids = RepeatedText(schema.sampleID)
    evalNames = RepeatedText(schema.evalName)
  }

  /// The sample of a row; nil where the row does not say.
  mutating func sample(at row: Int) -> Sample? {
    sample(row, id: schema.sampleID.map { _ in ids.text(row) }, evalNames.text(row))
  }

  private func sample(_ row: Int, id: String?, _ name: String) -> Sample? {
    let id = id ?? "row-\(rowNumbers[row])"
    let evalName = schema.evalName == nil ? evalName : name
    if id.isEmpty || evalName.isEmpty || schema.prompt.isEmpty(row) { return nil }
    return Sample(id: id, evalName: evalName, row: row, trueLabel: schema.trueLabel?.text(row))
  }

  /// The samples of all rows in order.
  func samples(threads: Threads) -> [Sample?] {
    let (rows, slice) = (rowNumbers.count, 4096)
    return threads.map(count: (rows + slice - 1) / slice) { part in
      let part = part * slice..<min(rows, (part + 1) * slice)
      let (ids, names) = (schema.sampleID?.texts(in: part), schema.evalName?.texts(in: part))
      return part.enumerated().map { index, row in
        sample(row, id: ids.map { $0[index] ?? "" }, names?[index] ?? "")
      }
    }.flatMap(\.self)
  }
}

/// A column whose texts are often those of the row before, such as task names: decoded once a run.
struct RepeatedText {
  private let column: RawColumn?
  private var last: (row: Int, text: String)?

  init(_ column: RawColumn?) { self.column = column }

  /// The text of a row, empty where it is missing.
  mutating func text(_ row: Int) -> String {
    guard let column else { return "" }
    if let last, column.isSpelledAlike(last.row, row) { return last.text }
    let text = column.text(row) ?? ""
    last = (row, text)
    return text
  }
}
