import Foundation
import Matrices
public import Outcomes

/// Retrieval-augmented prompts that nobody asked: the shape of the paper's, which are not public.
///
/// Queries of a search assistant on sports, history, media and art, and politics for five models,
/// three of which search. What happened lately only those three know; most, but not all, of such
/// queries name a date or say "latest", and some name a late date without being of that kind. So a
/// router has something to find, and `explain` something to tell. Qualities and prices are made up.
public struct SyntheticRetrieval: Hashable, Sendable {
  /// The number of prompts.
  public let prompts: Int
  /// Seeds everything; the same seed gives the same bytes.
  public let seed: UInt64

  /// The number of prompts in the paper.
  public static let publishedPrompts = 800
  /// The smallest number of prompts with enough of both kinds to learn from.
  public static let fewestPrompts = 80
  /// The largest number that its words suffice for without repeating a query.
  public static let mostPrompts = 10_000

  /// Says that the outcomes are synthetic.
  public static let notice = """
    The retrieval-augmented outcomes are SYNTHETIC: the paper's queries are not public, and it prints no \
    numbers of theirs, so that prompts, qualities and prices are made up. They say nothing about real \
    models or routers.
    """

  /// A recipe for synthetic retrieval-augmented outcomes.
  ///
  /// - Precondition: `prompts` lies from `fewestPrompts` to `mostPrompts`.
  public init(prompts: Int = SyntheticRetrieval.publishedPrompts, seed: UInt64 = 0) {
    precondition(
      prompts >= Self.fewestPrompts && prompts <= Self.mostPrompts,
      "A retrieval stand-in has \(Self.fewestPrompts) to \(Self.mostPrompts) prompts; \(prompts) were "
        + "asked for.")
    self.prompts = prompts
    self.seed = seed
  }

  /// The outcomes, under the task name `rag`.
  public func table() -> OutcomeTable {
    let written = RetrievalPrompt.prompts(count: prompts, seed: seed)
    let models = RetrievalModel.all
    var quality = Grid(rows: written.count, columns: models.count)
    var cost = quality
    for (column, model) in models.enumerated() {
      // An answer is right with probability logistic(offset - difficulty), the offset by kind.
      let offsets = [false, true].map { isTimely in
        Calibration.offset(
          for: isTimely ? model.timely : model.timeless,
          written.filter { $0.isTimely == isTimely }.map { -$0.difficulty })
      }
      for (row, prompt) in written.enumerated() {
        var generator = StandInGenerator(seed, [6, column, row])
        let chance = Calibration.logistic(offsets[prompt.isTimely ? 1 : 0] - prompt.difficulty)
        quality[row, column] = generator.uniform() < chance ? 1 : 0
        let promptTokens = Double(prompt.text.utf8.count) / 4
        let answerTokens =
          model.answerTokens * exp(0.4 * prompt.verbosity + 0.2 * generator.normal())
        cost[row, column] =
          model.perRequest
          + (promptTokens * model.perMillion.prompt + answerTokens * model.perMillion.answer) / 1e6
      }
    }
    return OutcomeTable(
      models: models.map { ModelID($0.name) },
      sampleIDs: written.indices.map { "rag.standin.\($0)" },
      evalNames: written.map { _ in "rag" }, prompts: written.map(\.text), quality: quality,
      cost: cost)
  }
}
