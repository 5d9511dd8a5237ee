import Prompts

extension OutcomeTable {
  /// Draws a split of this table's rows, task by task.
  ///
  /// - Parameters:
  ///   - fraction: The part for training, in [0, 1].
  ///   - seed: The seed; each task starts from it anew.
  ///   - method: `seeded` keeps near-duplicates on one side, `numpyLegacy` splits by id alone.
  ///   - groups: What counts as one task.
  public func makeSplit(
    fraction: Double = 0.7, seed: UInt64, method: Split.Method = .seeded,
    groups: TaskGroups = .paper
  ) -> Split {
    Split.make(
      sampleIDs: sampleIDs, strata: tasks(groups), fraction: fraction, seed: seed, method: method,
      keepingTogether: nearDuplicateKeys())
  }

  /// The table's training and test parts, drawn task by task.
  public func split(
    trainingFraction: Double = 0.7, seed: UInt64
  ) -> (training: OutcomeTable, test: OutcomeTable) {
    let split = makeSplit(fraction: trainingFraction, seed: seed)
    return (selecting(rows: split.training), selecting(rows: split.test))
  }

  /// Texts by which near-duplicate rows agree: the whole prompt, and its question.
  ///
  /// Take them once where many splits are drawn.
  public func nearDuplicateKeys() -> [[String]] {
    let whole = prompts.map { normalisedPrompt(PromptText($0).text) }
    let question = prompts.map { normalisedPrompt(PromptView.question.text(of: $0)) }
    return [whole, question]
  }
}
