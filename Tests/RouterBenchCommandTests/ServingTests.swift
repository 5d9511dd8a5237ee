import Foundation
import Testing

/// `fit`, `route` and `recommend` on made-up outcomes.
@Suite("Serving")
struct ServingTests {
  /// 200 prompts: model a solves those with "alpha", model b all, at ten times the price.
  private func data(in directory: ScratchDirectory) throws -> String {
    let path = directory.path + "/made.csv"
    var text = "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n"
    for row in 0..<200 {
      let isAlpha = row % 2 == 0
      let prompt = isAlpha ? "alpha question number \(row)" : "beta riddle of size \(row)"
      text += "\(row),\(prompt),t,\(isAlpha ? 1 : 0),1,1,10\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("no JSON has keys that the compiler made up, or numbers where models are meant")
  func namedPlans() throws {
    let directory = try ScratchDirectory()
    let (path, router) = (try data(in: directory), directory.path + "/router")
    let judge = #""judge":{"dollars":0,"error":0,"milliseconds":0,"source":"quality"}"#
    for (name, plan) in [
      (
        "cascade:t=1,budgets=20",
        #"{"cascade":{"budget":20,\#(judge),"models":["a","b"],"rule":"paper","threshold":1}}"#
      ),
      ("rerank", #"{"rerank":{\#(judge),"models":["a","b"]}}"#),
      (
        "random",
        #"{"mix":[{"plan":{"call":{"model":"a"}},"probability":0.5},"#
          + #"{"plan":{"call":{"model":"b"}},"probability":0.5}]}"#
      ),
      ("null", #"{"none":{}}"#),
    ] {
      let fit = try Tool.run("fit", path, "--router", name, "-o", router, "-q", "--json")
      #expect(fit.status == 0 && !fit.output.contains("\"_"), "\(fit.remarks)")
      let decided = try route(router, "x\n").output
      #expect(decided.contains("\"plan\":\(plan)"), "\(decided)")
    }
    // A willingness without a limit is a word, as in reports.
    let knn = try Tool.run("fit", path, "--router", "knn:5", "-o", router, "-q", "--json")
    #expect(knn.status == 0, "\(knn.remarks)")
    #expect(knn.output.contains("\"parameter\" : \"unlimited\""))
  }

  private func route(_ router: String, _ input: String, _ options: String...) throws -> Tool.Answer
  {
    try Tool.run(["route", router] + options, input: input)
  }

  @Test("a fitted router is saved, and decides prompt by prompt as in one batch")
  func fitAndRoute() throws {
    let directory = try ScratchDirectory()
    let router = directory.path + "/knn.rbrouter"
    let fit = try Tool.run("fit", try data(in: directory), "--router", "knn:5", "-o", router, "-q")
    #expect(fit.status == 0, "\(fit.remarks)")
    let prompts = ["alpha question number 7", "beta riddle of size 8", "alpha question number 9"]
    let together = try route(router, prompts.joined(separator: "\n"))
    #expect(together.status == 0, "\(together.remarks)")
    let alone = try prompts.map { try route(router, $0 + "\n").output }.joined()
    #expect(together.output == alone)
    let models = try together.output.split(separator: "\n").map { line in
      (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["model"]
        as? String
    }
    #expect(models == ["a", "b", "a"])
    let json = try route(router, "{\"id\": 4, \"prompt\": \"alpha question number 7\"}\r\n")
    #expect(json.output.contains("\"id\":4,") && json.output.contains("\"model\":\"a\""))
    // As editors and programs indent and mark it.
    let marked = try route(
      router,
      "\u{FEFF}{\"id\": 4, \"prompt\": \"alpha question number 7\"}\n  {\"id\": 5, \"prompt\": \"alpha\"}\n"
    )
    #expect(marked.output.contains("\"id\":4,") && marked.output.contains("\"id\":5,"))
    let named = try route(router, "{\"id\": \"4\", \"prompt\": \"alpha question number 7\"}\n")
    #expect(named.output.contains("\"id\":\"4\","))
    let broken = try route(
      router, "{\"id\": 4, \"prompt\": \"alpha question number 7\"}\n{\"text\": 1}\n")
    #expect(broken.status == 3)
    #expect(broken.output == json.output, "What stands before a bad line is decided.")
    let bad = try route(router, "{\"text\": 1}\n")
    #expect(bad.status == 3)
    #expect(
      bad.remarks == "error: Line 1 of the input is no JSON object with a text as prompt; give one "
        + "prompt a line, or --format text.\n")
    let ended = try route(router, "alpha question number 7\n\n\n", "--threads", "5")
    #expect(ended.status == 0 && ended.output.split(separator: "\n").count == 1)
    let holed = try route(router, "alpha question number 7\n\nbeta riddle of size 8\n")
    #expect(holed.status == 3 && holed.output == ended.output)
    #expect(
      holed.remarks
        == "error: Line 2 of the input is blank, so lines and decisions would no longer "
        + "pair; remove it, or write {\"prompt\": \"\"}.\n")
    let poor = try route(router, "x\n", "--budget", "0.5")
    #expect(poor.status == 3)
    #expect(
      poor.remarks.contains(
        "takes at least $1.000 a prompt, more than the budget of $0.5000; raise the"))
    let both = try route(router, "x\n", "--budget", "2", "--point", "0")
    #expect(both.status == 2)
    #expect(both.remarks.contains("--point and --budget exclude each other; give one of them."))
  }

  @Test("what the number of an operating point stands for is said wherever it is shown")
  func meanings() throws {
    let directory = try ScratchDirectory()
    let (path, router) = (try data(in: directory), directory.path + "/one.rbrouter")
    #expect(try Tool.run("fit", path, "--router", "knn:5", "-o", router, "-q").status == 0)
    let knn = try route(router, "", "--show").output
    #expect(knn.contains("dollars per unit of quality") && !knn.contains("stands for"), "\(knn)")
    #expect(!(try route(router, "x\n").output.contains("\"meaning\"")))
    // Thresholds are learned here, so that the parameter alone is a mere number.
    #expect(try Tool.run("fit", path, "--router", "cascade", "-o", router, "-q").status == 0)
    let cascade = try route(router, "", "--show").output
    #expect(cascade.contains("parameter stands for"), "\(cascade)")
    #expect(cascade.contains(/threshold [0-9.]+, budget [0-9.]+ a prompt/), "\(cascade)")
    #expect(try route(router, "x\n").output.contains(/"meaning":"threshold [0-9.]+, budget/))
    let advice = try Tool.run(
      "recommend", path, "--min-quality", "0.99", "--routers", "knn:5", "-q"
    ).output
    #expect(
      advice.contains(/^Serve knn:5: (.*at )?willingness to pay (unlimited|[0-9.]+ dollars per)/),
      "\(advice)")
  }

  @Test("a recommendation names the router that meets the target, and saves it")
  func recommend() throws {
    let directory = try ScratchDirectory()
    let (path, router) = (try data(in: directory), directory.path + "/best.rbrouter")
    let answer = try Tool.run(
      "recommend", path, "--min-quality", "0.99", "--routers", "knn:5", "--json", "-q", "--save",
      router)
    #expect(answer.status == 0, "\(answer.remarks)")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
    let choices = try #require(json["choices"] as? [[String: Any]])
    #expect(choices.map { $0["system"] as? String } == ["knn:5", "zero"])
    #expect(json["reference"] as? String == "b")
    // Half of the prompts go to the model at a tenth of the price.
    #expect(abs((choices[0]["saving"] as? Double ?? 0) - 0.45) < 0.05)
    #expect(try route(router, "alpha question number 3\n").output.contains("\"model\":\"a\""))
    for (options, sentence) in [
      (["--min-quality", "1"], nil),
      (
        ["--budget", "0.5"],
        "Nothing answers every prompt for $0.5000 on average: the least is $1.000. Raise the budget."
      ),
      ([], "A target is needed: --budget DOLLARS, --min-quality QUALITY or --max-latency SECONDS"),
      (["--max-latency", "1"], "made.csv has no latencies; --max-latency needs a column"),
      (["--budget", "1", "--min-quality", "1"], "--budget and --min-quality exclude each other"),
    ] as [([String], String?)] {
      let answer = try Tool.run(["recommend", path, "--routers", "knn:5", "-q"] + options)
      if let sentence {
        #expect(answer.status != 0 && answer.remarks.contains(sentence), "\(answer.remarks)")
      } else {
        #expect(answer.status == 0 && answer.output.hasPrefix("Serve "), "\(answer.remarks)")
      }
    }
  }

  @Test("a router's own estimate of cost that holds for all does not make it two routers")
  func sameRouterTwice() throws {
    let directory = try ScratchDirectory()
    let answer = try Tool.run(
      "recommend", try data(in: directory), "--budget", "5", "--routers", "knn:5,knn:5@predicted",
      "--cost-estimate", "predicted", "-q")
    #expect(answer.status == 0, "\(answer.remarks)")
    let rows = answer.output.split(separator: "\n").filter { $0.contains("knn:5@predicted  ") }
    #expect(rows.count == 1, "\(answer.output)")
  }

  @Test("results that cannot be written are no success")
  func fullDisk() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let directory = try ScratchDirectory()
    let (path, router) = (try data(in: directory), directory.path + "/knn.rbrouter")
    #expect(try Tool.run("fit", path, "--router", "knn:5", "-o", router, "-q").status == 0)
    for arguments in [
      ["inspect", path], ["route", router], ["route", router, "--show"], ["--help"],
    ] {
      let answer = try Tool.run(arguments, input: "alpha\n", output: "/dev/full")
      #expect(answer.status == 3, "\(arguments)")
      #expect(
        answer.remarks
          == "error: Cannot write to standard output: No space left on device; what was printed is "
          + "not whole.\n")
    }
  }

  @Test("a recommendation that misses its target on the test prompts says so, and no other does")
  func missed() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    var misses = 0
    for seed in 0..<8 {
      let answer = try Tool.run(
        "recommend", path, "--budget", "5.5", "--routers", "knn:5", "--seeds", "\(seed)", "--json",
        "-q")
      #expect(answer.status == 0, "\(answer.remarks)")
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
      let best = try #require((json["choices"] as? [[String: Any]])?.first)
      let isMissed = try #require(best["cost"] as? Double) > 5.5
      let notes = try #require(json["notes"] as? [String])
      #expect(
        notes.contains {
          $0.contains("misses the target: ") && $0.contains("where at most $5.500 was asked for")
        } == isMissed, "\(notes)")
      misses += isMissed ? 1 : 0
    }
    #expect(misses > 0 && misses < 8, "both happen: \(misses)")
  }

  @Test("what needs the recorded quality is not recommended, and not saved without a word")
  func recordedQuality() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let answer = try Tool.run(
      "recommend", path, "--min-quality", "0.9", "--routers", "knn:5,cascade:e=0.1", "--json", "-q")
    #expect(answer.status == 0, "\(answer.remarks)")
    let value = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
    let systems = (value?["choices"] as? [[String: Any]])?.compactMap { $0["system"] as? String }
    #expect(systems?.contains("knn:5") == true && systems?.contains("cascade:e=0.1") == false)
    #expect(
      value?["notes"] as? [String] == [
        "cascade:e=0.1 was left out: its judge knows the recorded quality, which a server does not."
      ])
    let fit = try Tool.run(
      "fit", path, "--router", "cascade:e=0.1", "-o", directory.path + "/c.rbrouter")
    #expect(fit.status == 0)
    #expect(
      fit.remarks.contains("cascade:e=0.1 cannot serve: its judge knows the recorded quality"))
    let routed = try route(directory.path + "/c.rbrouter", "alpha question number 7\n")
    #expect(
      routed.remarks.contains(
        "The plans of cascade:e=0.1 need the recorded quality of answers, which a server does not know."
      ),
      "\(routed.remarks)")
  }

  @Test("a limit on time holds while dollars are swept, the router's own time included")
  func latency() throws {
    guard let path = Tool.shared("data/cascades/nine_models_latency_confidence_long.csv.gz") else {
      return
    }
    func best(_ options: String...) throws -> [String: Any] {
      let answer = try Tool.run(
        ["recommend", path, "--routers", "knn:40,knn:40@predicted", "--json", "-q", "--resamples"]
          + ["100"] + options)
      #expect(answer.status == 0, "\(answer.remarks)")
      let value = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
      return try #require((value?["choices"] as? [[String: Any]])?.first)
    }
    let free = try best("--budget", "0.001")
    let tight = try best("--budget", "0.001", "--max-latency", "0.6")
    let slowed = try best(
      "--budget", "0.001", "--max-latency", "0.6", "--router-latency", "100", "--router-cost",
      "0.00001")
    func number(_ entry: [String: Any], _ key: String) -> Double { entry[key] as? Double ?? .nan }
    #expect(number(free, "seconds") > number(tight, "seconds"))
    // The limit is met on the training prompts; the test prompts are others.
    #expect(abs(number(tight, "seconds") - 0.6) < 0.1)
    #expect(number(free, "trainingQuality") > number(tight, "trainingQuality"))
    #expect(number(tight, "trainingQuality") > number(slowed, "trainingQuality"))
  }
}
