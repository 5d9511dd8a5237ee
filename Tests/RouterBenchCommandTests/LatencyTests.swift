import Foundation
import Testing

/// `recommend --max-latency`, on made-up outcomes and on a public record of nine models.
@Suite("Recommending within a latency")
struct LatencyTests {
  private struct Answer: Decodable {
    struct Choice: Decodable {
      let system: String
      let trainingCost: Double
      let trainingQuality: Double
      let trainingSeconds: Double
      let seconds: Double
      let secondsInterval: [String: Double]
    }

    let referenceSeconds: Double
    let trainingPrompts: Int
    let testPrompts: Int
    let choices: [Choice]
  }

  private struct Header: Decodable {
    struct Point: Decodable {
      let seconds: Double
    }

    let operatingPoints: [Point]
  }

  /// 200 prompts: model a is right on half of them, cheap and slow; b on all, dear and quick.
  private func data(in directory: ScratchDirectory, gap: Bool = false) throws -> String {
    let path = directory.path + "/made.csv"
    var text = "sample_id,prompt,eval_name,model_name,performance,cost,latency_seconds\n"
    for row in 0..<200 {
      let prompt = row % 2 == 0 ? "alpha question number \(row)" : "beta riddle of size \(row)"
      text += "\(row),\(prompt),t,a,\(1 - row % 2),1,4\n"
      text += "\(row),\(prompt),t,b,1,10,\(gap && row == 7 ? "" : "2")\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func answer(_ path: String, _ options: [String]) throws -> Answer {
    let answer = try Tool.run(["recommend", path, "--json", "-q"] + options)
    #expect(answer.status == 0, "\(answer.remarks)")
    return try JSONDecoder().decode(Answer.self, from: Data(answer.output.utf8))
  }

  @Test("the bound is kept, alone and beside a budget or a quality")
  func bounds() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let knn = ["--routers", "knn:5"]
    let alone = try answer(path, knn + ["--max-latency", "2"])
    // Where both models are right, knn asks the cheaper and slower one, whatever quality is worth.
    #expect(alone.choices.map(\.system) == ["zero"] && alone.choices[0].trainingSeconds == 2)
    #expect(alone.choices[0].trainingCost == 10 && alone.referenceSeconds == 2)
    // Half of the prompts at each model.
    let half = try answer(path, knn + ["--max-latency", "3.2", "--min-quality", "0.99"])
    #expect(half.choices[0].system == "knn:5" && half.choices[0].trainingSeconds <= 3.2)
    #expect(abs(half.choices[0].trainingCost - 5.5) < 0.3)
    let slow = try answer(
      path, knn + ["--max-latency", "3.2", "--min-quality", "0.99", "--router-latency", "1000"])
    #expect(slow.choices[0].trainingSeconds <= 3.2 && slow.choices[0].trainingCost > 7)
    let said = try Tool.run(["recommend", path, "--max-latency", "2", "-q"] + knn)
    #expect(said.output.contains("takes 2.000 seconds [2.000, 2.000] and has"), "\(said.output)")
    for (options, sentence) in [
      (
        ["--max-latency", "1"],
        "Nothing answers within 1.0 seconds on average: the fastest model takes 2.000 seconds."
      ),
      (
        ["--max-latency", "2", "--budget", "3"],
        "Nothing answers every prompt for $3.000 on average within 2.0 seconds: the least is $10.00."
      ),
      (
        ["--axis", "latency", "--budget", "1"],
        "Nothing answers every prompt for 1.000 seconds on average: the least is 2.000 seconds."
      ),
      (["--max-latency", "0"], "--max-latency needs seconds above 0; '0' was given."),
    ] {
      let answer = try Tool.run(["recommend", path, "-q"] + knn + options)
      #expect(answer.status != 0 && answer.remarks.contains(sentence), "\(answer.remarks)")
    }
  }

  private struct Report: Decodable {
    struct Task: Decodable {
      struct Split: Decodable {
        struct System: Decodable {
          struct Kept: Decodable {
            let trainingSeconds: Double
          }

          let name: String
          let kept: [Kept]
        }

        let systems: [System]
      }

      let splits: [Split]
      let notes: [String]
    }

    let tasks: [Task]
    let notices: [String]
  }

