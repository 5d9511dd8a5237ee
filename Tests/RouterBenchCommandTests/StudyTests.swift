import Foundation
import Testing

/// `pool`, `explain` and `curve` on made-up outcomes.
@Suite("Studies")
struct StudyTests {
  /// 120 prompts: model a solves those with "alpha", model b the others at twice the price, c nothing.
  private func data(in directory: ScratchDirectory) throws -> String {
    let path = directory.path + "/made.csv"
    var text = "sample_id,prompt,eval_name,a,b,c,a|total_cost,b|total_cost,c|total_cost\n"
    for row in 0..<120 {
      let isAlpha = row % 2 == 0
      let word = isAlpha ? "alpha" : "beta"
      text +=
        "\(row),\(word) question number \(row),t,\(isAlpha ? 1 : 0),\(isAlpha ? 0 : 1),0,1,2,4\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func json(_ arguments: String...) throws -> [[String: Any]] {
    let answer = try Tool.run(arguments + ["--json", "--quiet"])
    #expect(answer.status == 0, "\(answer.remarks)")
    return try #require(
      JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
  }

  @Test("the pool keeps the two models that solve something")
  func pool() throws {
    let directory = try ScratchDirectory()
    let answer = try json("pool", try data(in: directory), "--routers", "knn:5")
    let pools = try #require(answer.first?["pools"] as? [[String: Any]])
    #expect(pools.map { $0["system"] as? String } == ["zero", "clairvoyant", "knn:5"])
    for pool in pools.dropFirst() { #expect(pool["models"] as? [String] == ["a", "b"]) }
    let models = try #require(answer.first?["models"] as? [[String: Any]])
    let losses = models.map { ($0["loss"] as? [String: Double])?["clairvoyant"] ?? -1 }
    #expect(losses[0] > 0.1 && losses[1] > 0.1 && abs(losses[2]) < 1e-12)
  }

  @Test("compare gives routers that cannot serve an interval and no verdict")
  func compareUnservable() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    for (name, view) in [("one", "question"), ("two", "head")] {
      let ran = try Tool.run(
        "evaluate", path, "--routers", "knn:5,cascade:e=0.2", "--view", view, "--resamples", "50",
        "-q",
        "--out", directory.path + "/" + name)
      #expect(ran.status == 0, "\(ran.remarks)")
    }
    let places = [directory.path + "/one", directory.path + "/two"]
    let rows = try json("compare", places[0], places[1])
    for (system, isJudged) in [("knn:5", true), ("cascade:e=0.2", false)] {
      let row = try #require(
        rows.first { $0["system"] as? String == system && $0["run"] as? String == places[1] })
      let shared = try #require(row["shared"] as? [String: Any])
      #expect((shared["interval"] as? [Double])?.count == 2)
      #expect((shared["finding"] as? String != nil) == isJudged)
      #expect((shared["adjustedPValue"] as? Double != nil) == isJudged)
    }
    let text = try Tool.run("compare", places[0], places[1]).output
    #expect(text.contains("not servable") && text.contains("no evidence"), "\(text)")
  }

