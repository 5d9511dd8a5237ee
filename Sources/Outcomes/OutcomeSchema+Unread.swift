import Pickle

extension OutcomeSchema {
  /// The columns of text that count.
  func texts(withResponses: Bool) -> [RawColumn] {
    [prompt, sampleID, evalName, model, trueLabel].compactMap(\.self)
      + (withResponses ? models.compactMap(\.response) : [])
  }

  /// Passes over columns whose cells are neither text nor numbers, and refuses the file if one of them
  /// is needed.
  static func refuseUnread(
    of raw: RawTable, file: String, into diagnostics: inout Diagnostics
  ) throws(OutcomesError) {
    guard !raw.unread.isEmpty else { return }
    let names = Set(raw.names)
    let isLong =
      modelNames.contains(where: names.contains)
      && qualityNames.contains(where: names.contains)
    let always = ["sample_id", "eval_name", "prompt"]
    let needed = Set(isLong ? always + modelNames + qualityNames + costNames : always)
    for column in raw.unread {
      let isCost = !isLong && column.name.hasSuffix("|total_cost")
      let isQuality =
        !isLong
        && ["model_response", "total_cost"].contains { names.contains("\(column.name)|\($0)") }
      if needed.contains(column.name) || isCost || isQuality {
        throw OutcomesError("\(file) could not be read. \(column.description)")
      }
      diagnostics.add(
        .ignoredColumn,
        Diagnostic(
          file: file, row: nil, line: nil, column: column.name, kind: .ignoredColumn,
          message: "\(column.found); the column is ignored."))
    }
  }
}