  private func report(_ directory: String) throws -> Report {
    try JSONDecoder().decode(
      Report.self, from: Data(contentsOf: URL(fileURLWithPath: directory + "/report.json")))
  }

  @Test("costs are swept under a bound on latency: kept points and Zero keep it, and it is said")
  func swept() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let out = directory.path + "/out"
    func evaluate(_ options: String...) throws -> Tool.Answer {
      try Tool.run(
        ["evaluate", path, "--routers", "knn:5", "--resamples", "0", "-q", "--out", out] + options)
    }
    #expect(try evaluate().status == 0)
    let free = try #require(try report(out).tasks.first?.splits.first)
    // Half of the prompts at four seconds, half at two.
    #expect(free.systems.contains { $0.kept.contains { $0.trainingSeconds > 3.2 } })
    #expect(try evaluate("--max-latency", "3.2").status == 0)
    let whole = try report(out)
    let task = try #require(whole.tasks.first)
    let bounded = try #require(task.splits.first)
    #expect(bounded.systems.map(\.name) == ["zero", "knn:5"])
    for system in bounded.systems {
      #expect(!system.kept.isEmpty && system.kept.allSatisfy { $0.trainingSeconds <= 3.2 })
    }
    #expect(bounded.systems[0].kept.map(\.trainingSeconds) == [2])
    #expect(
      whole.notices.contains(
        "Kept points, and Zero chosen on training prompts, take at most 3.2 seconds a training prompt on "
          + "average; test hulls are of points that take no more on the test prompts, or of the nearest where "
          + "none does."), "\(whole.notices)")
    // A manifest repeats it, and it cannot be given beside one.
    let again = directory.path + "/again"
    let repeated = try Tool.run(
      "evaluate", "--manifest", out + "/manifest.json", "-q", "--out", again)
    #expect(repeated.status == 0, "\(repeated.remarks)")
    for file in ["/report.json", "/points.csv"] {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: out + file))
          == Data(contentsOf: URL(fileURLWithPath: again + file)))
    }
    let strict = try evaluate("--max-latency", "1", "--strict")
    #expect(strict.status == 1)
    #expect(
      strict.remarks.contains(
        "not examined: no single model takes at most 1.0 seconds a training prompt on average"),
      "\(strict.remarks)")
    let none = try evaluate("--max-latency", "1")
    #expect(none.remarks.contains("Allow more."))
    #expect(none.status == 3)
    #expect(
      none.remarks.contains(
        "no single model takes at most 1.0 seconds a training prompt on average"),
      "\(none.remarks)")
  }

  @Test(
    "latency is swept under a bound on dollars, which is said, repeated and refused beside dollars")
  func dollars() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let out = directory.path + "/out"
    let free = try Tool.run(
      "evaluate", path, "--axis", "latency", "--routers", "knn:5", "--resamples", "0", "-q",
      "--out", out)
    #expect(free.status == 0, "\(free.remarks)")
    func dollars(_ directory: String) throws -> [Double] {
      let json = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: directory + "/report.json")))
      let tasks = (json as? [String: Any])?["tasks"] as? [[String: Any]]
      let splits = tasks?.first?["splits"] as? [[String: Any]]
      let systems = splits?.first?["systems"] as? [[String: Any]] ?? []
      return systems.flatMap { $0["kept"] as? [[String: Any]] ?? [] }
        .compactMap { $0["trainingDollars"] as? Double }
    }
    let (least, most) = (try #require(dollars(out).min()), try #require(dollars(out).max()))
    let bound = "\((least + most) / 2)"
    let bounded = try Tool.run(
      "evaluate", path, "--axis", "latency", "--routers", "knn:5", "--resamples", "0", "-q",
      "--max-cost", bound, "--out", out)
    #expect(bounded.status == 0, "\(bounded.remarks)")
    let kept = try dollars(out)
    #expect(!kept.isEmpty && kept.allSatisfy { $0 <= (least + most) / 2 * (1 + 1e-12) })
    #expect(
      try String(contentsOfFile: out + "/report.md", encoding: .utf8)
        .contains("take at most \(bound) dollars a training prompt on average"))
    let again = directory.path + "/again"
    #expect(
      try Tool.run("evaluate", "--manifest", out + "/manifest.json", "-q", "--out", again).status
        == 0)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: out + "/report.json"))
        == Data(contentsOf: URL(fileURLWithPath: again + "/report.json")))
    let advice = try Tool.run(
      "recommend", path, "--axis", "latency", "--max-cost", bound, "-q", "--routers", "knn:5")
    #expect(advice.status == 0 && advice.output.contains(", takes $"), "\(advice.remarks)")
    let refused = try Tool.run("evaluate", path, "--max-cost", "1")
    #expect(refused.status == 2)
    #expect(
      refused.remarks.contains(
        "--max-cost bounds dollars where quality is traded for something else; give --axis latency or "
          + "calls:MODEL"))
  }

  @Test("a router whose training prompts are unknown is left out under a bound, and fit keeps one")
  func elsewhere() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory)
    let choices = directory.path + "/mine.csv"
    let split = directory.path + "/split.csv"
    #expect(try Tool.run("split", path, "-q", "-o", split).status == 0)
    let test = try String(contentsOfFile: split, encoding: .utf8).split(separator: "\r\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .filter { $0[3] == "test" }.map { $0[2] }
    #expect(test.count == 60)
    try ("sample_id,model\n" + test.map { "\($0),b\n" }.joined()).write(
      toFile: choices, atomically: true, encoding: .utf8)
    let answer = try Tool.run(
      "evaluate", path, "--routers", "knn:5", "--predictions", "mine=\(choices)", "--max-latency",
      "3.2", "--resamples", "0", "-q", "--out", directory.path + "/out")
    #expect(answer.status == 0, "\(answer.remarks)")
    let notes = try #require(try report(directory.path + "/out").tasks.first).notes
    #expect(
      notes.contains {
        $0.hasPrefix("mine was left out: The router mine says nothing of the training prompts")
      }, "\(notes)")
    let router = directory.path + "/quick.rbrouter"
    let fit = try Tool.run(
      "fit", path, "--router", "knn:5", "--max-latency", "3.2", "-o", router, "--json", "-q")
    #expect(fit.status == 0, "\(fit.remarks)")
    let points = try JSONDecoder().decode(Header.self, from: Data(fit.output.utf8)).operatingPoints
    #expect(!points.isEmpty && points.allSatisfy { $0.seconds <= 3.2 })
  }

  @Test("a prompt without every latency is left out where latency is bounded, and nowhere else")
  func gaps() throws {
    let directory = try ScratchDirectory()
    let path = try data(in: directory, gap: true)
    let bounded = try answer(path, ["--routers", "knn:5", "--max-latency", "9"])
    #expect(bounded.trainingPrompts + bounded.testPrompts == 199)
    let answer = try Tool.run(
      "recommend", path, "--routers", "knn:5", "--budget", "5", "--json", "-q")
    let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
    #expect(
      (json?["trainingPrompts"] as? Int ?? 0) + (json?["testPrompts"] as? Int ?? 0) == 200)
  }

  @Test(
    "nine public models: tighter bounds are kept and never promise more, and routers are saved so")
  func shared() throws {
    guard let path = Tool.shared("data/cascades/nine_models_latency_confidence_long.csv.gz")
    else { return }
    let directory = try ScratchDirectory()
    let routers = ["--routers", "knn:40,cascade:judge=confidence"]
    var qualities: [Double] = []
    for bound in [0.4, 1, 3] {
      let found = try answer(path, routers + ["--max-latency", "\(bound)", "--budget", "0.0005"])
      let best = try #require(found.choices.first)
      for choice in found.choices {
        #expect(choice.trainingSeconds <= bound * (1 + 1e-12), "\(choice.system)")
        #expect(choice.trainingCost <= 0.0005 * (1 + 1e-12), "\(choice.system)")
        let (lower, upper) = (choice.secondsInterval["lower"], choice.secondsInterval["upper"])
        #expect(lower ?? 9 <= choice.seconds && choice.seconds <= upper ?? 0)
      }
      qualities.append(best.trainingQuality)
    }
    #expect(qualities == qualities.sorted())
    let router = directory.path + "/quick.rbrouter"
    _ = try answer(path, ["--routers", "knn:40", "--max-latency", "1", "--save", router])
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: router)))
    let length = bytes[12..<16].enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    let header = try JSONDecoder().decode(Header.self, from: Data(bytes[16..<(16 + length)]))
    #expect(!header.operatingPoints.isEmpty)
    #expect(header.operatingPoints.allSatisfy { $0.seconds <= 1 })
  }
}
