import Foundation
import Testing

/// Settings and grids of routers, from the command line to the report.
@Suite("Grids of routers")
struct RouterGridTests {
  private func evaluate(_ routers: String, _ more: String...) throws -> (Set<String>, Tool.Answer) {
    let directory = try ScratchDirectory()
    let path = directory.path + "/made.csv"
    var text = "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n"
    for row in 0..<90 {
      text += "\(row),\(row % 2 == 0 ? "long story" : "brief riddle") \(row),t,\(row % 2),1,1,9\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let out = directory.path + "/out"
    let answer = try Tool.run(
      ["evaluate", path, "--routers", routers, "-q", "--resamples", "0", "--out", out] + more)
    guard answer.status == 0 else { return ([], answer) }
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: out + "/report.json")))
    let tasks = (json as? [String: Any])?["tasks"] as? [[String: Any]] ?? []
    let splits = tasks.first?["splits"] as? [[String: Any]] ?? []
    let systems = splits.first?["systems"] as? [[String: Any]] ?? []
    return (Set(systems.compactMap { $0["name"] as? String }), answer)
  }

  @Test("braces stand for every combination, and settings for their router")
  func grids() throws {
    let (systems, answer) = try evaluate(
      "knn:{3,5},svr:C={0.5,2},epsilon={0,0.1},mlp:4,5,alpha=0.01,epochs=3,knn:3@predicted")
    #expect(answer.status == 0, "\(answer.remarks)")
    let expected: Set<String> = [
      "knn:3", "knn:5", "svr:C=0.5", "svr:C=0.5,epsilon=0.1", "svr:C=2.0",
      "svr:C=2.0,epsilon=0.1", "mlp:4,5,alpha=0.01,epochs=3", "knn:3@predicted",
    ]
    #expect(systems.intersection(expected) == expected, "\(systems)")
  }

  @Test("the best of a grid counts as one router")
  func selection() throws {
    let (systems, answer) = try evaluate("knn:{3,5}", "--select", "validation")
    #expect(answer.status == 0, "\(answer.remarks)")
    #expect(systems.contains("selected"), "\(systems)")
  }

  @Test("a setting that cannot be is refused with what is needed")
  func refusals() throws {
    for (routers, sentence) in [
      ("svr:C=0", "svr needs a positive number as C; 'svr:C=0' was given."),
      (
        "svr:D=1", "svr takes settings such as svr:C=10, by the names C, epsilon, tolerance, passes"
      ),
      ("mlp:100,epochs=1.5", "mlp needs a whole number of at least 1 as epochs"),
      ("mlp:alpha=1", "mlp needs hidden layers of 1 to 10000 units"),
      ("mlp", "mlp needs the widths of its hidden layers, such as mlp:100 or mlp:100,100."),
      (
        "knn:{3,x}", "knn needs a whole number of neighbours of at least 1, such as knn:40; 'knn:x'"
      ),
      ("knn:{3,5", "knn needs a whole number of neighbours"),
    ] {
      let (_, answer) = try evaluate(routers)
      #expect(answer.status == 2 && answer.remarks.contains(sentence), "\(answer.remarks)")
    }
  }
}
