import CostQuality
import Evaluation
import Foundation
import Outcomes
import RouterBenchTesting
import Routers

@testable import Reporting

/// Reports made of a few rows, the same at every run.
enum Reports {
  /// A real experiment on made-up outcomes.
  static func small(
    seeds: [UInt64] = [1, 2, 3], notices: [String] = ["These outcomes are synthetic."]
  ) throws -> (report: ExperimentReport, decisions: [Decision]) {
    let fixture = Fixture(prompts: 60, models: 4, seed: 7, hasLatency: true)
    var experiment = Experiment([
      NearestNeighborsRouter(neighbors: 3), NearestNeighborsRouter(neighbors: 9),
    ])
    experiment.seeds = seeds
    let outcome = try experiment.run(on: fixture.table, features: fixture.features)
    let report = ExperimentReport(
      version: "0.1.0", title: "Small report", notices: notices,
      data: DataSummary(
        file: "small.csv", sha256: "", rows: 62, compared: 60,
        models: fixture.table.models.map(\.name),
        omissions: [
          .init(task: "task", model: "maker/model-1", reason: "missing cost", count: 1),
          .init(task: "task", model: nil, reason: "duplicate sample_id", count: 1),
        ], faults: ["1 quality above 1."]),
      options: [.init(name: "view", value: "question")], tasks: outcome.tasks)
    return (report, outcome.decisions)
  }

  static let manifest = Manifest(
    version: "0.1.0",
    options: [
      "view": .text("question"), "routers": .list([.text("knn:3"), .text("knn:9")]),
      "fraction": .number(0.7), "seeds": .number(3), "strict": .flag(false),
    ], inputs: [], seeds: [1, 2, .max], groups: nil, encoder: "hashed-ngrams-512")

  /// One split whose systems were drawn by hand.
  static func split(
    references: [ReferencePoint], systems: [(name: String, points: [Point], kept: [Point])],
    seed: UInt64 = 0
  ) throws -> SplitResult {
    let models = references.filter { $0.role == .model }.map(\.point)
    let range = try CostRange(spanning: models)
    return SplitResult(
      seed: seed, trainingCount: 886, testCount: 381, range: range, references: references,
      systems: try systems.map { system in
        try SystemResult(
          name: system.name,
          swept: system.points.enumerated().map {
            SweptPoint(
              parameter: system.name == "zero" ? nil : Parameter(Double($0)), point: $1)
          },
          kept: system.kept.map {
            KeptPoint(parameter: nil, model: nil, training: $0, test: $0)
          }, range: range, extendedLeft: .nullMixture)
      }, oracleShares: models.map { _ in 1 / Double(models.count) })
  }

  /// A task made of such splits.
  static func task(_ name: String, _ splits: [SplitResult]) -> TaskResult {
    let names = splits.first?.systems.map(\.name) ?? []
    return TaskResult(
      task: name, promptCount: 1267, distinctFeatures: 1267, featureWarning: nil,
      nearDuplicates: 2, notes: [], splits: splits,
      summaries: names.map { name in
        let all = splits.compactMap { $0.systems.first { $0.name == name } }
        let zeros = splits.compactMap { $0.systems.first { $0.name == "zero" } }
        return SystemSummary(
          name: name, testHull: Spread(all.map(\.testHullAIQ)),
          deployable: Spread(all.map(\.deployableAIQ)),
          testHullLessZero: Spread(zip(all, zeros).map { $0.testHullAIQ - $1.testHullAIQ }),
          deployableLessZeroTrained: Spread(
            zip(all, zeros).map { $0.deployableAIQ - $1.deployableAIQ }),
          reference: Spread(all.map(\.referenceAIQ)))
      })
  }

  static func report(
    _ tasks: [TaskResult], title: String = "A report", notices: [String] = []
  ) -> ExperimentReport {
    ExperimentReport(
      version: "0.1.0", title: title, notices: notices,
      data: DataSummary(
        file: "f.csv", sha256: "", rows: 1, compared: 1, models: [], omissions: [], faults: []),
      options: [], tasks: tasks)
  }
}

/// Files beside the project, for tests that compare with published rows and golden values.
enum Shared {
  /// The path of a file there, or nil with a notice.
  static func path(_ name: String) -> String? {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/" + name).path
    if FileManager.default.fileExists(atPath: path) { return path }
    print("skipped: needs ../shared/\(name)")
    return nil
  }
}
