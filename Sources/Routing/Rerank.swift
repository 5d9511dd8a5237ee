import Outcomes

/// Asks all models and returns the answer that a judge scores best: overgenerate and rerank.
///
/// It pays for every call and every consultation; a single answer needs no judge.
public struct Rerank: Sendable, Hashable {
  /// The models; among equal scores the earlier wins.
  public let models: [Int]
  /// Who scores the answers.
  public let judge: Judge

  /// Makes a rerank.
  ///
  /// - Precondition: There is a model.
  public init(models: [Int], judge: Judge) {
    precondition(!models.isEmpty, "Reranking needs at least one model.")
    self.models = models
    self.judge = judge
  }

  /// The exact expectation: each score flips on its own.
  ///
  /// Model j is returned with a score s when it gives s and every other model gives a worse one, so
  /// its chance is a product of cumulative probabilities over the 2*M* possible scores.
  ///
  /// - Complexity: O(*M*^2).
  func expectation(row: Int, in outcomes: RecordedOutcomes) throws(RoutingError) -> ExpectedOutcome
  {
    if models.count == 1 { return outcomes.call(row: row, model: models[0]) }
    var expected = price(row: row, in: outcomes)
    var scores: [Possible] = []
    for (position, model) in models.enumerated() {
      let opinion = try outcomes.opinion(of: judge, row: row, model: model)
      scores.append(Possible(position, opinion.score, 1 - opinion.chance))
      if opinion.chance > 0 { scores.append(Possible(position, opinion.flipped, opinion.chance)) }
    }
    // From the worst to the best; among equal scores the later model is the worse.
    Self.rank(&scores)
    var below = [Double](repeating: 0, count: models.count)
    for score in scores {
      var chance = score.probability
      for other in models.indices where other != score.position { chance *= below[other] }
      expected.quality += chance * outcomes.quality(row: row, model: models[score.position])
      below[score.position] += score.probability
    }
    return expected
  }

  /// One run on a recorded prompt, the judge's errors drawn.
  func drawn(
    row: Int, in outcomes: RecordedOutcomes, with generator: inout some RandomNumberGenerator
  ) throws(RoutingError) -> ExpectedOutcome {
    if models.count == 1 { return outcomes.call(row: row, model: models[0]) }
    var run = price(row: row, in: outcomes)
    var scores: [Possible] = []
    for (position, model) in models.enumerated() {
      let opinion = try outcomes.opinion(of: judge, row: row, model: model)
      scores.append(Possible(position, opinion.drawn(with: &generator), 1))
    }
    Self.rank(&scores)
    if let best = scores.last {
      run.quality = outcomes.quality(row: row, model: models[best.position])
    }
    return run
  }

  /// All calls and consultations; no quality yet.
  private func price(row: Int, in outcomes: RecordedOutcomes) -> ExpectedOutcome {
    var total = ExpectedOutcome.nothing
    for model in models { total.add(outcomes.call(row: row, model: model), times: 1) }
    total.cost += Double(models.count) * judge.overhead.cost(in: outcomes.table.costUnit)
    total.dollars += Double(models.count) * judge.overhead.dollars
    total.seconds += Double(models.count) * judge.overhead.seconds
    total.quality = 0
    return total
  }

  /// A score that a model may get.
  private struct Possible {
    let position: Int
    var score: Double
    let probability: Double

    init(_ position: Int, _ score: Double, _ probability: Double) {
      self.position = position
      self.score = score
      self.probability = probability
    }
  }

  /// Sorts from the worst to the best; scores within the tolerance of a lower one are equal to it.
  private static func rank(_ scores: inout [Possible]) {
    scores.sort { $0.score < $1.score }
    for (index, next) in zip(scores.indices, scores.indices.dropFirst())
    where scores[next].score - scores[index].score <= Opinion.tolerance {
      scores[next].score = scores[index].score
    }
    scores.sort { ($0.score, -$0.position) < ($1.score, -$1.position) }
  }
}

extension Rerank: Codable {
  private enum CodingKeys: String, CodingKey {
    case models, judge
  }

  /// Reads a rerank, and refuses one without models.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let models = try container.decode([Int].self, forKey: .models)
    guard !models.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .models, in: container, debugDescription: "Reranking needs at least one model.")
    }
    self.init(models: models, judge: try container.decode(Judge.self, forKey: .judge))
  }
}
