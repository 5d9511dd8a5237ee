import CostQuality
import Routing
import Testing

@testable import Evaluation

@Suite("Differences between runs")
struct RunDifferenceTests {
  /// A run of one system that asks one model for some prompts, right or wrong.
  private func run(
    _ samples: [String], task name: String = "t", right: (String) -> Bool
  ) throws -> (TaskResult, [Decision]) {
    let decisions = samples.map { id in
      Decision(
        task: name, seed: 42, system: "r", sampleID: id, from: nil, through: nil, model: "m",
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
      task: name, promptCount: samples.count, distinctFeatures: 1, featureWarning: nil,
      nearDuplicates: 0, notes: [], splits: [split], summaries: [])
    return (task, decisions)
  }

  private func difference(
    _ own: (TaskResult, [Decision]), less first: (TaskResult, [Decision])
  ) -> RunDifference? {
    RunDifference(
      of: "r", on: "t", in: RecordedRun([own.0], own.1), less: RecordedRun([first.0], first.1),
      bootstrap: Bootstrap(resamples: 400))
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

  @Test("all tasks together are drawn task by task, so that what tasks alone decide does not vary")
  func strata() throws {
    let ids = (0..<40).map(String.init)
    // The router of one run solves a task of thirty prompts, that of the other one of ten.
    func pooled(_ isSolved: (Int) -> Bool) throws -> RecordedRun {
      let (task, decisions) = try run(ids, task: Experiment.allTasks) { isSolved(Int($0)!) }
      let parts = decisions.map {
        Decision(
          task: Int($0.sampleID)! < 30 ? "large" : "small", seed: 42, system: "r",
          sampleID: $0.sampleID, from: nil, through: nil, model: "m", expectedQuality: nil,
          quality: $0.quality, cost: 1)
      }
      return RecordedRun([task], parts + decisions)
    }
    let found = try #require(
      RunDifference(
        of: "r", on: Experiment.allTasks, in: try pooled { $0 < 30 }, less: try pooled { $0 >= 30 },
        bootstrap: Bootstrap(resamples: 50)))
    #expect(abs(found.mean - 0.5) < 1e-12)
    #expect(abs(found.interval.lower - 0.5) < 1e-12 && abs(found.interval.upper - 0.5) < 1e-12)
  }

  @Test("verdicts are corrected for all that is compared at once")
  func findings() throws {
    let ids = (0..<12).map(String.init)
    let (good, bad) = (try run(ids) { Int($0)! < 8 }, try run(ids) { Int($0)! < 2 })
    let one = try #require(difference(good, less: bad))
    #expect(one.pValue < 0.05 && one.interval.lower > 0)
    let alone = RunDifference.findings([one], level: 0.95)
    #expect(alone.map(\.finding) == [.better] && alone[0].pValue == one.pValue)
    let rotated = try (0..<12).map { shift in
      try #require(difference(try run(ids) { (Int($0)! + shift) % 12 < 8 }, less: bad))
    }
    let many = RunDifference.findings(rotated, level: 0.95)
    #expect(many.allSatisfy { $0.finding == .noEvidence && $0.pValue > one.pValue })
    // A chosen router beside the recipe that it is makes one claim.
    let same = RunDifference.findings([RunDifference](repeating: one, count: 40), level: 0.95)
    #expect(same.allSatisfy { $0.finding == .better && $0.pValue == one.pValue })
  }
}
