import Foundation
import Outcomes

/// Files beside the project, for tests that compare with published rows and golden values.
enum Shared {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared")

  /// The path of a file there, or nil with a notice.
  static func path(_ name: String) -> String? {
    let path = folder.appendingPathComponent(name).path
    if FileManager.default.fileExists(atPath: path) { return path }
    print("skipped: needs ../shared/\(name)")
    return nil
  }

  /// The Winogrande rows of the published five-shot file, or nil with a notice.
  static func winogrande() throws -> OutcomeTable? {
    guard let path = path("data/routerbench/routerbench_5shot_arc_winogrande.pkl") else {
      return nil
    }
    let table = try OutcomeTable(contentsOf: path)
    return table.selecting(rows: (0..<table.count).filter { table.evalNames[$0] == "winogrande" })
  }

  /// The 365 genuine zero-shot rows, graded, or nil with a notice.
  static func sample365() throws -> OutcomeTable? {
    try path("data/routerbench/routerbench_0shot_sample365.pkl").map {
      try OutcomeTable(contentsOf: $0)
    }
  }

  static func json<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value? {
    guard let path = path(name) else { return nil }
    return try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

/// `golden/winogrande_all.json`.
struct GoldenModels: Decodable {
  struct Cell: Decodable {
    let quality: Double
    let cost_per_prompt: Double
  }

  struct Oracle: Decodable {
    let quality: Double
    let cost_per_prompt: Double
    let cost_per_prompt_free_when_unsolved: Double
  }

  let models: [String: Cell]
  let oracle: Oracle
  let zero_hull: [[Double]]
  let range: [Double]
  let zero_aiq_nullMixture: Double
}

/// `golden/winogrande_knn.json`.
struct GoldenNeighbors: Decodable {
  struct Curves: Decodable {
    let testHull: Double
    let deployable: Double
  }

  struct Seed: Decodable {
    let seed: UInt64
    let train: Int
    let test: Int
    let range: [Double]
    let zero: Double
    let zero_trained: Double
    let knn5: Curves
    let knn10: Curves
    let knn40: Curves
    let knn100: Curves
  }

  let seeds: [Seed]
}

/// `golden/cascade_winogrande.json` and `golden/cascade_sample365.json`.
struct GoldenCascades: Decodable {
  struct Cell: Decodable {
    let budget_rule: String?
    let threshold: Double
    let judge_error: Double
    let budget: Double
    let expected_cost: Double
    let expected_quality: Double
  }

  let order: [String]
  let cells: [Cell]
}

/// `golden/rerank.json`.
struct GoldenRerank: Decodable {
  struct Cell: Decodable {
    let judge_error: Double
    let expected_quality: Double
    let cost_per_prompt: Double
  }

  let cells: [String: [Cell]]
}
