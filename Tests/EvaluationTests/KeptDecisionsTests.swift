import CostQuality
import Testing

@testable import Evaluation

@Suite("Decisions at kept points")
struct KeptDecisionsTests {
  private func decision(_ sample: String, _ from: Double, _ through: Double, _ model: String)
    -> Decision
  {
    Decision(
      task: "t", seed: 42, system: "r", sampleID: sample, from: Parameter(from),
      through: Parameter(through), model: model, expectedQuality: nil, quality: 0, cost: 0)
  }

  private func task() throws -> TaskResult {
    let kept = [0.0, 1, 2].map { value in
      var point = KeptPoint(
        parameter: Parameter(value), model: nil, training: nil,
        test: Point(cost: 1 + value, quality: value / 2))
      point.meaning = value == 1 ? "one" : nil
      return point
    }
    let range = try CostRange(lower: 1, upper: 3)
    let system = try SystemResult(
      name: "r", swept: kept.map { SweptPoint(parameter: $0.parameter, point: $0.test) },
      kept: kept, range: range, extendedLeft: .nullMixture)
    return TaskResult(
      task: "t", promptCount: 3, distinctFeatures: 3, featureWarning: nil, nearDuplicates: 0,
      notes: [],
      splits: [
        SplitResult(
          seed: 42, trainingCount: 3, testCount: 3, range: range, references: [],
          systems: [system], oracleShares: [])
      ], summaries: [])
  }

  @Test("Stretches of parameters are undone, and the most even division is found")
  func stretches() throws {
    let made = [
      decision("1", 0, 2, "a"), decision("2", 0, 0, "a"), decision("2", 1, 2, "b"),
      decision("3", 0, 1, "a"), decision("3", 2, 2, "c"),
    ]
    let kept = KeptDecisions(of: "r", on: try task(), in: made)
    #expect(kept.parameters.map(\.value) == [0, 1, 2])
    #expect(
      kept.parameters.map { kept.at($0).map(\.model) } == [
        ["a", "a", "a"], ["a", "b", "a"], ["a", "b", "c"],
      ])
    #expect(kept.parameters.map(kept.meaning) == [nil, "one", nil])
    #expect(kept.dividing.map(\.value) == [1, 2])
    #expect(kept.mostDividing?.value == 2)
    let alike = KeptDecisions(of: "r", on: try task(), in: [decision("1", 0, 2, "a")])
    #expect(alike.mostDividing == nil)
    #expect(KeptDecisions(of: "other", on: try task(), in: made).parameters.isEmpty)
  }
}
