/// Holds an answer against what is right, without asking anyone.
///
/// Scoring is apart from collecting, so the same stored answers can be scored again by better rules.
public protocol Scorer: Sendable {
  /// What it does.
  var card: ScorerCard { get }

  /// The worth of an answer to a question; always the same for the same two.
  func score(_ answer: GivenAnswer, item: PromptItem) -> Score
}

extension Scorer {
  /// The worth of a reply as the model wrote it, thinking included, to a question.
  ///
  /// A reply that is nothing but thinking is worth 0 wherever an answer can be scored at all.
  public func score(answer: String, item: PromptItem) -> Score {
    let given = GivenAnswer(answer)
    let score = score(given, item: item)
    return given.isOnlyThinking && score.value != nil ? .onlyThinking : score
  }
}

/// The scorers that plans can name.
public enum Scorers {
  /// All that need nothing but the answer.
  public static let builtIn: [any Scorer] = [
    ExactMatch(), ContainsMatch(), NumberMatch(), ChoiceMatch(),
  ]
  /// What each scorer does, those included that need a sandbox or a judge.
  public static let cards = builtIn.map(\.card) + [CodeExecution.card, JudgeScore.card]
}
