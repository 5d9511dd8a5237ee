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
  public func score(answer: String, item: PromptItem) -> Score {
    guard let right = item.reference?.texts else {
      return .wrongReference(item, scorer: card.name, needed: "right answer")
    }
    let answer = answer.trimmingCharacters(in: .whitespacesAndNewlines)
    return .right(
      right.contains { answer == $0.trimmingCharacters(in: .whitespacesAndNewlines) },
      Extraction(rule: "whole", text: answer))
  }
}
