import Foundation

/// Grades an answer: the seam at which ways of scoring are plugged in.
public struct AnswerScorer: Sendable {
  /// The name that plans use.
  public let name: String
  /// The grade in [0, 1] of an answer to a question; nil where there is none to give.
  public let score: @Sendable (_ answer: String, _ item: PromptItem) -> Double?

  /// A way of scoring.
  public init(
    _ name: String, score: @escaping @Sendable (_ answer: String, _ item: PromptItem) -> Double?
  ) {
    self.name = name
    self.score = score
  }

  /// 1 where the answer is the right one, but for space around it.
  public static let exact = AnswerScorer("exact") { answer, item in
    item.reference.map { trimmed(answer) == trimmed($0) ? 1 : 0 }
  }

  /// 1 where the right answer stands somewhere in the answer, in letters of any case.
  public static let contains = AnswerScorer("contains") { answer, item in
    item.reference.map { answer.lowercased().contains(trimmed($0).lowercased()) ? 1 : 0 }
  }

  /// The ways that are built in.
  public static let builtIn = [exact, contains]

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
