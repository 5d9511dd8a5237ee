import Evaluation
import Foundation
import Matrices
import Outcomes
import Parallelism
import StandIn

/// Outcomes as an evaluation compares them, with an account of everything that was left out.
struct PreparedOutcomes {
  /// Complete rows of the chosen tasks and models.
  let table: OutcomeTable
  /// The rows of the chosen tasks before incomplete ones were left out: features made elsewhere
  /// have one row for each.
  let idsBeforeOmissions: [String]
  /// The data rows of the file that each of its prompts is from; nil for made outcomes.
  private let fileRows: (ids: [String], rows: FileRows)?
  /// Every id of the data, whether it is compared or not.
  let allSampleIDs: Set<String>
  /// Every model of the data, whether it is compared or not.
  let allModels: Set<String>
  let groups: TaskGroups
  let summary: DataSummary
  /// What `--strict` refuses: every fault, and whatever is left out, with counts.
  let objections: [String]
  /// What must stand in every output.
  let notices: [String]

  /// Reads, chooses and completes.
  ///
  /// - Parameter place: Where the file is now, if not where the settings say.
  init(
    _ settings: EvaluationSettings, at place: String? = nil, threads: Threads, console: Console
  ) throws {
    groups = try settings.readGroups()
    var omissions: [DataSummary.Omission] = []
    let whole: OutcomeTable
    let file: String
    let sha256: String
    let faults: [String]
    let rows: Int
    var repeated: [String] = []
    var fileRows: (ids: [String], rows: FileRows)?
    var faultCounts: [String] = []
    var unusable: UnusableCells?
    let made: [String]
    switch settings.source {
    case .file(let path):
      let reading = try OutcomeReading.read(
        place ?? path, options: settings.readingOptions)
      whole = reading.table
      rows = reading.rowsRead
      file = URL(fileURLWithPath: path).lastPathComponent
      sha256 = try reading.sha256()
      faults = reading.diagnostics.summary
      unusable = reading.unusable
      fileRows = (whole.sampleIDs, reading.fileRows)
      faultCounts = Diagnostic.Kind.allCases.filter(\.isFault).compactMap { kind in
        reading.diagnostics.counts[kind].map { "\($0) \(kind.rawValue)" }
      }
      repeated = reading.duplicates.sampleIDs
      made = []
      omissions += Self.omissions(
        reading.duplicates, groups: groups,
        of: try settings.chosenTasks(of: whole, groups: groups, file: file))
      for sentence in reading.diagnostics.warnings { console.warn(sentence) }
      if rows == 0 { throw OutcomesError.noRows(file) }
      if let sentence = reading.duplicates.refusal(of: whole, file: file) {
        throw CommandError(sentence)
      }
      if whole.count == 0, !faults.isEmpty {
        throw CommandError(
          "None of the \(rows.counted("row")) of \(file) can be used: \(faults[0]) See 'routerbench inspect'."
        )
      }
    case .standIn(let prompts, let seed):
      whole = SyntheticOutcomes(prompts: prompts, seed: seed).table(threads: threads)
      rows = whole.count
      file = "synthetic stand-in"
      sha256 = ""
      faults = []
      made = [SyntheticOutcomes.notice]
    case .retrievalStandIn(let prompts, let seed):
      whole = SyntheticRetrieval(prompts: prompts, seed: seed).table()
      rows = whole.count
      file = "synthetic retrieval stand-in"
      sha256 = ""
      faults = []
      made = [SyntheticRetrieval.notice]
    }
    var chosen = try settings.choose(from: whole, groups: groups, file: file)
    chosen = try settings.axis.apply(to: chosen, file: file)
    if let sentence = unusable?.refusal(of: chosen, groups: groups, file: file) {
      throw CommandError(sentence)
    }
    allSampleIDs = Set(whole.sampleIDs + repeated)
    allModels = Set(whole.models.map(\.name))
    idsBeforeOmissions = chosen.sampleIDs
    self.fileRows = fileRows
    var needs = RouterList.needs(settings.routers)
    if settings.maxLatency != nil {
      guard chosen.has(.latency) else {
        throw CommandError(
          "\(file) has no latencies; --max-latency needs a column latency_seconds for each model.")
      }
      needs.insert(.latency)
    }
    if settings.maxCost != nil {
      guard chosen.has(.dollars) else {
        throw CommandError(
          "\(file) has no costs; --max-cost needs a column total_cost for each model.")
      }
      needs.insert(.dollars)
    }
    for part in OutcomePart.allCases where needs.contains(part) && !chosen.has(part) {
      throw CommandError(
        "\(file) has no \(part.rawValue) of any answer, by which a judge among the routers judges; "
          + "leave that router out, or give a file that has it.")
    }
    let (complete, exclusions) = chosen.completeCases(groups: groups, alsoNeeding: needs)
    omissions += Self.omissions(exclusions, models: chosen.models)
    guard complete.models.count >= 2 else {
      throw CommandError("\(file) has one model only; routing needs at least two.")
    }
    guard complete.count > 0 || chosen.has(.cost) else {
      let best = Self.best(of: chosen)
      throw CommandError(
        "\(file) has no costs; give a column such as \(best)|total_cost for each model, or trade "
          + "quality for the share of prompts that \(best) answers with --axis calls:\(best).")
    }
    guard complete.count > 0 else {
      throw CommandError(
        "\(file) has no row on which all \(chosen.models.count) models have a quality and a cost, "
          + "so nothing can be compared; leave models out with --models, or see what is missing "
          + "with 'routerbench inspect'.")
    }
    table = complete
    let thin = exclusions.notice.map { [$0] } ?? []
    for sentence in thin { console.warn(sentence) }
    notices = made + thin
    objections =
      faultCounts
      + omissions.map { omission in
        "\(omission.count) \(omission.reason) (\(omission.task)"
          + (omission.model.map { ", \($0)" } ?? "") + ")"
      }
    if !omissions.isEmpty {
      let shown = omissions.prefix(6).map { omission in
        "\(omission.count) \(omission.reason) (\(omission.task)"
          + (omission.model.map { ", \($0)" } ?? "") + ")"
      }
      let rest = omissions.count - shown.count
      console.note(
        "left out: \(shown.joined(separator: "; "))" + (rest > 0 ? "; and \(rest) more" : ""))
    }
    summary = DataSummary(
      file: file, sha256: sha256, rows: rows, compared: complete.count,
      models: complete.models.map(\.name), omissions: omissions, faults: faults)
  }

