import Arguments

/// A small tool that uses everything the parser knows.
let tool = Command(
  "tool", summary: "Does things to files.",
  commands: [
    Command(
      "measure", summary: "Measure a file.",
      discussion: [
        "The file is read once and nothing is written unless --out names a place for it."
      ],
      operands: [
        Operand("FILE", .file, summary: "What to measure."),
        Operand("NOTE", summary: "A remark to keep.", isOptional: true),
      ],
      options: [
        CommandOption(
          "unit", short: "u", "UNIT", .oneOf(["metre", "yard", "furlong"]),
          summary: "The unit of length."),
        CommandOption("seeds", "LIST", summary: "Seeds: numbers and ranges.", isRepeated: true),
        CommandOption("scale", "NUMBER", summary: "A factor above 0; it's 1 by default."),
        CommandOption("out", short: "o", "DIR", .directory, summary: "Where results go."),
        .flag("quiet", short: "q", summary: "Say nothing.", section: "OUTPUT"),
        .flag("json", short: "j", summary: "Write JSON: [one] value.", section: "OUTPUT"),
      ],
      examples: [.init("Measure in yards.", "tool measure --unit yard plank.txt")]),
    Command(
      "store", summary: "Keep things.",
      commands: [
        Command("list", summary: "List what is kept."),
        Command(
          "pull", summary: "Fetch a thing.",
          operands: [Operand("NAME", .suggestions(["oak", "pine"]), summary: "Its name.")]),
      ]),
  ], version: "1.2.3")

/// The invocation that the arguments make, or the sentence that refuses them.
func read(_ arguments: String...) -> Result<Invocation, ArgumentsError> {
  do {
    if case .run(let invocation) = try tool.parse(arguments) { return .success(invocation) }
    return .failure(ArgumentsError("not a run"))
  } catch {
    return .failure(error)
  }
}
