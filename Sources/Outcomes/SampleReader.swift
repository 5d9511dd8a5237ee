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

  init(raw: RawTable, schema: OutcomeSchema, evalName: String?) {
    rowNumbers = raw.rowNumbers
    self.schema = schema
    self.evalName = evalName ?? ""
  }

  /// The samples of all rows in order; nil where a row does not say.
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

  /// Whether a row is the header once more, as where files with headers were joined.
  func repeatsHeader(_ id: String, _ evalName: String) -> Bool {
    // A file that was joined to another one keeps its byte order mark.
    let id = id.first == "\u{FEFF}" ? String(id.dropFirst()) : id
    return id == schema.sampleID?.name && evalName == schema.evalName?.name
  }

  private func sample(_ row: Int, id: String?, _ name: String) -> Sample? {
    let id = id ?? "row-\(rowNumbers[row])"
    let evalName = schema.evalName == nil ? evalName : name
    if id.isEmpty || evalName.isEmpty || schema.prompt.isEmpty(row) { return nil }
    if repeatsHeader(id, evalName) { return nil }
    return Sample(id: id, evalName: evalName, row: row, trueLabel: schema.trueLabel?.text(row))
  }
}
