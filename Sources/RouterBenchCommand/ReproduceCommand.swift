import Arguments
import Evaluation
import Outcomes
import Parallelism
import Prompts
import Reporting
import Reproduction
import StandIn

/// `routerbench reproduce`: the paper's tables and figures from outcomes.
enum ReproduceCommand {
  static let definition = Command(
    "reproduce", summary: "Make the paper's Table 1 and Figures 3 to 9 again.",
    discussion: [
      "Each becomes a table as CSV, Markdown and LaTeX, every point as CSV and pictures as SVG, with a "
        + "note on what the paper did and what was done differently. Parts that the file does not allow "
        + "are named with the reason. Table 1 shows the paper's numbers beside those of the file, and "
        + "where they should lie if the rows are the same."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.", isOptional: true)],
    options: [
      .flag(
        "as-reference",
        summary:
          "Choose as the original code does: 32 values of willingness to pay, its splits, its AIQ, its "
          + "Oracle, prompts from their head, hyperparameters and thresholds from the test prompts. To "
          + "connect with earlier numbers; optimistic.", section: "REPRODUCTION"),
      CommandOption(
        "exhibits", "LIST", .suggestions(PaperExhibit.allCases.map(\.rawValue)),
        summary: "Only these, such as table-1,figure-4; all by default.", isRepeated: true,
        section: "REPRODUCTION"),
      .flag(
        "stand-in",
        summary:
          "Use the synthetic stand-in of the published size instead of DATA; Figure 6 is of a second "
          + "one, of retrieval-augmented queries.",
        section: "REPRODUCTION"),
      CommandOption(
        "prompts", "N", summary: "How many prompts the stand-in has; 36497 by default.",
        section: "REPRODUCTION"),
      CommandOption(
        "out", short: "o", "DIR", .directory,
        summary: "Where the exhibits go; routerbench-reproduction by default.", section: "OUTPUT"),
      .flag(
        "no-cache", summary: "Embed every prompt anew, and keep nothing for the next run.",
        section: "FEATURES"),
      CommandOption(
        "threads", "N",
        summary: "How many threads to use; all by default. Results never depend on it.",
        section: "OUTPUT"),
    ]
      + EvaluationSettings.options.filter { !decided.contains($0.name) }
      + [EvaluationSettings.sampledOption]
      + EvaluationSettings.dataOptions.filter { $0.name != "axis" } + Console.options,
    examples: [
      .init(
        "Whatever the published rows allow.",
        "routerbench reproduce routerbench_5shot.pkl --encoder all-MiniLM-L6-v2 --out paper"),
      .init(
        "The original code's choices, Table 1 and Figure 4 alone.",
        "routerbench reproduce data.pkl --as-reference --exhibits table-1,figure-4"),
      .init("All of it, on made-up outcomes.", "routerbench reproduce --stand-in --prompts 4000"),
    ])

  /// Options of `evaluate` that the paper or `--as-reference` decides.
  private static let decided: Set = [
    "routers", "design", "select", "folds", "charge-unsolved", "free-when-unsolved",
  ]

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let exhibits = try exhibits(invocation)
    var settings = EvaluationSettings(source: try source(invocation))
    let style: Reproduction.Style = invocation.has("as-reference") ? .reference : .ours
    if style == .reference {
      settings.view = .head
      settings.split = .numpyLegacy
      settings.grid = .reference
      settings.charging = .freeWhenUnsolved
    }
    try settings.readFile(invocation)
    try settings.read(invocation)
    let directory = invocation.text("out") ?? "routerbench-reproduction"
    try EvaluateCommand.requireWritable(directory)
    let retrieval =
      try exhibits.contains(.figure6) ? retrievalPart(settings, style, invocation) : nil
    // Figure 6 alone needs no other prompts.
    let alone = exhibits == [.figure6] ? retrieval : nil
    let whole = try alone ?? Part(settings, style, invocation)
    if style == .reference {
      whole.input.console.note("as the original code: \(switched(settings))")
    }
    var report = whole.report
    if alone == nil { report.notices += retrieval?.report.notices ?? [] }
    var made: [Exhibit] = []
    for (place, kind) in exhibits.enumerated() {
      try ReproductionFolder.writeIndex(
        made, coming: Array(exhibits[place...]), of: report, to: directory)
      let console = whole.input.console
      console.note("\(kind.number): \(kind.subject)")
      let progress = console.progress(kind.number)
      let part = kind == .figure6 ? retrieval ?? whole : whole
      let exhibit = try part.reproduction.make(
        kind, on: part.input.outcomes.table, features: part.input.features
      ) { progress.update($0.done, of: $0.total, work: "\($0)") }
      progress.finish()
      _ = try ReproductionFolder.write(exhibit, of: part.report, to: directory)
      made.append(exhibit)
    }
    try ReproductionFolder.writeIndex(made, of: report, to: directory)
    try ReproductionFolder.writePage(made, of: report, to: directory)
    Console.print(lines: summary(made, directory))
    return .done
  }

