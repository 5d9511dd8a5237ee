import Outcomes

/// Checks the rows of a predictions file one by one; the first fault is told, with its count.
struct PredictionReader {
  /// A row that is in order.
  struct Row {
    let seed: UInt64?
    let id: String
    let model: Int
    let parameter: Double?
    let score: Double
    let cost: Double
  }

  private enum Fault: Hashable {
    case missingText, unknownID, unknownModel, otherModel, badSeed, badNumber(String), repeated
  }

  /// What makes a row the same as another.
  private struct Place: Hashable {
    let seed: UInt64?
    let id: String
    let parameter: Double?
    let model: Int?
  }

  let file: RecordFile
  let path: String
  let known: KnownPrompts
  let modelColumn: String
  let hasSeeds: Bool
  let isEstimates: Bool
  private var faults: [Fault: (row: Int, sentence: String, count: Int)] = [:]

  init(
    file: RecordFile, path: String, known: KnownPrompts, modelColumn: String, hasSeeds: Bool,
    isEstimates: Bool
  ) {
    self.file = file
    self.path = path
    self.known = known
    self.modelColumn = modelColumn
    self.hasSeeds = hasSeeds
    self.isEstimates = isEstimates
  }

  /// The fault that is met first, with the count of its kind.
  var firstFault: ForeignRouterError? {
    guard let first = faults.values.min(by: { $0.row < $1.row }) else { return nil }
    return .row(first.row, of: path, first.sentence, count: first.count)
  }

  /// The rows that are in order.
  mutating func rows() -> [Row] {
    let places = Dictionary(
      uniqueKeysWithValues: known.models.enumerated().map { ($1.name, $0) })
    var seen: [Place: Int] = [:]
    seen.reserveCapacity(file.records.count)
    var rows: [Row] = []
    for record in file.records {
      guard let row = read(record, places) else { continue }
      let place = Place(
        seed: row.seed, id: row.id, parameter: row.parameter, model: isEstimates ? row.model : nil)
      if let earlier = seen[place] {
        add(
          .repeated, record,
          "the sample '\(row.id)' was predicted in row \(earlier) already"
            + (row.parameter == nil && !isEstimates
              ? " (a sweep needs a column parameter)" : ""))
        continue
      }
      seen[place] = record.row
      rows.append(row)
    }
    return rows
  }

  private mutating func read(_ record: RecordFile.Record, _ places: [String: Int]) -> Row? {
    guard let id = file.text(record, "sample_id"), !id.isEmpty else {
      return add(.missingText, record, "sample_id is missing")
    }
    guard let name = file.text(record, modelColumn), !name.isEmpty else {
      return add(.missingText, record, "\(modelColumn) is missing")
    }
    guard known.sampleIDs.contains(id) else {
      // A cell may hold a whole list, where a table was written the wrong way round.
      let short = id.count > 80 ? id.prefix(79) + "…" : id
      return add(.unknownID, record, "\(known.data) has no sample_id '\(short)'")
    }
    var seed: UInt64?
    if hasSeeds {
      seed = file.text(record, "seed").flatMap { UInt64($0) }
      if seed == nil {
        return add(
          .badSeed, record,
          "found '\(file.text(record, "seed") ?? "")' where a split's seed is needed")
      }
    }
    guard let model = places[name] else {
      guard known.allModels.contains(name) else {
        return add(
          .unknownModel, record,
          "\(known.data) has no model '\(name)' (it has \(listed(known.models.map(\.name))))")
      }
      // Scores of models that are not compared say nothing here; a choice of one cannot be replayed.
      if isEstimates { return nil }
      return add(
        .otherModel, record, "the model '\(name)' is not compared here; choose it with --models")
    }
    var parameter: Double?
    if file.columns.contains("parameter") {
      guard let value = number("parameter", record, needed: "a finite number") else { return nil }
      parameter = value == 0 ? 0 : value
    }
    var score = Double.nan
    var cost = Double.nan
    if isEstimates {
      guard let value = number("score", record, needed: "a finite number") else { return nil }
      score = value
      if file.columns.contains("cost") {
        guard
          let dollars = number(
            "cost", record, needed: "a finite number of 0 or more", isValid: { $0 >= 0 })
        else { return nil }
        cost = dollars
      }
    }
    return Row(seed: seed, id: id, model: model, parameter: parameter, score: score, cost: cost)
  }

  private mutating func number(
    _ column: String, _ record: RecordFile.Record, needed: String,
    isValid: (Double) -> Bool = { _ in true }
  ) -> Double? {
    if case .value(let value) = file.number(record, column), value.isFinite, isValid(value) {
      return value
    }
    let found = file.text(record, column).map { "found '\($0.prefix(40))' in" } ?? "nothing is in"
    add(.badNumber(column), record, "\(found) the column \(column), where \(needed) is needed")
    return nil
  }

  @discardableResult
  private mutating func add(
    _ fault: Fault, _ record: RecordFile.Record, _ sentence: String
  ) -> Row? {
    if let first = faults[fault] {
      faults[fault] = (first.row, first.sentence, first.count + 1)
    } else {
      faults[fault] = (record.row, sentence, 1)
    }
    return nil
  }
}
