import Foundation
import Testing

@Suite("Routers from a file")
struct PredictionsTests {
  /// 40 prompts of two tasks; b solves every other prompt and costs twice what a does.
  static func outcomes(in directory: ScratchDirectory) throws -> String {
    let path = directory.path + "/data.csv"
    var text = "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n"
    for row in 0..<80 {
      text += "s\(row),prompt number \(row) \(row * row),\(row < 40 ? "t" : "u"),"
      text += "\(row % 3 == 0 ? 1 : 0),\(row % 2),0.001,0.002\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private struct Line {
    let seed, task, id, part, fold: String
  }

  private func split(_ path: String, _ arguments: String...) throws -> [Line] {
    let out = path + ".split.csv"
    let answer = try Tool.run(["split", path, "--out", out] + arguments)
    #expect(answer.status == 0, "\(answer.remarks)")
    return try String(contentsOfFile: out, encoding: .utf8).split(whereSeparator: \.isNewline)
      .dropFirst().map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return Line(seed: cells[0], task: cells[1], id: cells[2], part: cells[3], fold: cells[4])
      }
  }

  private func number(_ id: String) -> Int { Int(id.dropFirst()) ?? 0 }

  @Test("The split that is written is the split that is examined, and folds cover the training")
  func splits() throws {
    let directory = try ScratchDirectory()
    let path = try Self.outcomes(in: directory)
    let lines = try split(path, "--split", "numpyLegacy", "--seeds", "0,1")
    #expect(lines.count == 160)
    for seed in ["0", "1"] {
      for task in ["t", "u"] {
        let mine = lines.filter { $0.seed == seed && $0.task == task }
        #expect(mine.filter { $0.part == "training" }.count == 28)
        #expect(mine.filter { $0.part == "test" && $0.fold.isEmpty }.count == 12)
        #expect(Set(mine.map(\.fold)) == ["", "0", "1", "2", "3", "4"])
      }
    }
    // A file with the test prompts alone is enough, and nothing less.
    let predictions = directory.path + "/mine.csv"
    let test = lines.filter { $0.part == "test" && $0.seed == "1" }
    try ("sample_id,model\n" + test.map { "\($0.id),b\n" }.joined())
      .write(toFile: predictions, atomically: true, encoding: .utf8)
    func evaluate(_ seed: String) throws -> Tool.Answer {
      try Tool.run(
        "evaluate", path, "--split", "numpyLegacy", "--seeds", seed, "--routers", "zero",
        "--predictions", predictions, "--out", directory.path + "/out", "--quiet")
    }
    let right = try evaluate("1")
    #expect(right.status == 0, "\(right.remarks)")
    let wrong = try evaluate("0")
    #expect(wrong.status == 3)
    #expect(wrong.remarks.contains("mine.csv has no prediction for "))
  }