  /// The data rows of the file that each compared prompt is from, counted from 0; several in long form.
  ///
  /// nil for outcomes that are made, not read.
  func fileRowsOfPrompts() -> [ArraySlice<Int>]? {
    guard let fileRows else { return nil }
    let places = Dictionary(
      zip(fileRows.ids, 0..<fileRows.rows.count), uniquingKeysWith: { first, _ in first })
    return table.sampleIDs.map { id in places[id].map { fileRows.rows[$0] } ?? [] }
  }

  /// The model with the best mean of the qualities that are there.
  private static func best(of table: OutcomeTable) -> String {
    let means = table.models.indices.map { model in
      let values = (0..<table.count).map { table.quality[$0, model] }.filter { !$0.isNaN }
      return values.isEmpty ? -1 : values.reduce(0, +) / Double(values.count)
    }
    let best = means.indices.max { means[$0] < means[$1] } ?? 0
    return table.models[best].name
  }

  private static func omissions(
    _ duplicates: DuplicateReport, groups: TaskGroups, of isChosen: (String) -> Bool
  ) -> [DataSummary.Omission] {
    if duplicates.rule == .mergeDuplicates { return [] }
    var order: [String] = []
    var counts: [String: Int] = [:]
    for (evalName, copies) in zip(duplicates.evalNames, duplicates.copiesOfSample)
    where isChosen(evalName) {
      let name = groups.task(of: evalName)
      if counts[name] == nil { order.append(name) }
      counts[name, default: 0] += duplicates.rule == .drop ? copies : copies - 1
    }
    let reason =
      duplicates.rule == .drop ? "duplicate sample_id" : "later copies of a sample_id"
    return order.map {
      DataSummary.Omission(task: $0, model: nil, reason: reason, count: counts[$0] ?? 0)
    }
  }

  private static func omissions(
    _ exclusions: Exclusions, models: [ModelID]
  ) -> [DataSummary.Omission] {
    exclusions.tasks.flatMap { task in
      OutcomePart.allCases.flatMap { part in
        let counts = task.missing(part)
        let reason = "missing \(part.rawValue)"
        return models.compactMap { model in
          counts[model.name].map {
            DataSummary.Omission(task: task.name, model: model.name, reason: reason, count: $0)
          }
        }
      }
    }
  }
}
