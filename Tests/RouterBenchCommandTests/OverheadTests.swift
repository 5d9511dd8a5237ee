import Foundation
import Testing

/// `--router-cost`, `--router-latency`, `--judge-cost` and `--judge-latency`.
@Suite("Overheads on the command line")
struct OverheadTests {
  private func data(in directory: ScratchDirectory) throws -> String {
    let path = directory.path + "/made.csv"
    var text = "sample_id,prompt,eval_name,model_name,performance,cost,latency_seconds\n"
    for row in 0..<80 {
      text += "\(row),prompt \(row),t,a,\(row % 2),1,2\n\(row),prompt \(row),t,b,1,3,7\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// The least cost of each system's kept points on the test prompts, by name.
  private func costs(_ path: String, _ out: String, _ options: [String]) throws
    -> [String: Double]
  {
    let answer = try Tool.run(
      ["evaluate", path, "--json", "-q", "--out", out, "--routers", "knn:3,rerank,random"]
        + options)
    #expect(answer.status == 0, "\(answer.remarks)")
    let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
    let task = try #require((json?["tasks"] as? [[String: Any]])?.first)
    let split = try #require((task["splits"] as? [[String: Any]])?.first)
    var costs: [String: Double] = [:]
    for system in try #require(split["systems"] as? [[String: Any]]) {
      let kept = try #require(system["kept"] as? [[String: Any]])
      costs[try #require(system["name"] as? String)] =
        kept.compactMap { ($0["test"] as? [String: Double])?["cost"] }.min()
    }
    return costs
  }

  @Test("routers and judges are charged on the axis in use, and the report says how much")
  func charges() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (try data(in: directory), directory.path + "/out")
    let all = [
      "--router-cost", "0.5", "--router-latency", "250", "--judge-cost", "0.125",
      "--judge-latency", "500",
    ]
    #expect(try costs(path, out, []) == ["zero": 1, "knn:3": 1, "rerank": 4, "random": 2])
    let page = try String(contentsOfFile: out + "/report.md", encoding: .utf8)
    #expect(page.contains("| router-cost | 0.0 |") && page.contains("| judge-latency | 0.0 |"))
    #expect(page.contains("counts as nothing unless `router-cost`"))
    #expect(
      try costs(path, out, all) == [
        "zero": 1, "knn:3": 1.5, "rerank:dollars=0.125,ms=500.0": 4.25, "random": 2,
      ])
    let again = try Tool.run(
      "evaluate", "--manifest", out + "/manifest.json", "-q", "--out", out + "2")
    #expect(again.status == 0, "\(again.remarks)")
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: out + "/report.json"))
        == Data(contentsOf: URL(fileURLWithPath: out + "2/report.json")))
    #expect(
      try costs(path, out, all + ["--axis", "latency"]) == [
        "zero": 2, "knn:3": 2.25, "rerank:dollars=0.125,ms=500.0": 10, "random": 4.5,
      ])
    #expect(
      try costs(path, out, all + ["--routers", "rerank:dollars=1"])["rerank:dollars=1.0,ms=500.0"]
        == 6)
    let bad = try Tool.run("evaluate", path, "--router-latency", "-1")
    #expect(bad.status == 2)
    #expect(
      bad.remarks.contains("--router-latency needs milliseconds of at least 0; '-1' was given."))
  }

  @Test("saved operating points include it")
  func saved() throws {
    let directory = try ScratchDirectory()
    let router = directory.path + "/knn.rbrouter"
    let fit = try Tool.run(
      "fit", try data(in: directory), "--router", "knn:3", "--router-cost", "0.5", "-q", "-o",
      router)
    #expect(fit.status == 0, "\(fit.remarks)")
    let poor = try Tool.run(["route", router, "--budget", "1.2"], input: "prompt 3\n")
    #expect(poor.remarks.contains("takes at least $1.500 a prompt"), "\(poor.remarks)")
  }
}
