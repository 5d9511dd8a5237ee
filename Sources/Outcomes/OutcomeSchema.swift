/// Which column of a file means what.
struct OutcomeSchema {
  var shape: OutcomeShape
  var sampleID: RawColumn?
  var evalName: RawColumn?
  var prompt: RawColumn
  var trueLabel: RawColumn?
  /// The column of model names, in long form.
  var model: RawColumn?
  /// The columns of each model; in long form, one entry that all models share.
  var models: [Columns]

  /// The columns of one model.
  struct Columns {
    var name: String
    var quality: RawColumn
    var cost: RawColumn?
    var latency: RawColumn?
    var confidence: RawColumn?
    var inputTokens: RawColumn?
    var outputTokens: RawColumn?
    var response: RawColumn?
  }

  static let textNames = ["sample_id", "eval_name", "prompt", "true_label"] + modelNames
  static let qualityNames = ["performance", "quality"]
  static let modelNames = ["model_name", "model"]
  static let costNames = ["cost", "total_cost"]
  /// Columns of long form, which are no models where wide form has them.
  static let measurementNames = [
    "latency_seconds", "confidence", "input_tokens", "output_tokens", "model_response",
  ]
  static let oracle = "oracle_model_to_route_to"

  init(
    of raw: RawTable, file: String, options: ReadingOptions, into diagnostics: inout Diagnostics
  ) throws(OutcomesError) {
    try Self.refuseUnread(of: raw, file: file, into: &diagnostics)
    let modelColumn = raw.column(Self.modelNames)
    let isLong = modelColumn != nil && raw.column(Self.qualityNames) != nil
    guard !raw.columns.isEmpty else {
      throw OutcomesError(
        "\(file) has no rows of outcomes; needed are the columns sample_id, eval_name, prompt and "
          + "one a model.")
    }
    sampleID = raw.column("sample_id")
    evalName = raw.column("eval_name")
    trueLabel = raw.column("true_label")
    var missing: [String] = []
    if sampleID == nil, !options.generatesSampleIDs { missing.append("sample_id") }
    if evalName == nil, options.evalName == nil { missing.append("eval_name") }
    let promptColumn = raw.column("prompt")
    if promptColumn == nil { missing.append("prompt") }
    guard missing.isEmpty, let promptColumn else {
      throw OutcomesError.missingColumns(missing, file: file, found: raw.names, isLong: isLong)
    }
    prompt = promptColumn
    if modelColumn == nil, let quality = raw.column(Self.qualityNames) {
      throw OutcomesError(
        "\(file) has the column \(quality.name) and no column model_name to say whose it is; add "
          + "it, or name a quality column after each model.")
    }
    shape = isLong ? .long : .wide
    models = []
    for (column, filled) in [
      ("sample_id", sampleID == nil ? "row numbers" : nil),
      ("eval_name", evalName == nil ? options.evalName : nil),
    ] {
      guard let filled else { continue }
      diagnostics.add(
        .filledIn,
        Diagnostic(
          file: file, row: nil, line: nil, column: column, kind: .filledIn,
          message: "The file has no such column; it was filled with \(filled)."))
    }
    if isLong, let modelColumn, let quality = raw.column(Self.qualityNames) {
      guard sampleID != nil else {
        throw OutcomesError(
          "\(file) is in long form and has no column sample_id, by which its rows are gathered; add "
            + "it: row numbers (--number-rows) are no help where a prompt has several rows.")
      }
      model = modelColumn
      models = [
        Columns(
          name: "", quality: quality, cost: raw.column(Self.costNames),
          latency: raw.column("latency_seconds"), confidence: raw.column("confidence"),
          inputTokens: raw.column("input_tokens"), outputTokens: raw.column("output_tokens"),
          response: raw.column("model_response"))
      ]
    } else {
      models = try Self.wideModels(
        of: raw, file: file, scale: options.qualityScale, into: &diagnostics)
    }
  }

