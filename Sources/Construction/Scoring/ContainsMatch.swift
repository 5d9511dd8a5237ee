import Foundation

/// 1 where a right answer stands somewhere in the answer, in letters of any case.
public struct ContainsMatch: Scorer {
  /// What it does.
  public let card = ScorerCard(
    name: "contains",
    summary: "The right answer stands somewhere in the answer, in letters of any case.",
    source: "ours")

  /// A scorer of answers in passing.
  public init() {}

  /// The worth of an answer to a question with a text, or several, for its reference.
  public func score(_ answer: GivenAnswer, item: PromptItem) -> Score {
    guard let right = item.reference?.texts else {
      return .wrongReference(item, scorer: card.name, needed: "right answer")
    }
    let text = answer.text.lowercased()
    let found = right.first {
      text.contains($0.trimmingCharacters(in: .whitespacesAndNewlines).lowercased())
    }
    return .right(found != nil, found.map { Extraction(rule: "contained", text: $0) } ?? .none)
  }
}