  @Test(
    "Choices and scores are replayed exactly, reported under their names, and repeat to the byte")
  func endToEnd() throws {
    let directory = try ScratchDirectory()
    let path = try Self.outcomes(in: directory)
    let lines = try split(path, "--seeds", "3")
    // The best model where it matters: an oracle of its own.
    var choices = "sample_id,model,parameter\n"
    var scores = ""
    for line in lines {
      let row = number(line.id)
      let solves = (a: row % 3 == 0, b: row % 2 == 1)
      choices += "\(line.id),a,0\n\(line.id),\(!solves.a && solves.b ? "b" : "a"),1\n"
      guard line.part == "test" else { continue }
      for (model, score) in [("a", solves.a), ("b", solves.b)] {
        scores +=
          "{\"sample_id\": \"\(line.id)\", \"model\": \"\(model)\", \"score\": \(score ? 0.9 : 0.1)}\n"
      }
    }
    try choices.write(toFile: directory.path + "/mine.csv", atomically: true, encoding: .utf8)
    try scores.write(toFile: directory.path + "/p.jsonl", atomically: true, encoding: .utf8)
    let out = directory.path + "/out"
    let run = try Tool.run(
      "evaluate", path, "--seeds", "3", "--routers", "knn:3", "--predictions",
      directory.path + "/mine.csv", "--predictions", "theirs=\(directory.path)/p.jsonl", "--json",
      "--quiet", "--out", out)
    #expect(run.status == 0, "\(run.remarks)")
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let tasks = try #require(json?["tasks"] as? [[String: Any]])
    for task in tasks {
      let name = try #require(task["task"] as? String)
      let test = lines.filter { $0.part == "test" && $0.task == name }.map { number($0.id) }
      let best = test.count { $0 % 3 == 0 || $0 % 2 == 1 }
      let dear = test.count { $0 % 3 != 0 && $0 % 2 == 1 }
      let split = try #require((task["splits"] as? [[String: Any]])?.first)
      let systems = try #require(split["systems"] as? [[String: Any]])
      #expect(systems.compactMap { $0["name"] as? String } == ["zero", "knn:3", "mine", "theirs"])
      for system in systems.suffix(2) {
        let kept = try #require(system["kept"] as? [[String: Any]])
        let last = try #require(kept.last?["test"] as? [String: Double])
        #expect(abs((last["quality"] ?? 0) - Double(best) / Double(test.count)) < 1e-12)
        let dollars = 0.001 + 0.001 * Double(dear) / Double(test.count)
        #expect(abs((last["cost"] ?? 0) - dollars) < 1e-12)
        // Only the file with training prompts was chosen on them.
        #expect((kept.last?["training"] != nil) == (system["name"] as? String == "mine"))
      }
      let notes = try #require(task["notes"] as? [String])
      #expect(
        notes == [
          "theirs predicts none of the 28 training prompts, so nothing was chosen there: its "
            + "deployable curve follows all of its parameters in order."
        ])
    }
    let decisions = try String(contentsOfFile: out + "/decisions.csv", encoding: .utf8)
    #expect(decisions.contains(",mine,s"))
    #expect(decisions.contains(",theirs,s"))
    let manifest = try String(contentsOfFile: out + "/manifest.json", encoding: .utf8)
    #expect(manifest.contains("theirs=\(directory.path)/p.jsonl"))
    let again = try Tool.run(
      "evaluate", "--manifest", out + "/manifest.json", "--out", directory.path + "/again",
      "--quiet")
    #expect(again.status == 0, "\(again.remarks)")
    for name in ["report.json", "report.md", "points.csv", "decisions.csv", "manifest.json"] {
      #expect(
        FileManager.default.contentsEqual(
          atPath: out + "/" + name, andPath: directory.path + "/again/" + name), "\(name)")
    }
    try (scores + "\n").write(
      toFile: directory.path + "/p.jsonl", atomically: true, encoding: .utf8)
    let changed = try Tool.run("evaluate", "--manifest", out + "/manifest.json", "--out", out)
    #expect(changed.status == 3)
    #expect(changed.remarks.contains("p.jsonl has changed: found SHA-256"))
  }

  @Test("Training predictions that are there in vain are counted, told, and refused under --strict")
  func gaps() throws {
    let directory = try ScratchDirectory()
    let path = try Self.outcomes(in: directory)
    let lines = try split(path, "--seeds", "3", "--tasks", "t")
    let training = lines.filter { $0.part == "training" }
    let test = lines.filter { $0.part == "test" }
    func evaluate(_ text: String, _ options: String...) throws -> (Tool.Answer, String) {
      try text.write(toFile: directory.path + "/mine.csv", atomically: true, encoding: .utf8)
      let out = directory.path + "/out"
      let answer = try Tool.run(
        [
          "evaluate", path, "--seeds", "3", "--tasks", "t", "--routers", "zero", "--predictions",
          directory.path + "/mine.csv", "--out", out,
        ] + options)
      return (answer, (try? String(contentsOfFile: out + "/report.md", encoding: .utf8)) ?? "")
    }
    let choices =
      "sample_id,model\n" + (test + training.prefix(5)).map { "\($0.id),b\n" }.joined()
    let sentence =
      "/mine.csv predicts 5 of the 28 training prompts of t (seed 3); they count only where all are "
      + "there, so these are not used"
    let (refused, none) = try evaluate(choices, "--strict", "--quiet")
    #expect(refused.status == 1 && none.isEmpty)
    #expect(
      refused.remarks
        == "error: data.csv is refused under --strict, and no report is written: "
        + directory.path + sentence + ".\n")
    let (told, report) = try evaluate(choices)
    #expect(told.status == 0)
    #expect(told.remarks.contains("warning: \(directory.path)\(sentence)\n"), "\(told.remarks)")
    #expect(
      report.contains(
        "mine predicts 5 of the 28 training prompts; they count only where all are there, so these are "
          + "not used."))
    // A sweep with a prompt that has one of its two parameters only.
    let sweep =
      "sample_id,model,parameter\n"
      + (test + training.prefix(5)).map { "\($0.id),b,1\n\($0.id),a,0\n" }.joined()
      + "\(training[5].id),a,0\n"
    let (swept, sweptReport) = try evaluate(sweep)
    #expect(
      swept.remarks.contains(
        "/mine.csv predicts 5 of the 28 training prompts in full and 1 in part of t (seed 3); "),
      "\(swept.remarks)")
    #expect(
      sweptReport.contains(
        "mine predicts 5 of the 28 training prompts in full and 1 in part, so nothing was chosen there: "
      ))
    // All of them, or none, is in order.
    for rows in [test, lines] {
      let whole = "sample_id,model\n" + rows.map { "\($0.id),b\n" }.joined()
      let (answer, _) = try evaluate(whole, "--strict")
      #expect(answer.status == 0 && !answer.remarks.contains("training prompts"))
    }
  }

  @Test("Names that reports could not tell apart are refused")
  func names() throws {
    let twice = try Tool.run(
      "evaluate", "x.csv", "--predictions", "a/p.csv", "--predictions", "b/p.jsonl")
    #expect(twice.status == 2)
    #expect(
      twice.remarks.hasPrefix(
        "error: Two routers are named 'p'; name one of them, such as other=b/p.jsonl.\n"))
    let zero = try Tool.run("evaluate", "x.csv", "--predictions", "zero=p.csv")
    #expect(zero.status == 2)
    let empty = try Tool.run("evaluate", "x.csv", "--predictions", "p=")
    #expect(
      empty.remarks.hasPrefix("error: --predictions needs FILE or NAME=FILE; 'p=' was given."))
  }
}
