import Foundation
import Testing

/// The published rows with a real sentence encoder, from the file to the report.
@Suite("Evaluating with all-MiniLM-L6-v2")
struct EncoderEvaluationTests {
  private struct Report: Decodable {
    struct Task: Decodable {
      struct Summary: Decodable {
        struct Spread: Decodable {
          let mean: Double
        }

        let name: String
        let testHull: Spread
        let deployable: Spread
      }

      let task: String
      let distinctFeatures: Int
      let featureWarning: String?
      let summaries: [Summary]
    }

    let tasks: [Task]
  }

  private static let model = "all-MiniLM-L6-v2"

  /// The published rows, or nil (said once) when they or the model are not here.
  private func rows() throws -> String? {
    guard let path = Tool.shared("data/routerbench/routerbench_5shot_arc_winogrande.pkl") else {
      return nil
    }
    guard try Tool.run("models", "path", Self.model).status == 0 else {
      print("skipped: needs the model \(Self.model) (Scripts/fetch-model.sh \(Self.model))")
      return nil
    }
    return path
  }

  /// A cache of its own: vectors kept by an earlier build would prove nothing.
  private func report(_ arguments: String...) throws -> Report {
    let directory = try ScratchDirectory()
    let model = try Tool.run("models", "path", Self.model).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let answer = try Tool.run(
      arguments + ["--encoder", model, "--json", "--quiet", "--out", directory.path + "/out"],
      environment: ["XDG_CACHE_HOME": directory.path])
    #expect(answer.status == 0, "\(answer.remarks)")
    return try JSONDecoder().decode(Report.self, from: Data(answer.output.utf8))
  }

  @Test("Seen from the head each task is one vector: a warning, and no KNN above Zero")
  func head() throws {
    guard let path = try rows() else { return }
    let report = try report(
      "evaluate", path, "--view", "head", "--seeds", "0-2", "--routers",
      "knn:5,knn:10,knn:40,knn:100")
    #expect(report.tasks.map(\.task) == ["ARC Challenge", "Winogrande"])
    for task in report.tasks {
      #expect(task.distinctFeatures == 1)
      #expect(task.featureWarning != nil)
      let zero = try #require(task.summaries.first)
      for summary in task.summaries.dropFirst() {
        #expect(summary.testHull.mean <= zero.testHull.mean + 1e-12, "\(summary.name)")
      }
    }
  }

  @Test("Seen as questions, ten numpy splits of Winogrande give the golden curves to 2e-3")
  func question() throws {
    guard let path = try rows(), let golden = Tool.shared("golden/winogrande_knn.json") else {
      return
    }
    let report = try report(
      "evaluate", path, "--view", "question", "--tasks", "Winogrande", "--split", "numpyLegacy",
      "--seeds", "0-9", "--grid", "log", "--routers", "knn:5,knn:10,knn:40,knn:100")
    let task = try #require(report.tasks.first)
    #expect(task.distinctFeatures == 1267)
    #expect(task.featureWarning == nil)
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: golden)))
    let seeds = try #require((json as? [String: Any])?["seeds"] as? [[String: Any]])
    for neighbors in [5, 10, 40, 100] {
      let summary = try #require(task.summaries.first { $0.name == "knn:\(neighbors)" })
      let curves = try seeds.map { try #require($0["knn\(neighbors)"] as? [String: Double]) }
      func mean(_ name: String) throws -> Double {
        try curves.reduce(0) { $0 + (try #require($1[name])) } / Double(curves.count)
      }
      #expect(abs(summary.testHull.mean - (try mean("testHull"))) < 2e-3)
      #expect(abs(summary.deployable.mean - (try mean("deployable"))) < 2e-3)
    }
  }

  @Test("A router fitted in bfloat16 routes in bfloat16, and takes no other vectors")
  func rounded() throws {
    guard let path = try rows() else { return }
    let directory = try ScratchDirectory()
    let saved = directory.path + "/router"
    let fit = try Tool.run(
      "fit", path, "--router", "knn:10", "--tasks", "Winogrande", "--encoder",
      Self.model + ":bfloat16", "--no-cache", "--quiet", "--out", saved)
    #expect(fit.status == 0, "\(fit.remarks)")
    let routed = try Tool.run(["route", saved], input: "What is a router?\n")
    #expect(routed.status == 0 && routed.output.contains("\"model\""), "\(routed.remarks)")
    let other = try Tool.run(
      ["route", saved, "--encoder", Self.model], input: "What is a router?\n")
    #expect(
      other.status != 0
        && other.remarks.contains("was fitted with the encoder \(Self.model):bfloat16@"),
      "\(other.remarks)")
  }
}
