import Foundation
import Matrices
import Outcomes
import Parallelism
import Routing

/// Trains a scorer of answers by logistic regression.
///
/// Stochastic gradient steps with per-weight rates (AdaGrad), in an order drawn from a fixed seed, so
/// that the same lessons give the same scorer to the bit. Graded qualities are soft labels.
///
/// - Source: Duchi, Hazan and Singer, "Adaptive Subgradient Methods", 2011.
struct ScorerTraining {
  var buckets = 1 << 12
  var epochs = 6
  var rate: Float = 0.1
  var decay: Float = 1e-5
  var folds = 3

  /// A scorer that has learned from all answers.
  func scorer(of table: OutcomeTable) -> LearnedScorer { scorer(of: examples(table)) }

  /// The score of every answer by a scorer that has seen no answer to its prompt.
  func scoresWithoutSelf(of table: OutcomeTable) -> [Double] {
    var foldOf: [String: Int] = [:]
    for id in table.sampleIDs where foldOf[id] == nil { foldOf[id] = foldOf.count % folds }
    let examples = examples(table)
    let fold = examples.map { foldOf[table.sampleIDs[$0.row]] ?? 0 }
    var scores = [Double](repeating: 0, count: examples.count)
    for part in 0..<folds {
      let rest = examples.indices.filter { fold[$0] != part }.map { examples[$0] }
      let scorer = scorer(of: rest)
      for index in examples.indices where fold[index] == part {
        scores[index] = scorer.score(of: examples[index].features)
      }
    }
    return scores
  }

  /// An answer and how good it was.
  private struct Example: Sendable {
    let row: Int
    let features: AnswerFeatures
    let quality: Float
  }

  private func examples(_ table: OutcomeTable) -> [Example] {
    guard let responses = table.responses else { return [] }
    return Threads.machine.map(count: table.count) { row -> [Example] in
      responses[row: row].enumerated().compactMap { model, answer in
        guard let answer else { return nil }
        let text = AnswerText(prompt: table.prompts[row], answer: answer, model: model)
        return Example(
          row: row, features: AnswerFeatures(of: text, buckets: buckets),
          quality: Float(table.quality[row, model]))
      }
    }.flatMap { $0 }
  }

  private func scorer(of examples: [Example]) -> LearnedScorer {
    var weights = [Float](repeating: 0, count: buckets)
    var squares = [Float](repeating: 1e-6, count: buckets)
    var generator = SeededGenerator(seed: 0x5C0)
    var order = Array(examples.indices)
    for _ in 0..<epochs {
      generator.shuffle(&order)
      for index in order {
        let features = examples[index].features
        var sum: Float = 0
        for (bucket, value) in zip(features.buckets, features.values) {
          sum += weights[Int(bucket)] * value
        }
        let error = 1 / (1 + exp(-sum)) - examples[index].quality
        for (bucket, value) in zip(features.buckets, features.values) {
          let gradient = error * value + decay * weights[Int(bucket)]
          squares[Int(bucket)] += gradient * gradient
          weights[Int(bucket)] -= rate * gradient / squares[Int(bucket)].squareRoot()
        }
      }
    }
    return LearnedScorer(weights: weights)
  }
}
