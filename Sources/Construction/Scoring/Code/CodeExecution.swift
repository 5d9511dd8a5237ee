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
    let program = ProgramExtraction(answer: answer, tests: tests).find()
    var generator = SystemRandomNumberGenerator()
    let token = String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
    let run: SandboxRun
    do throws(ConstructionError) {
      run = try sandbox.run(
        arguments: ["-B", "-c", PythonHarness.program],
        input: PythonHarness.job(code: program.text, tests: tests, token: token))
    } catch {
      return Score(.unscorable(error.description), extraction: program)
    }
    let report = PythonHarness.report(in: run.verdict, token: token)
    if let report, report.passed == tests.assertions.count {
      return Score(.value(1), extraction: program)
    }
    return Score(.value(0), extraction: program, remark: report?.failure ?? run.ending.description)
  }
}
