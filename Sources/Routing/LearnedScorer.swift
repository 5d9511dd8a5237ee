import Foundation
public import Matrices
public import Outcomes

/// A logistic model of how good an answer is, from the text of prompt and answer alone.
///
/// It is small enough to travel in a plan; `Routers` trains it.
public struct LearnedScorer: Sendable, Codable {
  /// One weight a bucket of `AnswerFeatures`.
  public let weights: [Float]

  /// Makes a scorer.
  ///
  /// - Precondition: There is a weight.
  public init(weights: [Float]) {
    precondition(!weights.isEmpty, "A scorer needs at least one weight.")
    self.weights = weights
  }

  /// The expected quality of an answer, in (0, 1).
  public func score(of text: AnswerText) -> Double {
    score(of: AnswerFeatures(of: text, buckets: weights.count))
  }

  /// The score of features that were read before.
  public func score(of features: AnswerFeatures) -> Double {
    var sum: Float = 0
    for (bucket, value) in zip(features.buckets, features.values) {
      sum += weights[Int(bucket)] * value
    }
    return 1 / (1 + exp(-Double(sum)))
  }

  /// The scores of all recorded answers; missing where there is none.
  public func scores(of table: OutcomeTable) -> Grid {
    var grid = Grid(rows: table.count, columns: table.models.count)
    guard let responses = table.responses else { return grid }
    for row in 0..<responses.rows {
      for (model, answer) in responses[row: row].enumerated() {
        guard let answer else { continue }
        grid[row, model] = score(
          of: AnswerText(prompt: table.prompts[row], answer: answer, model: model))
      }
    }
    return grid
  }
}

extension LearnedScorer: Hashable {
  /// Whether all weights are equal.
  public static func == (left: LearnedScorer, right: LearnedScorer) -> Bool {
    left.weights == right.weights
  }

  /// Hashes a few weights: plans that share a scorer are hashed one a prompt.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(weights.count)
    for weight in weights.prefix(16) { hasher.combine(weight) }
  }
}
