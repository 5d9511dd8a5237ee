/// 1 where the choice that an answer makes is the right one.
public struct ChoiceMatch: Scorer {
  /// What it does.
  public let card = ScorerCard(
    name: "choice",
    summary: "The choice that the answer makes is the right one, by letter or by words.",
    source: "RouterBench compares the whole answer with the letter; the other rules are ours.")

  /// A scorer of choices.
  public init() {}

  /// The worth of an answer to a question with the right letter for its reference.
  public func score(_ answer: GivenAnswer, item: PromptItem) -> Score {
    guard case .choice(let right) = item.reference, !item.choices.isEmpty else {
      return .wrongReference(item, scorer: card.name, needed: "right choice")
    }
    let finding = ChoiceExtraction(answer: answer.text, choices: item.choices).find()
    return .right(finding.label == right, Extraction(rule: finding.rule, text: finding.text))
  }
}
