import Arguments
import Construction

/// `routerbench score`: grades stored answers.
enum ScoreCommand {
  static let definition = Command(
    "score", summary: "Grade collected answers; nothing is asked.",
    discussion: [
      "Each task's scorer is the one its plan named when answers were last collected. Grading again "
        + "replaces the grades."
    ],
    operands: [Operand("STORE", .file, summary: "A file of collected answers.")],
    options: Console.options,
    examples: [.init("Grade what was collected.", "routerbench score answers.sqlite")])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let path = try invocation.required("STORE")
    // Reading first: a name that is mistyped must not make a new store.
    _ = try AnswerStore(path: path, for: .reading)
    let store = try AnswerStore(path: path, for: .writing)
    let scoring = try store.score(with: Scorers.builtIn)
    Console.print("\(scoring.scored.counted("answer")) graded.")
    let console = Console(invocation)
    if scoring.ungraded > 0 {
      console.warn("\(scoring.ungraded.counted("answer")) could not be graded.")
    }
    if scoring.withoutScorer > 0 {
      console.warn(
        "\(scoring.withoutScorer.counted("answer")) belong to tasks without a scorer; name one in "
          + "the plan and run 'collect' again, which asks nothing anew.")
    }
    return .done
  }
}