  /// Outcomes and what is made of them.
  private struct Part {
    let input: EvaluationInput
    let reproduction: Reproduction
    /// The frame of the exhibits' files, without results.
    let report: ExperimentReport

    init(_ settings: EvaluationSettings, _ style: Reproduction.Style, _ invocation: Invocation)
      throws
    {
      input = try EvaluationInput(settings, invocation)
      let outcomes = input.outcomes
      var experiment = EvaluationRun.experiment(settings, outcomes, threads: input.threads)
      experiment.selection = nil
      reproduction = Reproduction(
        experiment, style: style, notices: outcomes.notices + experiment.notices,
        view: settings.view)
      report = ExperimentReport(
        version: Program.version, title: "RouterBench on \(outcomes.summary.file)",
        notices: outcomes.notices + experiment.notices, data: outcomes.summary,
        options: ReproduceCommand.options(settings, style, input.encoder), tasks: [])
    }
  }

  /// The stand-in's retrieval-augmented prompts, in proportion to its size as far as they go; nil for a file, whose own
  /// they must be, and where features, tasks or models are chosen, which are not theirs.
  private static func retrievalPart(
    _ settings: EvaluationSettings, _ style: Reproduction.Style, _ invocation: Invocation
  ) throws -> Part? {
    guard case .standIn(let prompts, let seed) = settings.source, settings.features == nil,
      settings.tasks == nil, settings.models == nil
    else { return nil }
    var settings = settings
    let share = Double(prompts) / Double(SyntheticOutcomes.publishedPrompts)
    let proportional = share * Double(SyntheticRetrieval.publishedPrompts)
    settings.source = .retrievalStandIn(
      prompts: Int(
        min(
          max(proportional.rounded(), Double(SyntheticRetrieval.fewestPrompts)),
          Double(SyntheticRetrieval.mostPrompts))), seed: seed)
    return try Part(settings, style, invocation)
  }

  private static func source(_ invocation: Invocation) throws(ArgumentsError)
    -> EvaluationSettings.Source
  {
    let prompts = try invocation.integer("prompts", in: SyntheticOutcomes.fewestPrompts...Int.max)
    if invocation.has("stand-in") {
      if invocation.operand("DATA") != nil {
        throw ArgumentsError("DATA and --stand-in exclude each other; give one of them.")
      }
      return .standIn(prompts: prompts ?? SyntheticOutcomes.publishedPrompts, seed: 0)
    }
    if prompts != nil { throw ArgumentsError("--prompts goes with --stand-in alone.") }
    return .file(try invocation.required("DATA"))
  }

  private static func exhibits(_ invocation: Invocation) throws(ArgumentsError) -> [PaperExhibit] {
    guard let names = try invocation.list("exhibits") else { return PaperExhibit.allCases }
    let known = PaperExhibit.allCases.map(\.rawValue)
    for name in names where !known.contains(name) {
      let near = Suggestion.nearest(to: name, among: known).map { "; did you mean '\($0)'?" }
      throw ArgumentsError(
        "There is no exhibit '\(name)'\(near ?? "; known are \(known.joined(separator: ", ")).")")
    }
    return PaperExhibit.allCases.filter { names.contains($0.rawValue) }
  }

  private static func options(
    _ settings: EvaluationSettings, _ style: Reproduction.Style, _ encoder: String?
  ) -> [ExperimentReport.Option] {
    [
      .init(
        name: "choices",
        value: style == .reference ? "the original code's: \(switched(settings))" : "ours")
    ]
      + settings.reportOptions.filter {
        !["routers", "design", "select", "folds"].contains($0.name)
      }
  }

  /// What `--as-reference` decides, as far as other options do not say otherwise.
  private static func switched(_ settings: EvaluationSettings) -> String {
    "view \(settings.view.rawValue), split \(settings.split.rawValue), grid "
      + "\(EvaluationSettings.spelling(of: settings.grid)), Oracle \(settings.charging.rawValue), "
      + "hyperparameters and thresholds from the test prompts (optimistic), its AIQ, its budget rule for "
      + "cascades"
  }

  private static func summary(_ exhibits: [Exhibit], _ directory: String) -> [String] {
    var table = TextTable(["exhibit", "what", "made", "missing"], rightAligned: [])
    for exhibit in exhibits {
      table.add([
        exhibit.kind.number, exhibit.kind.subject,
        exhibit.table == nil
          ? "no"
          : exhibit.pictures.isEmpty ? "table" : exhibit.pictures.count.counted("picture"),
        exhibit.missing.isEmpty ? "" : exhibit.missing.count.counted("part"),
      ])
    }
    let findings = exhibits.first { $0.kind == .table1 }?.findings ?? []
    return table.lines() + findings + ["Everything is in \(directory)/README.md."]
  }
}
