import Arguments
import Evaluation
import Files
import Foundation
import Outcomes
import Parallelism
import Reporting

/// `routerbench curve`: how routers gain from more training prompts.
enum CurveCommand {
  static let definition = Command(
    "curve", summary: "Examine routers taught on growing shares of the training prompts.",
    discussion: [
      "The test prompts stay the same; smaller shares are parts of larger ones. Where the difference "
        + "from zero (trained) still grows at the right end, more data would help."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.")],
    options: [
      CommandOption(
        "shares", "LIST",
        summary: "Shares of the training prompts; 0.1,0.2,0.4,0.7,1 by default.", section: "CURVE"),
      CommandOption(
        "out", short: "o", "FILE", .file, summary: "Also write the curve as a CSV file.",
        section: "OUTPUT"),
    ]
      + EvaluationSettings.options.filter {
        !["detect", "charge-unsolved", "free-when-unsolved"].contains($0.name)
      } + EvaluationSettings.dataOptions
      + EvaluateCommand.workOptions(json: "Print one JSON value, not a table."),
    examples: [
      .init(
        "Would more prompts help?",
        "routerbench curve data.csv --routers knn:40 --shares 0.1,0.3,1 --seeds 0-4")
    ])

  private struct Row: Encodable {
    let task: String
    let system: String
    let share: Double
    let trainingPrompts: Int
    let deployable: Double
    let lessZeroTrained: Double
    let lower: Double?
    let upper: Double?
  }

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let settings = try EvaluateCommand.settings(invocation)
    let shares =
      try invocation.list("shares").map { try $0.map(Self.share) } ?? [0.1, 0.2, 0.4, 0.7, 1]
    let input = try EvaluationInput(settings, invocation)
    var experiment = EvaluationRun.experiment(settings, input.outcomes, threads: input.threads)
    experiment.recipes = try settings.recipes(models: input.outcomes.table.models)
    let progress = input.console.progress("examining routers")
    _ = try EvaluationRun.tellOmissions(
      of: experiment, on: input.outcomes.table, input.console)
    var rows: [Row] = []
    var notes: [String] = []
    for (index, share) in shares.enumerated() {
      experiment.teachingShare = share
      let outcome = try experiment.run(on: input.outcomes.table, features: input.features)
      for task in outcome.tasks {
        notes += task.notes.map { "\(task.task), share \(share): \($0)" }
        for summary in task.summaries {
          let interval = summary.intervals?.comparison?.deployable
          rows.append(
            Row(
              task: task.task, system: summary.name, share: share,
              trainingPrompts: task.splits.first?.trainingCount ?? 0,
              deployable: summary.deployable.mean,
              lessZeroTrained: summary.deployableLessZeroTrained.mean, lower: interval?.lower,
              upper: interval?.upper))
        }
      }
      progress.update(index + 1, of: shares.count)
    }
    progress.finish()
    for note in notes { input.console.warn(note) }
    if let path = invocation.text("out") {
      try AtomicFile.write(csv(rows), to: path, readers: .everyone)
    }
    if invocation.has("json") {
      Console.print(json: try JSONText.text(rows))
    } else {
      Console.print(lines: lines(rows))
    }
    return .done
  }

  private static func share(_ typed: String) throws(ArgumentsError) -> Double {
    guard let share = Double(typed), share > 0, share <= 1 else {
      throw ArgumentsError(
        "--shares takes shares above 0 and at most 1, such as 0.1,0.5,1; '\(typed)' is none.")
    }
    return share
  }

  private static func csv(_ rows: [Row]) -> String {
    let heading = [
      "task", "system", "share", "training_prompts", "deployable_aiq", "less_zero_trained", "lower",
      "upper",
    ]
    let records = rows.map { row in
      [
        row.task, row.system, "\(row.share)", "\(row.trainingPrompts)", "\(row.deployable)",
        "\(row.lessZeroTrained)", row.lower.map { "\($0)" } ?? "", row.upper.map { "\($0)" } ?? "",
      ]
    }
    return ([heading] + records).map(CommaSeparated.record).joined()
  }

  private static func lines(_ rows: [Row]) -> [String] {
    var lines: [String] = []
    var tasks: [String] = []
    for row in rows where !tasks.contains(row.task) { tasks.append(row.task) }
    for task in tasks {
      var table = TextTable(
        ["system", "share", "training", "deployable", "less zero (trained)", "interval"],
        rightAligned: [1, 2, 3, 4, 5])
      let mine = rows.filter { $0.task == task }
      var systems: [String] = []
      for row in mine where !systems.contains(row.system) { systems.append(row.system) }
      for system in systems {
        for row in mine where row.system == system {
          table.add([
            system, row.share.significant(3), row.trainingPrompts.grouped,
            row.deployable.fixed(4), system == "zero" ? "" : row.lessZeroTrained.fixed(4),
            row.lower.flatMap { lower in
              row.upper.map { "[\(lower.fixed(4)), \($0.fixed(4))]" }
            } ?? "",
          ])
        }
      }
      lines += [task] + table.lines()
    }
    return lines
  }
}
