import Arguments
import Evaluation
import Foundation
import Outcomes
import Parallelism
import Reporting

/// `routerbench split`: writes which prompts teach and which examine, for routers made elsewhere.
enum SplitCommand {
  static let definition = Command(
    "split", summary: "Write which prompts routers learn from and which examine them.",
    discussion: [
      "One row a prompt and seed: seed, task, sample_id, part (training or test) and, for training "
        + "prompts, the fold in which to predict them after learning from the other folds. These are "
        + "the very splits of 'routerbench evaluate' with the same options, so that a router made in "
        + "another language can be taught on them and examined with --predictions."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.")],
    options: [
      CommandOption(
        "out", short: "o", "FILE", .file, summary: "The CSV file to write; split.csv by default.",
        section: "OUTPUT")
    ] + EvaluationSettings.splitOptions + EvaluationSettings.options.filter { $0.name == "design" }
      + EvaluationSettings.dataOptions + Console.options,
    examples: [
      .init(
        "The splits of the original code.",
        "routerbench split data.pkl --split numpyLegacy --seeds 0 --out split.csv")
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let console = Console(invocation)
    var settings = EvaluationSettings(source: .file(try invocation.required("DATA")))
    try settings.readFile(invocation)
    try settings.readChoice(invocation)
    try settings.readSplit(invocation)
    settings.design = try invocation.choice("design") ?? settings.design
    let out = invocation.text("out") ?? "split.csv"
    let outcomes = try PreparedOutcomes(settings, threads: .machine, console: console)
    let experiment = EvaluationRun.experiment(settings, outcomes, threads: .machine)
    // Pooled, all tasks are one division, and each is examined on its part of it.
    let divisions = try EvaluationRun.tellOmissions(of: experiment, on: outcomes.table, console)
      .filter { settings.design != .pooled || $0.task == Experiment.allTasks }
    try SplitTable.write(divisions, of: outcomes.table, to: out)
    let parts = settings.folds?.counted("fold") ?? settings.seeds.count.counted("split")
    console.note(
      "\(out): \(Set(divisions.flatMap { $0.training + $0.test }).count.counted("prompt")), \(parts)"
    )
    return .done
  }
}
