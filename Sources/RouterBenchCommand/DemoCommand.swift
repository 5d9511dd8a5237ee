import Arguments
import Outcomes
import Parallelism
import StandIn

/// `routerbench demo`: the whole product on synthetic outcomes.
enum DemoCommand {
  static let definition = Command(
    "demo", summary: "Evaluate routers on synthetic outcomes; needs no files.",
    discussion: [
      "The outcomes are a made-up stand-in with the shape of the published ones: 11 models, 7 tasks, "
        + "36,497 prompts, with the qualities and costs of the paper's Table 1. The published files "
        + "have 34,778 prompts of these tasks; the 1,719 of others are spread over the seven. Nothing "
        + "here says anything about real models or routers."
    ],
    options: [
      CommandOption(
        "prompts", "N",
        summary:
          "How many prompts; 36497 by default, at least 200 (--retrieval: 800, from 80 to 10000).",
        section: "OUTCOMES"),
      .flag(
        "retrieval",
        summary:
          "Made-up retrieval-augmented queries for five models, three of which search, instead of the "
          + "seven tasks.", section: "OUTCOMES"),
      CommandOption("seed", "N", summary: "Seeds the outcomes; 0 by default.", section: "OUTCOMES"),
      CommandOption(
        "outcomes", "FILE", .file,
        summary:
          "Also write the outcomes, as .csv, .jsonl or .rbt, so that other commands can use them.",
        section: "OUTCOMES"),
    ] + EvaluationSettings.options + EvaluationSettings.foreignOptions
      + EvaluationSettings.choiceOptions + [EvaluationSettings.sampledOption]
      + EvaluateCommand.outputOptions(directory: "demo-report"),
    examples: [
      .init("Everything, in well under a minute.", "routerbench demo"),
      .init("Something smaller, at once.", "routerbench demo --prompts 4000 --out small"),
      .init(
        "Models that search beside models that know, and what sends a query to which.",
        "routerbench demo --retrieval --outcomes rag.csv && routerbench explain rag.csv"),
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let settings = try settings(invocation)
    if let path = invocation.text("outcomes") {
      guard let format = OutcomeFormat(fileName: path), format != .pickle else {
        throw ArgumentsError(
          "'\(path)' does not say which format to write; end it with .csv, .jsonl or .rbt.")
      }
      let console = Console(invocation)
      let made = try PreparedOutcomes(settings, threads: .machine, console: console)
      try OutcomeWriter.write(made.table, to: path, format: format, shape: .wide)
      console.note("\(path): \(made.table.count.counted("row")) of made-up outcomes")
    }
    return try EvaluateCommand.evaluate(settings, invocation, defaultDirectory: "demo-report")
  }

  static func settings(_ invocation: Invocation) throws(ArgumentsError) -> EvaluationSettings {
    let isRetrieval = invocation.has("retrieval")
    let prompts = try invocation.integer(
      "prompts",
      in: isRetrieval
        ? SyntheticRetrieval.fewestPrompts...SyntheticRetrieval.mostPrompts
        : SyntheticOutcomes.fewestPrompts...Int.max)
    let seed = UInt64(try invocation.integer("seed", in: 0...Int.max) ?? 0)
    var settings = EvaluationSettings(
      source: isRetrieval
        ? .retrievalStandIn(prompts: prompts ?? SyntheticRetrieval.publishedPrompts, seed: seed)
        : .standIn(prompts: prompts ?? SyntheticOutcomes.publishedPrompts, seed: seed))
    try settings.read(invocation)
    return settings
  }
}
