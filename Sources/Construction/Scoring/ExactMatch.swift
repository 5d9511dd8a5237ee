import Foundation

/// 1 where the answer is the right one, but for space around it.
public struct ExactMatch: Scorer {
  /// What it does.
  public let card = ScorerCard(
    name: "exact", summary: "The answer is the right one, but for space around it.",
    source: "ours")

  /// A scorer of whole answers.
  public init() {}

  /// The worth of an answer to a question with a text, or several, for its reference.
  public func score(_ answer: GivenAnswer, item: PromptItem) -> Score {
    guard let right = item.reference?.texts else {
      return .wrongReference(item, scorer: card.name, needed: "right answer")
    }
    let texts = right.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    let whole = answer.text.trimmingCharacters(in: .whitespacesAndNewlines)
    if !texts.contains(whole), let inner = AnswerTag.wholeContent(of: whole) {
      return .right(texts.contains(inner), Extraction(rule: "answer-tag", text: inner))
    }
    return .right(texts.contains(whole), Extraction(rule: "whole", text: whole))
  }
}
