import Matrices
public import Outcomes
import Synchronization

/// Outcomes as plans are replayed on them: what every model cost, and what a judge would say of it.
///
/// A learned scorer reads every answer once, however many plans consult it.
public struct RecordedOutcomes: Sendable {
  /// The outcomes.
  public let table: OutcomeTable
  private let scores = Scores()

  /// Prepares outcomes.
  public init(_ table: OutcomeTable) { self.table = table }

  /// Recorded dollars.
  func cost(row: Int, model: Int) -> Double { table.cost[row, model] }

  /// Recorded quality.
  func quality(row: Int, model: Int) -> Double { table.quality[row, model] }

  /// One recorded call.
  func call(row: Int, model: Int) -> ExpectedOutcome {
    ExpectedOutcome(
      cost: table.cost[row, model], quality: table.quality[row, model],
      dollars: table.dollars?[row, model] ?? .nan, seconds: table.latency?[row, model] ?? .nan)
  }

  /// What a judge says of a recorded answer.
  ///
  /// - Throws: When the outcomes lack what the judge judges by.
  func opinion(of judge: Judge, row: Int, model: Int) throws(RoutingError) -> Opinion {
    if case .scorer(let scorer) = judge.source {
      let score = scores.grid(of: scorer, on: table)[row, model]
      if score.isNaN { throw .unknownAnswer }
      return Opinion(score: score)
    }
    return try judge.opinion(
      of: Evidence(
        quality: table.quality[row, model], confidence: table.confidence?[row, model], model: model)
    )
  }

  /// Refuses outcomes that lack what the judges of some plans judge by.
  ///
  /// - Parameter plans: One a row.
  /// - Throws: A count of the answers without it, by model.
  public func requireEvidence(for plans: [Plan]) throws(RoutingError) {
    var lacking: [OutcomePart: [Int]] = [:]
    for (row, plan) in plans.enumerated() {
      plan.forEachJudged { judge, model in
        guard let part = judge.part, table.isMissing(part, row: row, model: model) else { return }
        lacking[part, default: [Int](repeating: 0, count: table.models.count)][model] += 1
      }
    }
    for part in OutcomePart.allCases {
      guard let counts = lacking[part] else { continue }
      if !table.has(part) { throw .nothingRecorded(part) }
      let models = zip(table.models, counts).filter { $1 > 0 }.map { "\($0.name) \($1)" }
      throw .missingCells(part, count: counts.reduce(0, +), models: models)
    }
  }

  /// The scores of learned scorers, one grid a scorer; shared by the copies of the outcomes.
  private final class Scores: Sendable {
    private let grids = Mutex<[LearnedScorer: Grid]>([:])

    func grid(of scorer: LearnedScorer, on table: OutcomeTable) -> Grid {
      grids.withLock { known in
        if let grid = known[scorer] { return grid }
        let grid = scorer.scores(of: table)
        known[scorer] = grid
        return grid
      }
    }
  }
}

extension Judge {
  /// The part of outcomes that the judge judges by, where it may be absent.
  public var part: OutcomePart? {
    switch source {
    case .quality: nil
    case .confidence, .calibrated: .confidence
    case .scorer: .response
    }
  }
}
