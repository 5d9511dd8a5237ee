import Arguments
import Construction

/// `routerbench score`: scores stored answers.
enum ScoreCommand {
  static let definition = Command(
    "score", summary: "Grade collected answers; nothing is asked.",
    discussion: [
      "Each task's scorer is the one its plan named when answers were last collected. Grading again "
        + "replaces the grades. The tables tell which rule read how many answers, so that a "
        + "misread answer can be told from a wrong one.",
      "Answers of the scorer 'code' are programs, and run only with --run-code, in a sandbox "
        + "without network.",
    ],
    operands: [Operand("STORE", .file, summary: "A file of collected answers.")],
    options: [
      .flag(
        "run-code",
        summary: "Run the programs that models wrote, in a sandbox; use a machine without secrets.",
        section: "CODE"),
      CommandOption(
        "code-seconds", "SECONDS",
        summary: "A program's processor time, and a third of its time by the clock; 10 without it.",
        section: "CODE"),
      CommandOption(
        "python", "FILE", summary: "The Python that runs programs; python3 without it.",
        section: "CODE"),
    ] + Console.options,
    examples: [
      .init("Grade what was collected.", "routerbench score answers.sqlite"),
      .init("Run programs too.", "routerbench score answers.sqlite --run-code"),
    ])

  static func run(_ invocation: Invocation) throws -> ExitCode {
    let path = try invocation.required("STORE")
    let console = Console(invocation)
    // Reading first: a name that is mistyped must not make a new store.
    _ = try AnswerStore(path: path, for: .reading)
    let store = try AnswerStore(path: path, for: .writing)
    let scoring = try store.score(with: try scorers(invocation, console))
    Console.print(lines: models(scoring).lines())
    if !scoring.readings.isEmpty { Console.print(lines: readings(scoring).lines()) }
    Console.print("\(scoring.scored.counted("answer")) graded.")
    warn(of: scoring, console)
    return .done
  }

  private static func scorers(
    _ invocation: Invocation, _ console: Console
  ) throws -> [any Scorer] {
    let seconds = try invocation.number(
      "code-seconds", needed: "seconds above 0", where: { $0 > 0 && $0 <= 3600 })
    let python = invocation.text("python")
    guard invocation.has("run-code") else {
      if seconds != nil || python != nil {
        throw ArgumentsError("--code-seconds and --python go with --run-code alone.")
      }
      return Scorers.builtIn
    }
    console.warn(Sandbox.warning)
    var limits = SandboxLimits()
    if let seconds {
      // A busy machine gives a program a part of its processors.
      (limits.processorSeconds, limits.seconds) = (seconds, 3 * seconds)
    }
    return Scorers.builtIn + [CodeExecution(in: try Sandbox(limits: limits, python: python))]
  }

  private static func models(_ scoring: Scoring) -> TextTable {
    var table = TextTable(
      ["model", "answers", "graded", "mean", "unread", "refusals", "cut off"],
      rightAligned: [1, 2, 3, 4, 5, 6])
    for model in scoring.models {
      table.add([
        model.model, model.answers.grouped, model.scored.grouped,
        model.mean.map { $0.significant(4) } ?? "", model.unread.grouped,
        model.refusals.values.reduce(0, +).grouped, model.cutOff.grouped,
      ])
    }
    return table
  }

  private static func readings(_ scoring: Scoring) -> TextTable {
    var table = TextTable(["task", "scorer", "read by", "answers", "mean"], rightAligned: [3, 4])
    for reading in scoring.readings {
      table.add([
        reading.task, reading.scorer, reading.rule, reading.count.grouped,
        (reading.sum / Double(reading.count)).significant(4),
      ])
    }
    return table
  }

  private static func warn(of scoring: Scoring, _ console: Console) {
    for (reason, count) in scoring.unscorable.sorted(by: { $0.key < $1.key }) {
      console.warn("\(count.counted("answer")) could not be graded. \(reason)")
    }
    if let count = scoring.notRun[CodeExecution.card.name] {
      console.warn(
        "\(count.counted("answer")) are programs, and not graded; --run-code runs them in a sandbox."
      )
    }
    if scoring.withoutScorer > 0 {
      console.warn(
        "\(scoring.withoutScorer.counted("answer")) belong to tasks without a scorer; name one in "
          + "the plan and run 'collect' again, which asks nothing anew.")
    }
  }
}
