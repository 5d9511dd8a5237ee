import CostQuality
import Routing
import Testing

@testable import Evaluation

@Suite("Differences between runs")
struct RunDifferenceTests {
  /// A run of one system that asks one model for some prompts, right or wrong.
  private func run(_ samples: [String], right: (String) -> Bool) throws -> (TaskResult, [Decision])
  {
    let decisions = samples.map { id in
      Decision(
        task: "t", seed: 42, system: "r", sampleID: id, from: nil, through: nil, model: "m",
        expectedQuality: nil, quality: right(id) ? 1 : 0, cost: 1)
    }
    let quality = decisions.map(\.quality).reduce(0, +) / Double(decisions.count)
    let range = try CostRange(lower: 1, upper: 3)
    let kept = KeptPoint(
      parameter: nil, model: nil, training: nil, test: Point(cost: 1, quality: quality))
    let system = try SystemResult(
      name: "r", swept: [SweptPoint(parameter: nil, point: kept.test)], kept: [kept], range: range,
      extendedLeft: .nullMixture)
    let split = SplitResult(
      seed: 42, trainingCount: 1, testCount: samples.count, range: range, references: [],
      systems: [system], oracleShares: [])
    let task = TaskResult(
      task: "t", promptCount: samples.count, distinctFeatures: 1, featureWarning: nil,
      nearDuplicates: 0, notes: [], splits: [split], summaries: [])
    return (task, decisions)
  }

  private func difference(
    _ own: (TaskResult, [Decision]), less first: (TaskResult, [Decision])
  ) -> RunDifference? {
    RunDifference(
      of: "r", in: own.0, own.1, less: first.0, first.1, bootstrap: Bootstrap(resamples: 400))
  }

  @Test("only shared prompts count, whatever the runs did elsewhere")
  func shared() throws {
    let ids = (0..<60).map(String.init)
    let first = try run(Array(ids[0..<40])) { Int($0)! % 2 == 0 }
    let own = try run(Array(ids[20..<60])) { Int($0)! % 2 == 0 || Int($0)! == 21 || Int($0)! > 39 }
    let found = try #require(difference(own, less: first))
    #expect(found.prompts == 20 && found.splits == 1)
    // Prompt 21 alone is better, of twenty.
    #expect(abs(found.mean - 0.05) < 1e-12)
    #expect(found.interval.lower <= 0.05 && found.interval.upper >= 0.05)
    #expect(found.pValue > 0.05)
    #expect(difference(try run(["x"]) { _ in true }, less: first) == nil)
  }

  @Test("what holds on every prompt holds on every draw, and reversed it has the other sign")
  func certain() throws {
    let ids = (0..<50).map(String.init)
    let (good, bad) = (try run(ids) { _ in true }, try run(ids) { _ in false })
    let up = try #require(difference(good, less: bad))
    #expect(up.mean == 1 && up.interval == Interval(lower: 1, upper: 1) && up.pValue < 0.01)
    let down = try #require(difference(bad, less: good))
    #expect(down.mean == -1 && down.pValue == up.pValue)
  }
}
