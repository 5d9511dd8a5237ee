import Arguments
import CostQuality
import Evaluation
import Foundation
import Reporting

/// `routerbench compare`: report directories side by side.
enum CompareCommand {
  static let definition = Command(
    "compare", summary: "Put report directories side by side.",
    discussion: [
      "Every system of every run, task by task: its deployable AIQ, its difference from zero (trained) "
        + "in its own run, and, for a system that the first run has too, the difference from that. A "
        + "difference is paired, seed by seed, where both runs tested the same prompts: the same data "
        + "and seed, with the single models at the same points. Otherwise only the two means are "
        + "compared, and the table says so. The last columns are of the prompts that both runs tested, "
        + "all or some: from what each decisions.csv says of them, both curves are drawn anew over the "
        + "first run's cost range, with an interval of the difference by paired bootstrap and a verdict "
        + "corrected for all differences drawn (Holm)."
    ],
    operands: [
      Operand("RUN", .directory, summary: "A directory that evaluate wrote."),
      Operand("OTHER", .directory, summary: "Another such directory; give up to six with --and."),
    ],
    options: [
      CommandOption(
        "and", "RUN", .directory, summary: "One more run.", isRepeated: true, section: "RUNS"),
      .flag("json", summary: "Print one JSON value, not tables.", section: "OUTPUT"),
    ] + Console.options,
    examples: [
      .init("Did the new encoder help?", "routerbench compare report-builtin report-minilm")
    ])

  private struct Row: Encodable {
    let task: String
    let system: String
    let run: String
    let deployable: Double
    let lessZeroTrained: Double
    /// Less the first run's system of that name; absent for the first run.
    let lessFirst: Double?
    let standardDeviation: Double?
    /// How many seeds were paired; 0 where prompts differ.
    let pairedSeeds: Int?
    let finding: String?
    /// The difference on the prompts that both tested; absent for zero and the first run.
    var shared: Shared?
  }

