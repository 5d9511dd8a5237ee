import Matrices
public import Outcomes
public import Parallelism

/// Outcomes that nobody measured: the shape of the published data, for trying things out.
///
/// Eleven models and seven tasks with the qualities and costs of the paper's Table 1. The words of
/// a prompt tell something about its topic and difficulty, and models do differ by both, so that a
/// router has something to learn; how much is made up. Nothing measured here says anything about a
/// real model or a real router.
public struct SyntheticOutcomes: Hashable, Sendable {
  /// The number of prompts over all tasks.
  public let prompts: Int
  /// Seeds everything; the same seed gives the same bytes on any number of threads.
  public let seed: UInt64

  /// The number of prompts in the published files.
  public static let publishedPrompts = 36_497
  /// The smallest number of prompts that still gives every task some.
  public static let fewestPrompts = 200

  /// Says that the outcomes are synthetic, and how to run the real ones.
  public static let notice = """
    These outcomes are SYNTHETIC: a stand-in with the shape of the published data, calibrated to the \
    paper's Table 1. They say nothing about real models or routers. To run the published files, \
    get routerbench_0shot.pkl or routerbench_5shot.pkl from \
    https://huggingface.co/datasets/withmartian/routerbench and call: routerbench evaluate FILE
    """

  /// A recipe for synthetic outcomes.
  ///
  /// - Precondition: `prompts` is at least `fewestPrompts`.
  public init(prompts: Int = SyntheticOutcomes.publishedPrompts, seed: UInt64 = 0) {
    precondition(
      prompts >= Self.fewestPrompts,
      "A stand-in needs at least \(Self.fewestPrompts) prompts; \(prompts) were asked for.")
    self.prompts = prompts
    self.seed = seed
  }

  /// The outcomes, task by task in Table 1's order.
  ///
  /// - Complexity: O(*n* *m*) in prompts and models, times the steps of a bisection.
  public func table(threads: Threads = .machine) -> OutcomeTable {
    var written: [StandInPrompt] = []
    var quality: [Double] = []
    var cost: [Double] = []
    for (task, count) in zip(StandInTask.allCases, StandInTask.counts(total: prompts)) {
      let prompts = StandInPrompt.prompts(of: task, count: count, seed: seed, threads: threads)
      let answers = StandInAnswers(task: task, prompts: prompts, seed: seed, threads: threads)
      written += prompts
      quality += answers.quality.values
      cost += answers.cost.values
    }
    let models = PublishedModel.all.map { ModelID($0.name) }
    return OutcomeTable(
      models: models, sampleIDs: written.map(\.sampleID), evalNames: written.map(\.evalName),
      prompts: written.map(\.text),
      quality: Grid(rows: written.count, columns: models.count, values: quality),
      cost: Grid(rows: written.count, columns: models.count, values: cost))
  }
}
