import Arguments
import Foundation
import Outcomes

/// `routerbench convert`: writes outcomes in another format.
enum ConvertCommand {
  static let definition = Command(
    "convert", summary: "Write outcomes in another format.",
    discussion: [
      "The format follows from the ending of OUT: .csv, .jsonl, or .rbt, a compact binary form that "
        + "loads by memory map. The models' answers are kept only with --responses."
    ],
    operands: [
      Operand("IN", .file, summary: "A file of outcomes."),
      Operand("OUT", .file, summary: "The file to write."),
    ],
    options: [
      CommandOption(
        "shape", "SHAPE", .oneOf(["wide", "long"]),
        summary: "One row a prompt (wide, the default) or one a prompt and model; for .csv and "
          + ".jsonl.", section: "FORMAT"),
      .flag("responses", summary: "Keep the models' answers.", section: "FORMAT"),
      .flag("strict", summary: "End with 1 if the data has faults.", section: "DATA"),
    ] + EvaluationSettings.dataOptions.filter { $0.name != "axis" } + Console.options,
    examples: [
      .init(
        "A pickle for a spreadsheet.", "routerbench convert routerbench_0shot.pkl outcomes.csv"),
      .init("A form that loads at once.", "routerbench convert routerbench_0shot.pkl outcomes.rbt"),
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let console = Console(invocation)
    let path = try invocation.required("IN")
    let out = try invocation.required("OUT")
    guard let format = OutcomeFormat(fileName: out), format != .pickle else {
      throw ArgumentsError(
        "'\(out)' does not say which format to write; end it with .csv, .jsonl or .rbt.")
    }
    var settings = EvaluationSettings(source: .file(path))
    try settings.readFile(invocation)
    try settings.readChoice(invocation)
    var options = settings.readingOptions
    options.includeResponses = invocation.has("responses")
    let shape = try invocation.choice("shape", as: OutcomeShape.self)
    if format == .native, shape != nil {
      throw ArgumentsError("The .rbt form has a shape of its own; leave --shape out.")
    }
    let reading = try OutcomeReading.read(path, options: options)
    let file = URL(fileURLWithPath: path).lastPathComponent
    let table = try settings.choose(
      from: reading.table, groups: settings.readGroups(), file: file)
    if let sentence = reading.unusable.refusal(
      of: table, groups: try settings.readGroups(), file: file)
    {
      throw CommandError(sentence)
    }
    if let sentence = reading.duplicates.refusal(of: reading.table, file: file) {
      throw CommandError(sentence)
    }
    try OutcomeWriter.write(table, to: out, format: format, shape: shape ?? .wide)
    for sentence in reading.diagnostics.warnings { console.warn(sentence) }
    if reading.duplicates.count > 0 {
      console.warn(
        "\(reading.duplicates.count.counted("sample id")) occurred more than once; "
          + "\(settings.duplicates.outcome).")
    }
    console.note(
      "\(out): \(table.count.counted("row")), \(table.models.count.counted("model"))")
    return invocation.has("strict") && !reading.diagnostics.isClean ? .faults : .done
  }
}
