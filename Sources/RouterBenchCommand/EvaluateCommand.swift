import Arguments
import Evaluation
import Foundation
import Parallelism
import Reporting

/// `routerbench evaluate`: fits and examines routers, and writes the report.
enum EvaluateCommand {
  static let definition = Command(
    "evaluate", summary: "Fit routers on one part of the outcomes and examine them on the other.",
    discussion: [
      "Every router gets two curves of quality over dollars: testHull is what the paper draws, chosen "
        + "on the test prompts and so optimistic; deployable is chosen on the training prompts alone, "
        + "what a user can have. Each is compared with Zero, mixtures of single models chosen in the "
        + "same way. The report has a page to look at (report.html), tables, pictures, every point and every decision, and a manifest "
        + "that repeats the run to the byte."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.", isOptional: true)],
    options: (EvaluationSettings.options + EvaluationSettings.foreignOptions)
      + EvaluationSettings.dataOptions + [
        EvaluationSettings.latencyOption, EvaluationSettings.costOption,
        EvaluationSettings.sampledOption,
        .flag(
          "strict",
          summary:
            "End with 1, and write no report, if the data has faults or anything is left out: rows, "
            + "tasks too small to examine, routers that cannot learn, predictions that are not used.",
          section: "DATA"),
        CommandOption(
          "manifest", "FILE", .file,
          summary:
            "Repeat the run that this manifest describes; DATA says where the file is now, if "
            + "it has moved.", section: "EXPERIMENT"),
        .flag(
          "allow-commands", summary: "Let a manifest run the programs that it names.",
          section: "EXPERIMENT"),
      ] + outputOptions(directory: "routerbench-report"),
    examples: [
      .init(
        "Three KNN routers, ten splits, real sentence features.",
        "routerbench evaluate routerbench_5shot.pkl --encoder all-MiniLM-L6-v2 --seeds 0-9"),
      .init(
        "The splits and the grid of the original code.",
        "routerbench evaluate data.pkl --split numpyLegacy --grid reference --seeds 0"),
      .init(
        "Features made elsewhere, one task, two models.",
        "routerbench evaluate data.csv --features f.npy --tasks Winogrande --models a,b"),
      .init(
        "The same run again.", "routerbench evaluate --manifest report/manifest.json --out again"),
    ])

  static func outputOptions(directory: String) -> [CommandOption] {
    EvaluationSettings.pageOptions + [
      CommandOption(
        "out", short: "o", "DIR", .directory,
        summary: "Where the report goes; \(directory) by default.",
        section: "OUTPUT"),
      .flag(
        "json", summary: "Print the report as one JSON value, not the table.", section: "OUTPUT"),
      noCacheOption, threadsOption,
    ] + EvaluationSettings.commandOptions + Console.options
  }

  /// The output options of commands that write no report.
  static func workOptions(json: String) -> [CommandOption] {
    [.flag("json", summary: json, section: "OUTPUT"), noCacheOption, threadsOption]
      + Console.options
  }

  private static let noCacheOption = CommandOption.flag(
    "no-cache", summary: "Embed every prompt anew, and keep nothing for the next run.",
    section: "FEATURES")

  static let threadsOption = CommandOption(
    "threads", "N",
    summary: "How many threads to use; all by default. Results never depend on it.",
    section: "OUTPUT")

  static func run(_ invocation: Invocation) throws -> ExitCode {
    guard let path = invocation.text("manifest") else {
      return try evaluate(settings(invocation), invocation, defaultDirectory: directory)
    }
    for option in EvaluationSettings.options + EvaluationSettings.foreignOptions
      + EvaluationSettings.dataOptions + EvaluationSettings.pageOptions
      + [
        EvaluationSettings.latencyOption, EvaluationSettings.costOption,
        EvaluationSettings.sampledOption,
      ]
    where invocation.has(option.name) {
      throw ArgumentsError(
        "--manifest has already decided --\(option.name); leave it out, or run without --manifest.")
    }
    let manifest = try Manifest.read(path)
    let settings = try EvaluationSettings(manifest, from: path)
    if let command = settings.commands.first, !invocation.has("allow-commands") {
      throw CommandError(
        "The manifest \(path) runs the command '\(command.value)' on this machine; if you trust "
          + "it, repeat with --allow-commands.")
    }
    return try evaluate(
      settings, invocation, defaultDirectory: directory,
      repeating: manifest)
  }

  static func settings(_ invocation: Invocation) throws(ArgumentsError) -> EvaluationSettings {
    var settings = EvaluationSettings(source: .file(try invocation.required("DATA")))
    try settings.readFile(invocation)
    try settings.read(invocation)
    return settings
  }

  private static let directory = "routerbench-report"

  /// Runs, writes and tells; `demo` does the same with other outcomes.
  static func evaluate(
    _ settings: EvaluationSettings, _ invocation: Invocation, defaultDirectory: String,
    repeating manifest: Manifest? = nil
  ) throws -> ExitCode {
    let console = Console(invocation)
    let threads = try invocation.integer("threads", in: 1...1024).map { Threads($0) } ?? .machine
    let directory = invocation.text("out") ?? defaultDirectory
    try requireWritable(directory)
    let isOperandOfDemo = invocation.path.last == "demo"
    let idleLimit = try invocation.number(
      "command-timeout", needed: "seconds above 0, up to 1e9", where: { $0 > 0 && $0 <= 1e9 })
    let run = EvaluationRun(
      settings: settings, place: isOperandOfDemo ? nil : invocation.operand("DATA"),
      threads: threads, console: console, usesCache: !invocation.has("no-cache"),
      idleLimit: idleLimit ?? ForeignRun.idleLimit, isVerbose: invocation.has("verbose"),
      isStrict: !isOperandOfDemo && invocation.has("strict"))
    let result = try run.run(repeating: manifest)
    let files = try ReportFolder.write(
      result.report, decisions: result.decisions, samples: result.samples,
      manifest: result.manifest, to: directory)
    if invocation.has("json") {
      Console.print(json: try JSONText.text(result.report))
    } else {
      Console.print(lines: ReportTable.lines(for: result.report, width: Console.width) + [""])
      let pictures = files.filter { $0.hasSuffix(".svg") }.count
      Console.print(
        "The page to look at is \(directory)/report.html. The report is \(directory)/report.md; \(pictures.counted("picture")) in "
          + "\(directory)/figures, points, metrics of other benchmarks and decisions as CSV beside it."
      )
    }
    return .done
  }

  /// Finds out before the long work that its report could not be written.
  static func requireWritable(_ directory: String) throws {
    let manager = FileManager.default
    var place = URL(fileURLWithPath: directory).standardizedFileURL
    while !manager.fileExists(atPath: place.path), place.path != "/" {
      place.deleteLastPathComponent()
    }
    var isDirectory: ObjCBool = false
    _ = manager.fileExists(atPath: place.path, isDirectory: &isDirectory)
    if isDirectory.boolValue, manager.isWritableFile(atPath: place.path) { return }
    throw CommandError(
      "The report cannot be written to \(directory): \(place.path) "
        + (isDirectory.boolValue ? "is not yours to write" : "is not a directory")
        + "; choose another place with --out.")
  }
}
