import Foundation
import Testing

/// `--cost-estimate` from the command line to reports, manifests and saved routers.
@Suite("Cost estimates")
struct CostEstimateTests {
  /// 120 prompts of two kinds: model a is dear for "long" ones, model b for the others; both are right.
  private func data(in directory: ScratchDirectory) throws -> String {
    let path = directory.path + "/made.csv"
    var text = "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n"
    for row in 0..<120 {
      let prompt = row % 2 == 0 ? "long story number \(row)" : "brief riddle of size \(row)"
      text += "\(row),\(prompt),t,1,1,\(row % 2 == 0 ? "10,2" : "1,4")\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func model(_ router: String, _ prompt: String) throws -> [String: Any] {
    let answer = try Tool.run(["route", router], input: prompt + "\n")
    #expect(answer.status == 0, "\(answer.remarks)")
    let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
    return try #require(json as? [String: Any])
  }

  @Test("costs predicted for each prompt find the cheaper model; means and prices cannot")
  func decisions() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let prices = directory.path + "/prices.csv"
    try "model,price\na,1\nb,30\n".write(toFile: prices, atomically: true, encoding: .utf8)
    for (options, long, brief, field) in [
      ([], "b", "b", "dollars"),
      (["--cost-estimate", "predicted"], "b", "a", "dollars"),
      (
        ["--cost-estimate", "tokenPrice", "--token-prices", prices], "a", "a", "dollarsPerToken"
      ),
    ] as [([String], String, String, String)] {
      let router = directory.path + "/knn.rbrouter"
      let fit = try Tool.run(["fit", path, "--router", "knn:5", "-o", router, "-q"] + options)
      #expect(fit.status == 0, "\(fit.remarks)")
      let decisions = try ["long story number 7", "brief riddle of size 8"].map {
        try model(router, $0)
      }
      #expect(decisions.map { $0["model"] as? String } == [long, brief], "\(options)")
      let estimates = try #require(decisions[0]["estimates"] as? [String: [String: Double]])
      #expect(Set(estimates["b"].map { Array($0.keys) } ?? []) == ["quality", field])
      let show = try Tool.run("route", router, "--show")
      let name = options.isEmpty ? "trainingMean" : options[1]
      #expect(show.output.contains("cost estimate \(name)"), "\(show.output)")
    }
  }

  @Test("the report names the estimate, and the manifest repeats it to the byte")
  func manifest() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (try data(in: directory), directory.path + "/out")
    let prices = directory.path + "/prices.csv"
    try "model,input,output\na,1,3\nb,10,30\n".write(
      toFile: prices, atomically: true, encoding: .utf8)
    for options in [
      ["--cost-estimate", "predicted"],
      ["--cost-estimate", "tokenPrice", "--token-prices", prices],
    ] {
      let answer = try Tool.run(
        ["evaluate", path, "--routers", "knn:3,svr", "-q", "--out", out] + options)
      #expect(answer.status == 0, "\(answer.remarks)")
      let page = try String(contentsOfFile: out + "/report.md", encoding: .utf8)
      #expect(page.contains("| cost-estimate | \(options[1]) |"))
      let again = try Tool.run(
        "evaluate", "--manifest", out + "/manifest.json", "-q", "--out", out + "2")
      #expect(again.status == 0, "\(again.remarks)")
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: out + "/report.json"))
          == Data(contentsOf: URL(fileURLWithPath: out + "2/report.json")))
    }
    try "model,input,output\na,1,3\nb,10,31\n".write(
      toFile: prices, atomically: true, encoding: .utf8)
    let changed = try Tool.run("evaluate", "--manifest", out + "/manifest.json", "-q")
    #expect(changed.status == 3 && changed.remarks.contains("prices.csv has changed"))
  }

  @Test("an estimate that cannot be made is refused with what is needed")
  func refusals() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let prices = directory.path + "/prices.csv"
    try "model,price\na,1\n".write(toFile: prices, atomically: true, encoding: .utf8)
    for (options, status, sentence) in [
      (["--token-prices", prices], 2, "--token-prices is for the estimate tokenPrice, which no"),
      (
        ["--routers", "null@predicted"], 2,
        "null makes no estimates, so it takes none of cost; 'null@predicted' was given"
      ),
      (
        ["--cost-estimate", "tokenPrice", "--token-prices", prices, "--axis", "latency"], 2,
        "The estimate tokenPrice is in dollars and --axis latency is not"
      ),
      (
        ["--cost-estimate", "tokenPrice", "--token-prices", prices], 3,
        "has no price for b; add a line for each"
      ),
      (
        ["--cost-estimate", "tokenPrice", "--token-prices", path], 3,
        "needed are model, input and output, or model and price, in dollars per million tokens."
      ),
    ] as [([String], Int32, String)] {
      let answer = try Tool.run(["evaluate", path, "-q"] + options)
      #expect(answer.status == status && answer.remarks.contains(sentence), "\(answer.remarks)")
    }
  }
}
