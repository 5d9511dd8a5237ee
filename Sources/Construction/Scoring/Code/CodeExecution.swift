/// 1 where the program in an answer passes all tests of its question.
///
/// It runs code that a model wrote, so it is made only with a sandbox that someone asked for.
///
/// The paper had GPT-4 judge MBPP; tests are what MBPP came with, and need no one's opinion.
public struct CodeExecution: Scorer {
  /// What it does.
  public static let card = ScorerCard(
    name: "code", summary: "The program in the answer passes all tests, run in a sandbox.",
    source: "Austin et al., arXiv:2108.07732; off unless asked for.")

  /// What it does.
  public var card: ScorerCard { Self.card }

  private let sandbox: Sandbox

  /// A scorer that runs programs in a sandbox.
  public init(in sandbox: Sandbox) { self.sandbox = sandbox }

  /// The worth of an answer to a question with tests for its reference.
  public func score(_ given: GivenAnswer, item: PromptItem) -> Score {
    let answer = given.text
    guard case .tests(let tests) = item.reference, !tests.assertions.isEmpty else {
      return .wrongReference(item, scorer: card.name, needed: "tests")
    }
    let program = ProgramExtraction(
      answer: answer, tests: tests, question: item.question
    ).find()
    let (run, answerEnding): (SandboxRun, SandboxRun.Ending)
    do throws(ConstructionError) {
      (run, answerEnding) = try sandbox.run(
        tests: ["-B", "-c", PythonHarness.tests], answer: ["-B", "-c", PythonHarness.answer],
        input: PythonHarness.job(code: program.text, tests: tests))
    } catch {
      return Score(.unscorable(error.description), extraction: program)
    }
    let report = PythonHarness.report(in: run.verdict)
    if let report, !report.isGone, report.passed == tests.assertions.count {
      return Score(.value(1), extraction: program)
    }
    let failure = report.flatMap { $0.isGone ? nil : $0.failure }
    let ending = report?.isGone == true ? answerEnding : run.ending
    return Score(.value(0), extraction: program, remark: failure ?? ending.description)
  }
}
