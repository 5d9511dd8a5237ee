import Arguments
import Construction
import Files
import Outcomes
import Providers

/// `routerbench export`: writes collected answers as outcomes.
enum ExportCommand {
  static let definition = Command(
    "export", summary: "Write collected answers as outcomes for 'evaluate'.",
    discussion: [
      "The format follows from the ending of OUT: .csv, .jsonl or .rbt. Repeats are taken together: "
        + "quality, cost, latency and tokens are means, and text forms carry how many there were, the "
        + "variance of their quality, why the model stopped and which version answered."
    ],
    operands: [
      Operand("STORE", .file, summary: "A file of collected answers that were graded."),
      Operand("OUT", .file, summary: "The file to write."),
    ],
    options: [
      CommandOption(
        "shape", "SHAPE", .oneOf(["wide", "long"]),
        summary: "One row a prompt (wide, the default) or one a prompt and model; for .csv and "
          + ".jsonl.", section: "FORMAT"),
      .flag("responses", summary: "Write the models' answers too.", section: "FORMAT"),
      .flag(
        "each",
        summary: "Write every answer on its own, repeats apart and graded or not; for "
          + ".jsonl.", section: "FORMAT"),
    ] + Console.options,
    examples: [
      .init(
        "For a spreadsheet and for evaluate.", "routerbench export answers.sqlite outcomes.csv"),
      .init("All that is known.", "routerbench export answers.sqlite answers.jsonl --each"),
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let out = try invocation.required("OUT")
    guard let format = OutcomeFormat(fileName: out), format != .pickle else {
      throw ArgumentsError(
        "'\(out)' does not say which format to write; end it with .csv, .jsonl or .rbt.")
    }
    let shape = try invocation.choice("shape", as: OutcomeShape.self)
    if format == .native, shape != nil {
      throw ArgumentsError("The .rbt form has a shape of its own; leave --shape out.")
    }
    if invocation.has("each"), format != .jsonLines {
      throw ArgumentsError("--each writes JSON Lines; end OUT with .jsonl.")
    }
    let store = try AnswerStore(path: invocation.required("STORE"), for: .reading)
    let console = Console(invocation)
    if invocation.has("each") {
      var (bytes, count): ([UInt8], Int) = ([], 0)
      try store.forEachAnswer { answer in
        bytes += answer.bytes + [0x0A]
        count += 1
      }
      try AtomicFile.write(bytes, to: out)
      console.note("\(out): \(count.counted("answer"))")
      return .done
    }
    let outcomes = try store.outcomes(includeResponses: invocation.has("responses"))
    try OutcomeWriter.write(
      outcomes.table, to: out, format: format, shape: shape ?? .wide, extras: outcomes.extras)
    if outcomes.rowsWithoutGrade > 0 {
      console.warn(
        "\(outcomes.rowsWithoutGrade.counted("prompt")) without any graded answer left out.")
    }
    if outcomes.cellsWithoutGrade > 0 {
      console.warn("\(outcomes.cellsWithoutGrade.counted("answer")) without a grade.")
    }
    console.note(
      "\(out): \(outcomes.table.count.counted("row")), "
        + "\(outcomes.table.models.count.counted("model"))")
    return .done
  }
}
