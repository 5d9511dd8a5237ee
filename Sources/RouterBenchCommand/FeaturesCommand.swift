import Arguments
import Embedding
import Matrices

/// `routerbench features`: what routers see of each prompt, for programs elsewhere.
enum FeaturesCommand {
  static let definition = Command(
    "features", summary: "Write what routers see of each prompt, as numpy's .npy.",
    discussion: [
      "One row of 32-bit numbers for each complete prompt, in the order of the data: what 'evaluate' "
        + "gives its routers, for routers made elsewhere, and what '--features' takes back."
    ],
    operands: [
      Operand("DATA", .file, summary: "A file of outcomes."),
      Operand("OUT", .file, summary: "The .npy file to write."),
    ],
    options: EvaluationSettings.options.filter { ["view", "encoder"].contains($0.name) }
      + EvaluationSettings.dataOptions.filter { $0.name != "axis" } + [
        .flag(
          "no-cache", summary: "Embed every prompt anew, and keep nothing for the next run.",
          section: "FEATURES"),
        CommandOption(
          "threads", "N",
          summary: "How many threads to use; all by default. Results never depend on it.",
          section: "OUTPUT"),
      ] + Console.options,
    examples: [
      .init(
        "The features of a task for numpy.",
        "routerbench features data.csv features.npy --encoder all-MiniLM-L6-v2 --tasks Winogrande")
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let out = try invocation.required("OUT")
    guard out.hasSuffix(".npy") else {
      throw ArgumentsError(
        "'\(out)' must end with .npy, the only form that features are written in.")
    }
    var settings = EvaluationSettings(source: .file(try invocation.required("DATA")))
    try settings.readFile(invocation)
    try settings.readChoice(invocation)
    settings.view = try invocation.choice("view") ?? settings.view
    settings.encoder = invocation.text("encoder") ?? settings.encoder
    let input = try EvaluationInput(settings, invocation)
    try FeatureFile.write(input.features, to: out)
    input.console.note(
      "\(out): \(input.features.rows.counted("row")) of \(input.features.columns) numbers")
    return .done
  }
}