  /// The models of a wide file, in column order.
  ///
  /// Where any column is named `<model>|...`, the models are the names before the bar. Otherwise
  /// they are the columns of numbers in [0, 1], or of truth values.
  private static func wideModels(
    of raw: RawTable, file: String, scale: ClosedRange<Double>,
    into diagnostics: inout Diagnostics
  ) throws(OutcomesError) -> [Columns] {
    let byName = Dictionary(
      raw.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let reserved = Set(
      ["sample_id", "eval_name", "prompt", "true_label", oracle]
        + costNames + measurementNames + modelNames)
    var owners: Set<String> = []
    // Columns of answers tell models also where the answers are not wanted.
    for name in raw.names {
      if let (model, _) = parts(of: name) { owners.insert(model) }
    }
    var models: [Columns] = []
    var advice: String?
    var others: [(name: String, range: ClosedRange<Double>)] = []
    func note(_ kind: Diagnostic.Kind, _ column: String, _ message: String) {
      diagnostics.add(
        kind,
        Diagnostic(
          file: file, row: nil, line: nil, column: column, kind: kind, message: message))
    }
    for column in raw.columns where !reserved.contains(column.name) {
      if let (model, _) = parts(of: column.name) {
        if byName[model] == nil {
          note(
            .unknownModel, column.name,
            "There is no quality column \(model) beside this one; the column is left out.")
        }
        continue
      }
      // For people, and of no use here.
      if let (model, _) = parts(of: column.name, among: OutcomeExtra.knownNames),
        owners.contains(model)
      {
        continue
      }
      if !owners.contains(column.name) {
        if column.name.hasSuffix("_response"), byName[String(column.name.dropLast(9))] != nil {
          note(.ignoredColumn, column.name, "The column holds answers under another name; ignored.")
          continue
        }
        switch content(of: column, rows: raw.count, scale: scale) {
        case .text:
          if owners.isEmpty, let found = spelledNumber(in: column, rows: raw.count) {
            advice = advice ?? " The column \(column.name) holds \"\(found.text)\". \(found.advice)"
            note(
              .unknownColumn, column.name,
              "The column holds \"\(found.text)\" where a number is needed; it is left out. "
                + found.advice)
            continue
          }
          note(.ignoredColumn, column.name, "The column holds text of no known use; it is ignored.")
          continue
        case .empty:
          note(.ignoredColumn, column.name, "The column is empty; it is ignored.")
          continue
        case .otherNumbers(let range):
          others.append((column.name, range))
          note(
            .unknownColumn, column.name,
            "The column holds numbers that are no qualities; it is left out.")
          continue
        case .qualities where !owners.isEmpty:
          note(
            .unknownColumn, column.name,
            "The column has no \(column.name)|total_cost as the models have; it is left out.")
          continue
        case .qualities: break
        }
      }
      func measured(_ suffix: String) -> RawColumn? { byName["\(column.name)|\(suffix)"] }
      models.append(
        Columns(
          name: column.name, quality: column, cost: measured("total_cost"),
          latency: measured("latency_seconds"), confidence: measured("confidence"),
          inputTokens: measured("input_tokens"), outputTokens: measured("output_tokens"),
          response: measured("model_response")))
    }
    guard !models.isEmpty else {
      if raw.rowsInFile == 0 { throw OutcomesError.noRows(file) }
      throw OutcomesError(
        "\(file) has no column of qualities; needed is one column a model (wide form), or "
          + "model_name and performance (long form)."
          + (advice ?? Self.scaleAdvice(others, scale) ?? Self.wordAdvice(raw, reserved) ?? ""))
    }
    return models
  }

  /// A model and what a column says of it, for names such as `gpt-4|total_cost`.
  private static func parts(
    of name: String,
    among known: [String] = [
      "model_response", "total_cost", "latency_seconds", "input_tokens", "output_tokens",
      "confidence",
    ]
  ) -> (model: String, suffix: String)? {
    guard let bar = name.lastIndex(of: "|") else { return nil }
    let suffix = String(name[name.index(after: bar)...])
    return known.contains(suffix) ? (String(name[..<bar]), suffix) : nil
  }

  /// The first cell, if it is a number to people only, and how to write it.
  private static func spelledNumber(
    in column: RawColumn, rows: Int
  ) -> (text: String, advice: String)? {
    var first: Int?
    column.forEachCandidate(of: rows) { row in
      if !column.isEmpty(row) { first = row }
      return first == nil
    }
    guard let row = first, let text = column.text(row) else { return nil }
    // A column of words may be of any use.
    if verdictAdvice(text) != nil { return nil }
    return numberAdvice(text).map { (text, $0) }
  }

  /// What to do about columns of numbers on another scale, where no column is on the one that is needed.
  private static func scaleAdvice(
    _ columns: [(name: String, range: ClosedRange<Double>)], _ scale: ClosedRange<Double>
  ) -> String? {
    guard let first = columns.first else { return nil }
    let range = columns.dropFirst().reduce(first.range) { range, column in
      min(
        range.lowerBound, column.range.lowerBound)...max(range.upperBound, column.range.upperBound)
    }
    let names = columns.prefix(3).map(\.name).joined(separator: ", ")
    return
      " The column\(columns.count == 1 ? "" : "s") \(names)\(columns.count > 3 ? ", ..." : "") "
      + "hold\(columns.count == 1 ? "s" : "") numbers from \(UnusableCells.spelled(range.lowerBound)) "
      + "to \(UnusableCells.spelled(range.upperBound)), and qualities were looked for from "
      + "\(UnusableCells.spelled(scale.lowerBound)) to \(UnusableCells.spelled(scale.upperBound)). "
      + UnusableCells.scaleAdvice(range)
  }

  /// What to do about a column of words such as "correct", where no column holds numbers.
  private static func wordAdvice(_ raw: RawTable, _ reserved: Set<String>) -> String? {
    for column in raw.columns where !reserved.contains(column.name) {
      guard let row = (0..<raw.count).first(where: { !column.isEmpty($0) }),
        let text = column.text(row), let advice = verdictAdvice(text)
      else { continue }
      return " The column \(column.name) holds \"\(text.prefix(40))\". \(advice)"
    }
    return nil
  }

  private enum Content {
    case empty, text, qualities
    case otherNumbers(ClosedRange<Double>)
  }

  /// What most cells of a column are; single bad cells are faults, not another kind of column.
  private static func content(
    of column: RawColumn, rows: Int, scale: ClosedRange<Double>
  ) -> Content {
    var present = 0
    var numbers = 0
    var qualities = 0
    var (least, greatest) = (Double.infinity, -Double.infinity)
    column.forEachCandidate(of: rows) { row in
      switch column.number(row) {
      case .missing: break
      case .unreadable: present += 1
      case .value(let value):
        present += 1
        numbers += 1
        if scale.contains(value) { qualities += 1 }
        if value.isFinite { (least, greatest) = (min(least, value), max(greatest, value)) }
      }
      return true
    }
    if present == 0 { return .empty }
    if numbers * 2 < present { return .text }
    if qualities * 2 >= numbers { return .qualities }
    return .otherNumbers(least <= greatest ? least...greatest : 0...0)
  }
}

extension ReadingOptions {
  /// Whether a column is worth decoding.
  func wants(_ column: String) -> Bool {
    if column == OutcomeSchema.oracle { return false }
    if includeResponses { return true }
    return column != "model_response" && !column.hasSuffix("|model_response")
  }
}
