import Foundation
import Testing

/// Qualities traded for other things than recorded dollars.
@Suite("Axes and prices")
struct AxisTests {
  private func data(in directory: ScratchDirectory) throws -> String {
    let path = directory.path + "/made.csv"
    var text = "sample_id,prompt,eval_name,model_name,performance,cost,latency_seconds,"
    text += "input_tokens,output_tokens\n"
    for row in 0..<60 {
      text += "\(row),prompt \(row),t,a,\(row % 2),1,\(1 + row % 3),100,10\n"
      text += "\(row),prompt \(row),t,b,1,2,5,100,20\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// The models' mean costs on the test prompts.
  private func costs(_ path: String, _ out: String, _ options: String...) throws -> [Double] {
    let answer = try Tool.run(
      ["evaluate", path, "--routers", "knn:3", "--json", "--quiet", "--out", out] + options)
    #expect(answer.status == 0, "\(answer.remarks)")
    let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
    let task = try #require((json?["tasks"] as? [[String: Any]])?.first)
    let split = try #require((task["splits"] as? [[String: Any]])?.first)
    let references = try #require(split["references"] as? [[String: Any]])
    return references.filter { $0["role"] as? String == "model" }.compactMap {
      ($0["point"] as? [String: Double])?["cost"]
    }
  }

  @Test("latency, calls and new prices take the place of recorded dollars, and are named")
  func axes() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (try data(in: directory), directory.path + "/out")
    #expect(try costs(path, out) == [1, 2])
    let latency = try costs(path, out, "--axis", "latency")
    #expect(latency[1] == 5 && latency[0] >= 1 && latency[0] <= 3)
    let page = try String(contentsOfFile: out + "/report.md", encoding: .utf8)
    #expect(page.contains("Costs are seconds per prompt."))
    let figure = try String(contentsOfFile: out + "/figures/t.svg", encoding: .utf8)
    #expect(figure.contains("Latency, seconds per prompt") && !figure.contains("$"))
    #expect(try costs(path, out, "--axis", "calls:b") == [0, 1])
    let metrics = try String(contentsOfFile: out + "/metrics.csv", encoding: .utf8)
    let zero = metrics.split(separator: "\r\n").dropFirst().first.map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(zero?[2] == "zero" && abs((Double(zero?[6] ?? "") ?? 0) - 0.5) < 1e-12)
    let prices = directory.path + "/prices.csv"
    try "model,input,output,request\na,1,2,0\nb,10,20,0.5\n".write(
      toFile: prices, atomically: true, encoding: .utf8)
    let repriced = try costs(path, out, "--prices", prices)
    #expect(abs(repriced[0] - 120e-6) < 1e-15 && abs(repriced[1] - (1400e-6 + 0.5)) < 1e-12)
    let again = try Tool.run(
      "evaluate", "--manifest", out + "/manifest.json", "--quiet", "--out", out + "2")
    #expect(again.status == 0, "\(again.remarks)")
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: out + "/report.json"))
        == Data(contentsOf: URL(fileURLWithPath: out + "2/report.json")))
  }

  @Test("new prices take the place of recorded dollars in what is shown and converted")
  func pricesElsewhere() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let (prices, out) = (directory.path + "/prices.csv", directory.path + "/out.csv")
    try "model,input,output\na,1,2\nb,10,20\n".write(
      toFile: prices, atomically: true, encoding: .utf8)
    let shown = try Tool.run("inspect", path, "--prices", prices)
    #expect(shown.output.contains("0.00012000") && shown.output.contains("0.0014000"))
    #expect(try Tool.run("convert", path, out, "--prices", prices, "-q").status == 0)
    let again = try Tool.run("inspect", out, "--quiet")
    #expect(again.output.contains("0.00012000") && again.output.contains("0.0014000"))
    for arguments in [["inspect", path], ["convert", path, out]] {
      let unpriced = try Tool.run(arguments + ["--prices", prices, "--models", "a,b,c"])
      #expect(unpriced.status == 2 && unpriced.remarks.contains("has no model 'c'"))
      // Both show and write dollars; what quality is traded for does not matter here.
      let traded = try Tool.run(arguments + ["--axis", "latency"])
      #expect(traded.status == 2 && traded.remarks.contains("There is no option --axis."))
    }
  }

  @Test("what is fitted, served, valued and explained names the unit that costs are counted in")
  func units() throws {
    let directory = try ScratchDirectory()
    let (path, router) = (try data(in: directory), directory.path + "/made.rbrouter")
    for (axis, unit, most) in [
      ("dollars", "$", "$0.1000"), ("latency", "seconds", "0.1000 seconds"),
      ("calls:b", "calls", nil),
    ] {
      let fit = try Tool.run("fit", path, "--router", "knn:3", "--axis", axis, "-o", router, "-q")
      #expect(fit.status == 0 && fit.output.contains("\(unit) a prompt"), "\(fit.output)")
      #expect(try Tool.run("route", router, "--show").output.contains("\(unit) a prompt"))
      let decision = try Tool.run(["route", router], input: "prompt 3\n").output
      for key in ["dollars", "seconds", "calls"] {
        #expect(decision.contains("\"\(key)\":") == (key == (unit == "$" ? "dollars" : unit)))
      }
      if let most {
        let poor = try Tool.run(["route", router, "--budget", "0.1"], input: "prompt 3\n")
        let least = unit == "$" ? "$1.000" : "2.000 seconds"
        #expect(
          poor.remarks
            == "error: \(router) takes at least \(least) a prompt, more than the budget of \(most); "
            + "raise the budget.\n")
      }
      let pool = try Tool.run("pool", path, "--routers", "knn:3", "--axis", axis, "-q")
      #expect(pool.output.contains("\(unit) a prompt"), "\(pool.output)")
      let explanation = try Tool.run(
        "explain", path, "--router", "knn:3", "--axis", axis, "--willingness", "unlimited", "-q")
      #expect(
        explanation.output.contains(" \(unit == "$" ? "dollars" : unit) per unit of quality"),
        "\(explanation.output)\(explanation.remarks)")
    }
  }

  @Test("what cannot be counted is refused with what is needed")
  func refusals() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let plain = directory.path + "/plain.csv"
    try "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n1,p,t,1,0,1,2\n".write(
      toFile: plain, atomically: true, encoding: .utf8)
    let prices = directory.path + "/prices.csv"
    for (content, sentence) in [
      ("model,price\na,1\n", "has the columns model, price; needed are model, input and output"),
      ("model,input,output\na,1,2\n", "has no price for b; add a line for each"),
      ("model,input,output\na,1,-2\n", "line 2: needed are a model and prices of at least 0"),
      ("model,input,output\na,1,2\na,1,2\n", "line 3: a has a price already."),
    ] {
      try content.write(toFile: prices, atomically: true, encoding: .utf8)
      let answer = try Tool.run("evaluate", path, "--prices", prices, "-q")
      #expect(answer.status == 3 && answer.remarks.contains(sentence), "\(answer.remarks)")
    }
    try "model,input,output\na,1,2\nb,1,2\n".write(
      toFile: prices, atomically: true, encoding: .utf8)
    for (arguments, status, sentence) in [
      (["--prices", prices], 3, "has no tokens recorded; --prices needs columns input_tokens"),
      (["--axis", "latency"], 3, "has no latencies; --axis latency needs a column"),
      (["--axis", "calls:c"], 2, "has no model 'c'"),
      (["--axis", "time"], 2, "--axis needs dollars, latency or calls:MODEL; 'time' was given."),
    ] as [([String], Int32, String)] {
      let answer = try Tool.run(["evaluate", plain, "-q"] + arguments)
      #expect(answer.status == status && answer.remarks.contains(sentence), "\(answer.remarks)")
    }
  }
}