  @Test("a pool is valued on one split, and tasks that cannot be are told")
  func poolRefusals() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let several = try Tool.run("pool", path, "--seeds", "1,2")
    #expect(several.status == 2)
    #expect(
      several.remarks.contains("pool values models on one split, and --seeds names 2; give one"))
    #expect(try Tool.run("pool", path, "--folds", "3").status == 2)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let lone = directory.path + "/lone.csv"
    try (text + "x,alone,u,1,1,1,1,2,4\n").write(
      toFile: lone, atomically: true, encoding: .utf8)
    for command in [["pool"], ["curve", "--shares", "1"], ["explain", "--router", "knn:5"]] {
      let answer = try Tool.run(
        [command[0], lone] + command.dropFirst()
          + (command[0] == "curve" ? ["--routers", "knn:5"] : []))
      #expect(answer.status == 0)
      #expect(
        answer.remarks.contains("u was left out: too few prompts to split"),
        "\(command): \(answer.remarks)")
    }
  }

  @Test(
    "what tells of one split refuses several, and intervals of a handful of resamples are refused")
  func oneSplit() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    for (arguments, sentence) in [
      (
        ["explain", path, "--seeds", "0-2"],
        "explain looks at one split, and --seeds names 3; give one seed."
      ),
      (
        ["recommend", path, "--budget", "9", "--seeds", "0,1"],
        "recommend examines one split, and --seeds names 2; give one seed."
      ),
      (
        ["recommend", path, "--budget", "9", "--resamples", "0"],
        "recommend tells intervals, for which --resamples is at least 100; 0 was given."
      ),
    ] {
      let answer = try Tool.run(arguments)
      #expect(answer.status == 2)
      #expect(answer.remarks.contains(sentence), "\(answer.remarks)")
    }
  }

  @Test(
    "made-up queries can be written, and the word that sends them to models that search is found")
  func retrieval() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/rag.csv"
    let made = try Tool.run(
      "demo", "--retrieval", "--routers", "random", "--resamples", "0", "--outcomes", path, "--out",
      directory.path + "/out")
    #expect(made.status == 0, "\(made.remarks)")
    #expect(made.remarks.contains("rag.csv: 800 rows of made-up outcomes"))
    let answer = try json("explain", path, "--router", "oracle")
    let rows = try #require(answer.first?["associations"] as? [[String: Any]])
    #expect(
      rows.contains {
        $0["trait"] as? String == "\"2024\"" && $0["holds"] as? Bool == true
          && ($0["model"] as? String)?.contains("online") == true
      })
    let wrong = try Tool.run("demo", "--retrieval", "--outcomes", directory.path + "/x.pkl")
    #expect(wrong.status == 2 && wrong.remarks.contains("end it with .csv, .jsonl or .rbt."))
  }

  @Test("the word that decides is found, for a router and for the Oracle")
  func explain() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    for router in ["oracle", "knn:5"] {
      let answer = try json("explain", path, "--router", router, "--willingness", "unlimited")
      let rows = try #require(answer.first?["associations"] as? [[String: Any]])
      let alpha = try #require(
        rows.first { $0["trait"] as? String == "\"alpha\"" && $0["model"] as? String == "a" })
      #expect(alpha["holds"] as? Bool == true)
      #expect((alpha["logOdds"] as? Double ?? 0) > 3)
    }
    let legend = "\n* holds when the confidence is shared by all associations tried (Bonferroni).\n"
    let starred = try Tool.run("explain", path, "-q", "--router", "oracle").output
    #expect(starred.contains(legend) && starred.contains("*\n"), "\(starred)")
    let same = try json("explain", path, "--router", "knn:5", "--willingness", "0")
    #expect((same.first?["associations"] as? [Any])?.isEmpty == true)
    for (options, text) in [
      (
        ["--router", "cascade:t=0.5"],
        "t: cascade:t=0.5 at threshold 0.5, budget 5.0 a prompt\n  All 36 prompts are sent to a>b>c, so no word or trait "
          + "goes with a decision. No kept operating point divides them.\n\n"
      ),
      (
        ["--router", "null"],
        "t: null at its only setting\n  All 36 prompts are left unanswered, so no word or "
          + "trait goes with a decision. No kept operating point divides them.\n\n"
      ),
      (
        ["--router", "oracle", "--models", "b,c"],
        "t: oracle\n  All 120 prompts are sent to b, so no word or trait goes with a decision.\n\n"
      ),
    ] {
      let answer = try Tool.run(["explain", path, "-q"] + options)
      #expect(answer.output == text)
    }
    let cheap = try Tool.run("explain", path, "-q", "--router", "knn:5", "--willingness", "0")
      .output
    #expect(
      cheap.hasPrefix(
        "t: knn:5 at 0.0 dollars per unit of quality\n  All 36 prompts are sent to a, so no word or trait "
          + "goes with a decision. They are divided at --willingness "), "\(cheap)")
    let refused = try Tool.run("explain", path, "--router", "zero")
    #expect(refused.status == 2)
    #expect(
      refused.remarks.contains("zero does not look at prompts, so nothing explains it."))
  }

  @Test("a curve has one row a share and system, on the same test prompts, and is written as CSV")
  func curve() throws {
    let directory = try ScratchDirectory()
    let out = directory.path + "/curve.csv"
    let answer = try json(
      "curve", try data(in: directory), "--routers", "knn:3", "--shares", "0.25,1", "--out", out)
    #expect(answer.map { $0["trainingPrompts"] as? Int } == [21, 21, 84, 84])
    let lines = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\r\n")
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("task,system,share,training_prompts,deployable_aiq"))
    let refused = try Tool.run("curve", out, "--shares", "0,1")
    #expect(refused.status == 2)
    #expect(
      refused.remarks.contains(
        "--shares takes shares above 0 and at most 1, such as 0.1,0.5,1; '0' is none."))
  }

  @Test("folds test every prompt once, and exclude what they replace")
  func folds() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let out = directory.path + "/report"
    let answer = try Tool.run(
      "evaluate", path, "--folds", "4", "--routers", "knn:3", "--quiet", "--out", out)
    #expect(answer.status == 0, "\(answer.remarks)")
    let page = try String(contentsOfFile: out + "/report.md", encoding: .utf8)
    #expect(
      page.contains(
        "Smallest true difference from zero (trained) that 120 test prompts find 80% of the time: "
          + "knn:3 "))
    #expect(
      page.contains(
        "Test prompts needed to find a true difference of 0.01 from zero (trained) 80% of the "
          + "time: knn:3 "))
    #expect(!answer.remarks.contains("--folds"))
    let decisions = try String(contentsOfFile: out + "/decisions.csv", encoding: .utf8)
    let ids = decisions.split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",")[3]
    }
    #expect(Set(ids).count == 120)
    let again = try Tool.run(
      "evaluate", "--manifest", out + "/manifest.json", "--quiet", "--out", out + "2")
    #expect(again.status == 0, "\(again.remarks)")
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: out + "/report.json"))
        == Data(contentsOf: URL(fileURLWithPath: out + "2/report.json")))
    let refused = try Tool.run("evaluate", path, "--folds", "4", "--train-fraction", "0.5")
    #expect(refused.remarks.contains("--folds and --train-fraction exclude each other"))
  }

  @Test("the prompts needed for a wished difference stand in JSON, Markdown and on the console")
  func detection() throws {
    struct Report: Decodable {
      struct Task: Decodable { let summaries: [Summary] }
      struct Summary: Decodable {
        let name: String
        let intervals: Intervals
      }
      struct Intervals: Decodable { let comparison: Comparison? }
      struct Comparison: Decodable {
        let standardError: Double
        let detection: Detection
      }
      struct Detection: Decodable {
        let difference, power, smallestDifference: Double
        let testPrompts, neededPrompts: Int
      }
      let tasks: [Task]
    }
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let out = directory.path + "/report"
    let answer = try Tool.run(
      "evaluate", path, "--routers", "knn:3", "--detect", "0.05", "--quiet", "--out", out)
    #expect(answer.status == 0, "\(answer.remarks)")
    let report = try JSONDecoder().decode(
      Report.self, from: Data(contentsOf: URL(fileURLWithPath: out + "/report.json")))
    let found = try #require(report.tasks.first?.summaries.last?.intervals.comparison)
    let plan = found.detection
    #expect(plan.difference == 0.05 && plan.power == 0.8)
    // The quantiles of 0.975 and of 0.8, together.
    let smallest = 2.801585218 * found.standardError
    #expect(abs(plan.smallestDifference - smallest) < 1e-8)
    let needed = Double(plan.testPrompts) * (smallest / 0.05) * (smallest / 0.05)
    #expect(abs(Double(plan.neededPrompts) - needed) <= 1)
    let page = try String(contentsOfFile: out + "/report.md", encoding: .utf8)
    for text in [page, answer.output] {
      let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        .replacingOccurrences(of: ",", with: "").split(separator: " ").joined(separator: " ")
      #expect(
        line.contains(
          "Test prompts needed to find a true difference of 0.05 from zero (trained) 80% of the "
            + "time: knn:3 \(plan.neededPrompts)."),
        "\(text)")
    }
    let refused = try Tool.run("evaluate", path, "--detect", "0")
    #expect(refused.status == 2)
    #expect(refused.remarks.contains("a difference in AIQ above 0 and below 1"))
  }

  @Test("small data are told of folds, with the tasks and how many prompts are left to test")
  func smallData() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/few.csv"
    let rows = (0..<40).map { "t.\($0),t,question \($0),\($0 % 2),1,0.001,0.002\n" }
    try ("sample_id,eval_name,prompt,a,b,a|total_cost,b|total_cost\n" + rows.joined())
      .write(toFile: path, atomically: true, encoding: .utf8)
    let common = ["evaluate", path, "--routers", "knn:2", "--out", directory.path + "/report"]
    let answer = try Tool.run(common)
    #expect(answer.status == 0, "\(answer.remarks)")
    #expect(
      answer.remarks.contains(
        "one split tests few prompts (t: 12 of 40); with --folds 5 each prompt is tested once, and "
          + "intervals are narrower"), "\(answer.remarks)")
    let folded = try Tool.run(common + ["--folds", "5"])
    #expect(folded.status == 0, "\(folded.remarks)")
    #expect(!folded.remarks.contains("few prompts"))
    #expect(folded.output.contains("t (40 prompts, 5 splits"), "\(folded.output)")
  }

  @Test("runs are compared pair by pair where they tested the same prompts, and said so otherwise")
  func compare() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let places = ["one", "two", "three"].map { directory.path + "/" + $0 }
    for (place, options) in zip(
      places, [["--seeds", "0-2"], ["--seeds", "0-2", "--view", "head"], ["--seeds", "7"]])
    {
      let answer = try Tool.run(
        ["evaluate", path, "--routers", "knn:3", "-q", "--out", place] + options)
      #expect(answer.status == 0, "\(answer.remarks)")
    }
    let rows = try json("compare", places[0], places[1], "--and", places[2])
    let knn = rows.filter { $0["system"] as? String == "knn:3" }
    #expect(knn.map { $0["pairedSeeds"] as? Int } == [nil, 3, 0])
    let zero = rows.filter { $0["system"] as? String == "zero" }
    #expect(zero[1]["lessFirst"] as? Double == 0 && zero[1]["shared"] == nil)
    // On the same prompts the curves drawn anew are the reports' own.
    let paired = try #require(knn[1]["shared"] as? [String: Any])
    let difference = try #require(paired["difference"] as? Double)
    #expect(abs(difference - (knn[1]["lessFirst"] as? Double ?? .nan)) < 1e-9)
    #expect(paired["splits"] as? Int == 3)
    let interval = try #require(paired["interval"] as? [Double])
    #expect(interval[0] <= difference && difference <= interval[1])
    // Another seed is another split, which shares none.
    #expect(knn[2]["shared"] == nil)
    let itself = try json("compare", places[0], places[0])
    let same = itself.compactMap { $0["shared"] as? [String: Any] }
    #expect(same.map { $0["difference"] as? Double } == [0])
    #expect(same.map { $0["finding"] as? String } == ["noEvidence"])
    // A run that lost its decisions still compares, without intervals.
    try FileManager.default.removeItem(atPath: places[1] + "/decisions.csv")
    let bare = try Tool.run("compare", places[0], places[1])
    #expect(bare.status == 0)
    #expect(
      bare.remarks.contains("has no decisions.csv, so its differences have no intervals."),
      "\(bare.remarks)")
    let refused = try Tool.run("compare", places[0], directory.path)
    #expect(refused.status == 3)
    #expect(
      refused.remarks == "error: \(directory.path) has no report.json; give a directory that "
        + "'routerbench evaluate' wrote.\n")
  }

  @Test("what is no run, or an empty one, is refused with a sentence; a lack of routers is told")
  func compareNothing() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let (run, zero, other) = (
      directory.path + "/run", directory.path + "/zero", directory.path + "/other"
    )
    for arguments in [["knn:3", "--out", run], ["zero", "--out", zero]] {
      #expect(try Tool.run(["evaluate", path, "-q", "--routers"] + arguments).status == 0)
    }
    let report = try String(contentsOfFile: run + "/report.json", encoding: .utf8)
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    func compare(_ text: String) throws -> String {
      try text.write(toFile: other + "/report.json", atomically: true, encoding: .utf8)
      let answer = try Tool.run("compare", run, other)
      #expect(answer.status == 3 && answer.output.isEmpty)
      return answer.remarks
    }
    func emptied(_ key: String, _ change: (inout [String: Any]) -> Void) throws -> String {
      var top = try #require(
        JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
      if key == "tasks" {
        top["tasks"] = [Any]()
      } else {
        var task = try #require((top["tasks"] as? [[String: Any]])?.first)
        change(&task)
        top["tasks"] = [task]
      }
      return String(decoding: try JSONSerialization.data(withJSONObject: top), as: UTF8.self)
    }
    let file = other + "/report.json"
    #expect(
      try compare(emptied("tasks") { _ in })
        == "error: \(file) has no task, so there is nothing to compare; give a directory that "
        + "'routerbench evaluate' wrote.\n")
    #expect(
      try compare(emptied("splits") { $0["splits"] = [Any]() })
        == "error: \(file) has no split of t, so it cannot be compared; make it again with 'routerbench "
        + "evaluate'.\n")
    #expect(
      try compare(emptied("summaries") { $0["summaries"] = [Any]() })
        == "error: \(file) has no system of t, so it cannot be compared; make it again with "
        + "'routerbench evaluate'.\n")
    for text in ["", "{}", "[1, 2"] {
      let sentence = try compare(text)
      #expect(sentence.hasPrefix("error: \(file) ") && sentence.contains("report"), "\(sentence)")
    }
    let missing = try Tool.run("compare", run, directory.path + "/none")
    #expect(missing.status == 3)
    #expect(
      missing.remarks
        == "error: There is no \(directory.path)/none; give a directory that 'routerbench evaluate' "
        + "wrote.\n")
    #expect(
      try Tool.run("compare", run, path).remarks
        == "error: \(path) is a file; give the directory that 'routerbench evaluate' wrote.\n")
    let told = try Tool.run("compare", zero, run)
    #expect(told.status == 0)
    #expect(told.remarks.contains("\(zero) has no router, only zero."), "\(told.remarks)")
    try report.replacing("\"task\": \"t\"", with: "\"task\": \"u\"").write(
      toFile: file, atomically: true, encoding: .utf8)
    let apart = try Tool.run("compare", run, other)
    #expect(
      apart.remarks.contains(
        "\(other) and \(run) have no task in common, so no difference is drawn between them."),
      "\(apart.remarks)")
  }

  @Test("too few resamples for so many routers are told, with how many it takes")
  func fewResamples() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (try data(in: directory), directory.path + "/report")
    func evaluate(_ resamples: String) throws -> (console: String, files: [String]) {
      let answer = try Tool.run(
        "evaluate", path, "--routers", "knn:3,model:b,model:c", "--resamples", resamples, "-q",
        "--out",
        out)
      #expect(answer.status == 0, "\(answer.remarks)")
      return (
        answer.output.split(whereSeparator: \.isWhitespace).joined(separator: " "),
        try ["report.json", "report.md"].map {
          try String(contentsOfFile: out + "/" + $0, encoding: .utf8)
        }
      )
    }
    let few = try evaluate("99")
    let pattern =
      #/
      No\ verdict\ was\ possible:\ of\ 99\ resamples\ no\ p-value\ is\ below\ 0\.02,\ which\ Holm's
      \ correction\ for\ ([23])\ different\ routers\ makes\ 0\.0([46]),\ and\ a\ verdict\ needs\ 0\.05;
      \ take\ at\ least\ (\d+)\ \(--resamples\ (\d+)\)\.
      /#
    for text in [few.console] + few.files {
      let found = try #require(text.firstMatch(of: pattern), "\(text.prefix(3000))")
      #expect(found.output.3 == found.output.4)
      #expect(found.output.1 == "3" && found.output.3 == "119")
    }
    let enough = try evaluate("119")
    #expect(!enough.console.contains("No verdict was possible"))
  }

  @Test("a model called like a word of cascades is told from it, and a slip in an order is told")
  func orders() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (directory.path + "/words.csv", directory.path + "/report")
    // In wide form a column cost is no model.
    var text = "sample_id,prompt,eval_name,model_name,performance,cost\n"
    for row in 0..<60 {
      for (model, quality, cost) in [("a", row % 2, 1), ("cost", 1, 2), ("searched", 0, 4)] {
        text += "\(row),question \(row),t,\(model),\(quality),\(cost)\n"
      }
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    func evaluate(_ router: String) throws -> Tool.Answer {
      try Tool.run("evaluate", path, "--routers", router, "--out", out)
    }
    let word = try evaluate("cascade:t=1,order=searched")
    #expect(word.status == 0)
    #expect(
      word.remarks.contains(
        "'cascade:t=1,order=searched' asks all models in the order that the word searched stands for; the "
          + "model called searched alone is order=>searched"), "\(word.remarks)")
    let model = try evaluate("cascade:t=1,order=>cost")
    #expect(model.status == 0 && !model.remarks.contains("stands for"), "\(model.remarks)")
    let report = try String(contentsOfFile: out + "/report.json", encoding: .utf8)
    #expect(report.contains("\"cascade:t=1.0,order=>cost\""))
    let decisions = try String(contentsOfFile: out + "/decisions.csv", encoding: .utf8)
    #expect(decisions.contains(",cost,"))
    let again = try Tool.run(
      "evaluate", "--manifest", out + "/manifest.json", "-q", "--out", out + "2")
    #expect(again.status == 0, "\(again.remarks)")
    #expect(try evaluate("cascade:t=1,order=a>cost").status == 0)
    for (order, rest) in [
      ("search", "model 'search'; did you mean 'searched'?"),
      ("b>cost", "model 'b'; did you mean 'a'?"),
      ("a>nobody", "model 'nobody'; it has a, cost, searched, to be parted by >."),
    ] {
      let refused = try evaluate("cascade:order=\(order)")
      #expect(refused.status == 2)
      #expect(
        refused.remarks.contains(
          "error: The order of 'cascade:order=\(order)' is neither cost nor searched, and words.csv has no "
            + rest), "\(refused.remarks)")
    }
  }
}