  /// A difference from the first run on shared prompts.
  private struct Shared: Encodable {
    let prompts: Int
    let splits: Int
    let difference: Double
    let interval: [Double]
    let pValue: Double
    /// The same, adjusted for all differences of routers that can serve (Holm); nil for one that cannot.
    let adjustedPValue: Double?
    /// nil for a router that cannot serve, since its judge knows the recorded quality.
    let finding: Finding?
  }

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let paths =
      [try invocation.required("RUN"), try invocation.required("OTHER")] + invocation.texts("and")
    guard paths.count <= 6 else {
      throw ArgumentsError("At most six runs are compared at once; \(paths.count) were given.")
    }
    let console = Console(invocation)
    let runs = try paths.map { path in (name: path, report: try report(path)) }
    for run in runs where run.report.tasks.allSatisfy({ $0.summaries.allSatisfy(Self.isZero) }) {
      console.warn("\(run.name) has no router, only zero.")
    }
    for run in runs.dropFirst() {
      let (first, other) = (runs[0].report, run.report)
      if first.axis != other.axis {
        throw CommandError(
          "\(runs[0].name) counts costs in \(first.axis.rawValue) and \(run.name) in "
            + "\(other.axis.rawValue); compare runs of one axis.")
      }
      if first.data.sha256 != other.data.sha256 || first.data.file != other.data.file {
        console.warn(
          "\(run.name) was made from \(other.data.file), which is not the data of \(runs[0].name) "
            + "(\(first.data.file)).")
      }
    }
    for run in runs.dropFirst() {
      let tasks = Set(runs[0].report.tasks.map(\.task))
      if tasks.isDisjoint(with: run.report.tasks.map(\.task)) {
        console.warn(
          "\(run.name) and \(runs[0].name) have no task in common, so no difference is drawn between "
            + "them.")
      }
    }
    var rows = compared(runs)
    try compareShared(&rows, runs, level: 0.95, console)
    if invocation.has("json") {
      Console.print(json: try JSONText.text(rows))
    } else {
      Console.print(lines: lines(rows))
    }
    return .done
  }

  private static func report(_ path: String) throws -> ExperimentReport {
    let file = path + "/report.json"
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw CommandError(
        "There is no \(path); give a directory that 'routerbench evaluate' wrote.")
    }
    guard isDirectory.boolValue else {
      throw CommandError(
        "\(path) is a file; give the directory that 'routerbench evaluate' wrote.")
    }
    guard FileManager.default.fileExists(atPath: file) else {
      throw CommandError(
        "\(path) has no report.json; give a directory that 'routerbench evaluate' wrote.")
    }
    let report = try ReportDocument.read(file)
    guard !report.tasks.isEmpty else {
      throw CommandError(
        "\(file) has no task, so there is nothing to compare; give a directory that 'routerbench "
          + "evaluate' wrote.")
    }
    try requireManifest(of: report, in: path)
    guard
      let empty = report.tasks.first(where: { $0.summaries.isEmpty || $0.splits.isEmpty })
    else { return report }
    throw CommandError(
      "\(file) has no \(empty.splits.isEmpty ? "split" : "system") of \(empty.task), so it cannot be "
        + "compared; make it again with 'routerbench evaluate'.")
  }

  /// Refuses a folder whose manifest is damaged or of another run; one without a manifest will do.
  private static func requireManifest(of report: ExperimentReport, in path: String) throws {
    let file = path + "/manifest.json"
    // A link that leads nowhere is damage, too.
    var status = stat()
    guard lstat(file, &status) == 0 else { return }
    if let difference = try Manifest.read(file).difference(from: report) {
      throw CommandError(
        "\(file) is not of the run in report.json: \(difference). Put the files of one run together, or "
          + "make them again with 'routerbench evaluate'.")
    }
  }

  private static func isZero(_ summary: SystemSummary) -> Bool { summary.name == "zero" }

  private static func compared(_ runs: [(name: String, report: ExperimentReport)]) -> [Row] {
    var tasks: [String] = []
    for task in runs.flatMap({ $0.report.tasks.map(\.task) }) where !tasks.contains(task) {
      tasks.append(task)
    }
    var rows: [Row] = []
    for name in tasks {
      let first = runs[0].report.tasks.first { $0.task == name }
      for (index, run) in runs.enumerated() {
        guard let task = run.report.tasks.first(where: { $0.task == name }) else { continue }
        for summary in task.summaries {
          var difference: (mean: Double, deviation: Double?, paired: Int)?
          if index > 0, let first {
            difference = Self.difference(task, less: first, system: summary.name)
          }
          rows.append(
            Row(
              task: name, system: summary.name, run: run.name,
              deployable: summary.deployable.mean,
              lessZeroTrained: summary.deployableLessZeroTrained.mean,
              lessFirst: difference?.mean, standardDeviation: difference?.deviation,
              pairedSeeds: difference?.paired,
              finding: summary.intervals?.comparison?.finding.rawValue))
        }
      }
    }
    return rows
  }

  /// Adds the differences on shared prompts, drawn from the runs' decisions.
  private static func compareShared(
    _ rows: inout [Row], _ runs: [(name: String, report: ExperimentReport)], level: Double,
    _ console: Console
  ) throws {
    var recorded: [String: RecordedRun] = [:]
    for run in runs where recorded[run.name] == nil {
      let path = run.name + "/decisions.csv"
      guard FileManager.default.fileExists(atPath: path) else {
        console.warn("\(run.name) has no decisions.csv, so its differences have no intervals.")
        continue
      }
      recorded[run.name] = RecordedRun(run.report.tasks, try DecisionsTable.read(path))
    }
    guard let first = recorded[runs[0].name] else { return }
    // Routers that cannot serve get no verdict, and cost the others nothing.
    let unservable = Set(
      runs.flatMap { $0.report.tasks.flatMap(\.summaries) }.filter {
        $0.needsRecordedQuality == true
      }.map(\.name))
    var found: [(row: Int, difference: RunDifference)] = []
    for (index, row) in rows.enumerated() where row.lessFirst != nil {
      guard let own = recorded[row.run],
        let difference = RunDifference(
          of: row.system, on: row.task, in: own, less: first, bootstrap: Bootstrap(level: level))
      else { continue }
      found.append((index, difference))
    }
    let judged = found.filter { !unservable.contains(rows[$0.row].system) }
    let findings = Dictionary(
      uniqueKeysWithValues: zip(
        judged.map(\.row), RunDifference.findings(judged.map(\.difference), level: level)))
    for (row, difference) in found {
      rows[row].shared = Shared(
        prompts: difference.prompts, splits: difference.splits, difference: difference.mean,
        interval: [difference.interval.lower, difference.interval.upper],
        pValue: difference.pValue, adjustedPValue: findings[row]?.pValue,
        finding: findings[row]?.finding)
    }
  }

  /// A system's deployable AIQ less its namesake's: the mean over shared splits, or of the means.
  private static func difference(
    _ task: TaskResult, less first: TaskResult, system name: String
  ) -> (mean: Double, deviation: Double?, paired: Int)? {
    guard let own = task.summaries.first(where: { $0.name == name }),
      let other = first.summaries.first(where: { $0.name == name })
    else { return nil }
    let pairs = task.splits.compactMap { split -> Double? in
      guard let twin = first.splits.first(where: { $0.seed == split.seed }),
        models(split) == models(twin), split.testCount == twin.testCount,
        let here = split.systems.first(where: { $0.name == name }),
        let there = twin.systems.first(where: { $0.name == name })
      else { return nil }
      return here.deployableAIQ - there.deployableAIQ
    }
    guard !pairs.isEmpty else { return (own.deployable.mean - other.deployable.mean, nil, 0) }
    let spread = Spread(pairs)
    return (spread.mean, spread.standardDeviation, pairs.count)
  }

  /// The single models where they lie on a split's test prompts: the same only for the same prompts.
  private static func models(_ split: SplitResult) -> [ReferencePoint] {
    split.references.filter { $0.role == .model }.map {
      ReferencePoint(name: $0.name, role: $0.role, point: $0.point)
    }
  }

  private static func verdict(_ shared: Shared) -> String {
    switch shared.finding {
    case .better: "better than the first run"
    case .worse: "worse than the first run"
    case .noEvidence: "no evidence"
    case nil: "not servable"
    }
  }

  private static func lines(_ rows: [Row]) -> [String] {
    var lines: [String] = []
    var tasks: [String] = []
    for row in rows where !tasks.contains(row.task) { tasks.append(row.task) }
    for task in tasks {
      var table = TextTable(
        [
          "system", "run", "deployable", "less zero (trained)", "less first run", "how",
          "on shared prompts", "95% interval", "verdict",
        ],
        rightAligned: [2, 3, 4, 6, 7])
      for row in rows where row.task == task {
        let difference = row.lessFirst.map { mean in
          mean.fixed(4) + (row.standardDeviation.map { " ± " + $0.fixed(4) } ?? "")
        }
        let how = row.pairedSeeds.map {
          $0 == 0 ? "unpaired: other prompts" : "paired on \($0.counted("split"))"
        }
        table.add([
          row.system, row.run, row.deployable.fixed(4),
          row.system == "zero" ? "" : row.lessZeroTrained.fixed(4), difference ?? "", how ?? "",
          row.shared.map { "\($0.difference.fixed(4)) on \($0.prompts)" } ?? "",
          row.shared.map { "[\($0.interval[0].fixed(4)), \($0.interval[1].fixed(4))]" } ?? "",
          row.shared.map(verdict) ?? "",
        ])
      }
      lines += [task] + table.lines() + [""]
    }
    return lines.dropLast()
  }
}
