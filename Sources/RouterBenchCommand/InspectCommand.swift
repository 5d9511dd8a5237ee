import Arguments
import Foundation
import Outcomes

/// `routerbench inspect`: what a file of outcomes holds.
enum InspectCommand {
  static let definition = Command(
    "inspect", summary: "Show what a file of outcomes holds, and what is wrong with it.",
    discussion: [
      "Every model's mean quality and cost a prompt on every task, over the cells that are present; "
        + "duplicates, missing cells and faults are counted."
    ],
    operands: [Operand("DATA", .file, summary: "A file of outcomes.")],
    options: EvaluationSettings.dataOptions.filter { $0.name != "axis" } + [
      .flag("strict", summary: "End with 1 if the data has faults.", section: "DATA"),
      .flag("json", summary: "Write one JSON value.", section: "OUTPUT"),
    ] + Console.options,
    examples: [
      .init("See what is in a file.", "routerbench inspect routerbench_0shot.pkl"),
      .init(
        "The best model on each task, by a program.",
        "routerbench inspect data.csv.gz --json | jq '.tasks[] | .models | max_by(.quality)'"),
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let console = Console(invocation)
    let path = try invocation.required("DATA")
    var settings = EvaluationSettings(source: .file(path))
    try settings.readFile(invocation)
    try settings.readChoice(invocation)
    let groups = try settings.readGroups()
    let reading = try OutcomeReading.read(path, options: settings.readingOptions)
    let table = try settings.choose(
      from: reading.table, groups: groups, file: URL(fileURLWithPath: path).lastPathComponent)
    let inspection = try Inspection(
      reading, table: table, settings: settings, groups: groups, path: path)
    if invocation.has("json") {
      Console.print(json: try JSONText.text(inspection))
    } else {
      Console.print(lines: inspection.lines)
    }
    if let sentence = reading.unusable.refusal(
      of: table, groups: groups, file: URL(fileURLWithPath: path).lastPathComponent)
    {
      console.warn(sentence)
    }
    for line in reading.diagnostics.lines.prefix(20) { console.warn(line) }
    let more = reading.diagnostics.entries.count - 20
    if more > 0 { console.note("... and \(more.counted("more fault"))") }
    return invocation.has("strict") && !reading.diagnostics.isClean ? .faults : .done
  }
}
