import Foundation
import Testing

@Suite("Evaluating")
struct EvaluateTests {
  private struct Report: Decodable {
    struct Task: Decodable {
      struct Summary: Decodable {
        struct Spread: Decodable {
          let mean: Double
        }

        let name: String
        let testHull: Spread
        let deployable: Spread
        let testHullLessZero: Spread
        let deployableLessZeroTrained: Spread
      }

      let task: String
      let distinctFeatures: Int
      let featureWarning: String?
      let summaries: [Summary]
    }

    let notices: [String]
    let tasks: [Task]
  }

  private func report(_ arguments: [String]) throws -> Report {
    let answer = try Tool.run(arguments + ["--json", "--quiet"])
    #expect(answer.status == 0, "\(answer.remarks)")
    return try JSONDecoder().decode(Report.self, from: Data(answer.output.utf8))
  }

  private func files(in directory: String) throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: directory)
    var files: [String: Data] = [:]
    for name in names {
      var isDirectory: ObjCBool = false
      let path = directory + "/" + name
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      if !isDirectory.boolValue { files[name] = try Data(contentsOf: URL(fileURLWithPath: path)) }
    }
    return files
  }

  /// A table of one task and two models, of which the dear one is always right.
  private func few(_ count: Int, in directory: ScratchDirectory) throws -> String {
    let path = directory.path + "/few.csv"
    let rows = (0..<count).map { "t.\($0),t,question \($0),\($0 % 2),1,0.001,0.002\n" }
    try ("sample_id,eval_name,prompt,a,b,a|total_cost,b|total_cost\n" + rows.joined())
      .write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test("Where no task can be examined, it says why and leaves an earlier report alone")
  func nothingToExamine() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (try few(12, in: directory), directory.path + "/report")
    let common = [path, "--encoder", "builtin", "--routers", "knn:2", "--out", out, "-q"]
    #expect(try Tool.run(["evaluate"] + common + ["--folds", "3"]).status == 0)
    let before = try files(in: out)
    let answer = try Tool.run(["evaluate"] + common + ["--folds", "500"])
    #expect(answer.status == 3)
    #expect(
      answer.remarks.contains(
        "No task could be examined. t (12 prompts): too few prompts to split. Give more prompts, "
          + "fewer folds or another --train-fraction."), "\(answer.remarks)")
    #expect(try files(in: out) == before)
  }

  @Test("A router that needs the recorded quality is told apart from those that can serve")
  func notServable() throws {
    let directory = try ScratchDirectory()
    let path = try few(60, in: directory)
    let answer = try Tool.run(
      "evaluate", path, "--encoder", "builtin", "--routers", "knn:5,cascade:e=0.1", "-q",
      "--out", directory.path + "/report")
    #expect(answer.status == 0, "\(answer.remarks)")
    let rows = answer.output.split(separator: "\n").filter { $0.contains("cascade:e=0.1") }
    #expect(!rows.isEmpty && rows.allSatisfy { $0.contains("not servable") }, "\(answer.output)")
    let words = answer.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("Not servable: its judge knows the recorded quality"))
  }

  @Test("The demo says that it is synthetic in every output, and how to run the real files")
  func demo() throws {
    let directory = try ScratchDirectory()
    let answer = try Tool.run("demo", "--prompts", "600", "--out", directory.path)
    #expect(answer.status == 0, "\(answer.remarks)")
    #expect(answer.output.contains("SYNTHETIC"))
    #expect(answer.output.contains("routerbench evaluate FILE"))
    let files = try files(in: directory.path)
    for name in [
      "report.html", "report.json", "report.md", "sample.json", "points.csv", "decisions.csv",
      "manifest.json",
    ] {
      #expect(files[name] != nil, "\(name)")
    }
    #expect(files.keys.filter { $0.hasSuffix(".svg") }.count == 7)
    for name in ["report.html", "report.json", "report.md"] {
      #expect(String(decoding: files[name] ?? Data(), as: UTF8.self).contains("SYNTHETIC"))
    }
    for (name, bytes) in files where name.hasSuffix(".svg") {
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      #expect(text.contains("synthetic"), "\(name)")
    }
  }

  @Test("A manifest repeats its run to the byte, on 1, 2 and 5 threads")
  func manifest() throws {
    let first = try ScratchDirectory()
    let run = try Tool.run(
      "demo", "--prompts", "400", "--seeds", "3,4", "--routers",
      "knn:3,knn:9,mlp:8,5,svr,cascade:e=0.1", "--select", "validation", "--sampled", "5", "--out",
      first.path,
      "--quiet", "--threads", "2")
    #expect(run.status == 0, "\(run.remarks)")
    for threads in ["1", "5"] {
      let second = try ScratchDirectory()
      let again = try Tool.run(
        "evaluate", "--manifest", first.path + "/manifest.json", "--out", second.path, "--quiet",
        "--threads", threads)
      #expect(again.status == 0, "\(again.remarks)")
      #expect(try files(in: first.path) == files(in: second.path))
    }
    let refused = try Tool.run(
      "evaluate", "--manifest", first.path + "/manifest.json", "--seeds", "5")
    #expect(refused.status == 2)
    let report = try String(contentsOfFile: first.path + "/report.json", encoding: .utf8)
    #expect(report.contains("were drawn once a test prompt (seed 5)"))
    #expect(refused.remarks.contains("--manifest has already decided --seeds; leave it out"))
  }

  @Test("Cascades and reranks are evaluated, recorded and repeated like any router")
  func cascades() throws {
    guard let path = Tool.shared("data/cascades/nine_models_latency_confidence_long.csv.gz") else {
      return
    }
    let first = try ScratchDirectory()
    let second = try ScratchDirectory()
    let run = try Tool.run(
      "evaluate", path, "--tasks", "truthfulqa", "--routers",
      "knn:5,cascade:e=0.1,t=1,rule=reference,cascade:judge=confidence,order=searched,rerank:e=0.1",
      "--out", first.path, "--quiet")
    #expect(run.status == 0, "\(run.remarks)")
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: first.path + "/" + name, encoding: .utf8)
    }
    let report = try text("report.md")
    for (model, count) in [("gpt-4o-mini", 9), ("qwen2.5-72b-instruct", 4)] {
      #expect(report.contains("| truthfulqa | \(model) | missing confidence | \(count) |"))
    }
    let decisions = try text("decisions.csv")
    for system in [
      "\"cascade:e=0.1,t=1.0,rule=reference\"", "\"cascade:judge=confidence,order=searched\"",
      "rerank:e=0.1",
    ] {
      #expect(decisions.contains("truthfulqa,42,\(system),"), "\(system)")
    }
    #expect(decisions.contains("llama3.2-1b>"))
    // The entropy of selections is of single models: a cascade's sequence or a rerank is none.
    for line in try text("metrics.csv").split(separator: "\r\n").dropFirst() {
      let entropy = line.split(separator: ",", omittingEmptySubsequences: false).dropLast(3).last
      #expect((entropy?.isEmpty == false) == line.contains(",knn:5,"), "\(line)")
    }
    let again = try Tool.run(
      "evaluate", "--manifest", first.path + "/manifest.json", "--out", second.path, "--quiet",
      "--threads", "1")
    #expect(again.status == 0, "\(again.remarks)")
    #expect(try files(in: first.path) == files(in: second.path))
  }

  @Test("A judge without what it judges by is refused before the long work")
  func judges() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_0shot_sample365.csv") else { return }
    let refused = try Tool.run("evaluate", path, "--routers", "cascade:judge=confidence")
    #expect(
      refused.remarks.contains(
        "routerbench_0shot_sample365.csv has no confidence of any answer, by which a judge among "
          + "the routers judges; leave that router out, or give a file that has it."))
    #expect(refused.status == 3)
  }

  @Test("A manifest refuses another file than its own")
  func otherFile() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_0shot_sample365.csv"),
      let other = Tool.shared("data/routerbench/routerbench_0shot_sample365.pkl")
    else { return }
    let directory = try ScratchDirectory()
    let run = try Tool.run(
      "evaluate", path, "--routers", "knn:2", "--tasks", "MMLU,HellaSwag", "--out", directory.path)
    #expect(run.status == 0, "\(run.remarks)")
    let refused = try Tool.run(
      "evaluate", other, "--manifest", directory.path + "/manifest.json", "--out",
      directory.path + "/again")
    #expect(refused.status == 3)
    #expect(refused.remarks.contains("has changed: found SHA-256 5103ee94"))
    #expect(!FileManager.default.fileExists(atPath: directory.path + "/again"))
  }

  @Test("Winogrande on given features gives the golden differences to 1e-6")
  func winogrande() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_5shot_arc_winogrande.pkl"),
      let features = Tool.shared("golden/winogrande_question_MiniLM-L6.npy"),
      let golden = Tool.shared("golden/winogrande_knn.json")
    else { return }
    let directory = try ScratchDirectory()
    let report = try report([
      "evaluate", path, "--features", features, "--tasks", "winogrande", "--split", "numpyLegacy",
      "--seeds", "0-9", "--grid", "log", "--routers", "knn:5,knn:10,knn:40,knn:100", "--out",
      directory.path,
    ])
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: golden)))
    let seeds = try #require((json as? [String: Any])?["seeds"] as? [[String: Any]])
    let summaries = try #require(report.tasks.first).summaries
    for neighbors in [5, 10, 40, 100] {
      let summary = try #require(summaries.first { $0.name == "knn:\(neighbors)" })
      func mean(_ curve: String, _ zero: String) throws -> Double {
        let differences = try seeds.map { seed in
          let curves = try #require(seed["knn\(neighbors)"] as? [String: Double])
          return try #require(curves[curve]) - #require(seed[zero] as? Double)
        }
        return differences.reduce(0, +) / Double(seeds.count)
      }
      #expect(abs(summary.testHullLessZero.mean - (try mean("testHull", "zero"))) < 1e-6)
      #expect(
        abs(summary.deployableLessZeroTrained.mean - (try mean("deployable", "zero_trained")))
          < 1e-6)
    }
  }

  @Test("Features of the wrong length are refused with what was needed")
  func wrongFeatures() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_0shot_sample365.csv"),
      let features = Tool.shared("golden/winogrande_question_MiniLM-L6.npy")
    else { return }
    let answer = try Tool.run("evaluate", path, "--features", features)
    #expect(answer.status == 3)
    #expect(answer.remarks.contains("has 1267 rows of features; needed is one a prompt, 365"))
  }

  /// Sixty prompts after two rows of one id, the last of them without a cost.
  private func flawed(in directory: ScratchDirectory) throws -> String {
    let path = directory.path + "/flawed.csv"
    let rows = (0..<60).map {
      "t.\($0),t,question \($0),\($0 % 3 / 2),1,0.001,\($0 == 59 ? "" : "0.002")\n"
    }
    let copies = String(repeating: "twice,t,again,0,1,0.001,0.002\n", count: 2)
    try ("sample_id,eval_name,prompt,a,b,a|total_cost,b|total_cost\n" + copies + rows.joined())
      .write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// What evaluate says with some features, and the metrics that it writes.
  private static func evaluate(
    _ path: String, _ features: [[Float]], in folder: String, _ name: String
  ) throws -> (Tool.Answer, Data?) {
    try write(features, to: folder + "/f.npy")
    let answer = try Tool.run(
      "evaluate", path, "--features", folder + "/f.npy", "--routers", "knn:1", "--json", "--out",
      folder + "/" + name)
    return (answer, FileManager.default.contents(atPath: "\(folder)/\(name)/metrics.csv"))
  }

  @Test("Features of every row of the file serve where rows are left out, each its own prompt")
  func featuresOfFile() throws {
    let directory = try ScratchDirectory()
    let (path, folder) = (try flawed(in: directory), directory.path)
    func evaluate(_ features: [[Float]], _ name: String) throws -> (Tool.Answer, Data?) {
      try Self.evaluate(path, features, in: folder, name)
    }
    // The feature is the quality of a, so that picking a neighbour's row would show.
    let kept = (0..<59).map { [Float($0 % 3 / 2), 1] }
    let (whole, metrics) = try evaluate([[0, 1], [0, 1]] + kept + [[0, 1]], "whole")
    #expect(whole.status == 0, "\(whole.remarks)")
    #expect(
      whole.remarks.contains(
        "f.npy has a row for each of the 62 rows of flawed.csv; those of the 59 prompts compared are "
          + "used"))
    #expect(try metrics != nil && metrics == evaluate(kept, "kept").1)
    let (wrong, _) = try evaluate(Array(kept.prefix(7)), "wrong")
    #expect(wrong.status == 3)
    #expect(
      wrong.remarks.contains(
        "f.npy has 7 rows of features; needed is one a prompt, 62 (all rows of the file) or 60 (all "
          + "rows read) or 59 (complete rows), in the order of the data."))
  }

  @Test("Features that are not finite, or too large, are refused with the prompt that has them")
  func unusableFeatures() throws {
    let directory = try ScratchDirectory()
    let path = try few(60, in: directory)
    for (value, found) in [
      (Float.nan, "nan at column 1 for the prompt 't.7'"),
      (.infinity, "inf at column 1 for the prompt 't.7'"),
      (1e30, "numbers too large to multiply for the prompt 't.7'"),
    ] {
      let features = (0..<60).map { [Float($0), $0 == 7 || $0 == 9 ? value : 1] }
      let (answer, metrics) = try Self.evaluate(path, features, in: directory.path, "out")
      #expect(answer.status == 3 && metrics == nil)
      #expect(
        answer.remarks.contains(
          "f.npy has \(found), and the like for 1 other prompt; features are finite 32-bit numbers of "
            + "moderate size. Make them anew."), "\(answer.remarks)")
    }
  }

  @Test("Where every router is left out there is no report, and unusable rows are told as such")
  func nothingLeft() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (try few(40, in: directory), directory.path + "/out")
    let answer = try Tool.run("evaluate", path, "--routers", "knn:500", "--out", out, "-q")
    #expect(answer.status == 3)
    #expect(
      answer.remarks.contains(
        "No router could be examined, and no report is written. t: knn:500 was left out: "),
      "\(answer.remarks)")
    #expect(!FileManager.default.fileExists(atPath: out + "/report.json"))
    let same = directory.path + "/same.csv"
    let head = "sample_id,eval_name,prompt,a,b,a|total_cost,b|total_cost\n"
    try (head + (0..<20).map { "\($0),t,same,\($0 % 2),1,1,2\n" }.joined())
      .write(toFile: same, atomically: true, encoding: .utf8)
    let twins = try Tool.run("evaluate", same, "--out", out, "-q")
    #expect(
      twins.remarks.contains(
        "t (20 prompts): all are near-duplicates of others, so no split separates them. Give prompts "
          + "that differ."), "\(twins.remarks)")
  }

  @Test("--strict refuses whatever would be left out, with counts, and writes nothing")
  func strict() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (try flawed(in: directory), directory.path + "/out")
    let answer = try Tool.run("evaluate", path, "--strict", "--quiet", "--out", out)
    #expect(answer.status == 1)
    #expect(
      answer.remarks
        == "error: flawed.csv is refused under --strict, and no report is written: 2 duplicate "
        + "sample_id (t); 1 missing cost (t, b).\n")
    #expect(!FileManager.default.fileExists(atPath: out))
    let clean = try few(60, in: directory)
    #expect(
      try Tool.run("evaluate", clean, "--strict", "--quiet", "--routers", "knn:3", "--out", out)
        .status == 0)
  }

  @Test("--strict refuses tasks and routers that would not be examined, the former before the work")
  func strictTasks() throws {
    let directory = try ScratchDirectory()
    let (path, out) = (directory.path + "/tasks.csv", directory.path + "/out")
    let head = "sample_id,eval_name,prompt,a,b,a|total_cost,b|total_cost\n"
    let rows = (0..<60).map { "t.\($0),t,question \($0),\($0 % 2),1,0.001,0.002\n" }.joined()
    let flat = (0..<20).map { "f.\($0),flat,flat question \($0),\($0 % 2),1,1,1\n" }.joined()
    func evaluate(_ text: String, _ options: String...) throws -> Tool.Answer {
      try (head + text).write(toFile: path, atomically: true, encoding: .utf8)
      return try Tool.run(
        ["evaluate", path, "--strict", "--routers", "knn:3", "--out", out] + options)
    }
    let refused = try evaluate(rows + "lone,u,alone,0,1,0.001,0.002\n" + flat, "--quiet")
    #expect(refused.status == 1)
    #expect(
      refused.remarks
        == "error: tasks.csv is refused under --strict, and no report is written: 1 prompt of u not "
        + "examined: too few prompts to split; 20 prompts of flat not examined: models do not differ "
        + "in cost.\n")
    #expect(!FileManager.default.fileExists(atPath: out))
    let alone = try evaluate(rows, "--quiet", "--design", "out-of-domain")
    #expect(
      alone.remarks.hasSuffix(
        ": 60 prompts of t not examined: there is no other task to learn from.\n"),
      "\(alone.remarks)")
    let greedy = try evaluate(rows, "--quiet", "--routers", "knn:500")
    #expect(greedy.status == 1)
    #expect(
      greedy.remarks.hasPrefix(
        "error: tasks.csv is refused under --strict, and no report is written: t: knn:500 was left out: "
      ), "\(greedy.remarks)")
    #expect(!FileManager.default.fileExists(atPath: out))
    #expect(try evaluate(rows).status == 0)
  }

  @Test("In long form features of every row of the file serve where those of a prompt are the same")
  func featuresOfLongForm() throws {
    let directory = try ScratchDirectory()
    let (path, folder) = (directory.path + "/long.csv", directory.path)
    // Model by model, so that a prompt's rows lie far apart; the last has no row of b.
    var text = "sample_id,eval_name,prompt,model_name,performance,cost\n"
    for row in 0..<60 { text += "t.\(row),t,question \(row),a,\(row % 3 / 2),0.001\n" }
    for row in 0..<59 { text += "t.\(row),t,question \(row),b,1,0.002\n" }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    func evaluate(_ features: [[Float]], _ name: String) throws -> (Tool.Answer, Data?) {
      try Self.evaluate(path, features, in: folder, name)
    }
    let prompts = (0..<60).map { [Float($0 % 3 / 2), 1] }
    let (compared, expected) = try evaluate(Array(prompts.prefix(59)), "compared")
    #expect(compared.status == 0 && expected != nil, "\(compared.remarks)")
    // Sums in another order, as of another batch.
    let again = prompts.prefix(59).map { [$0[0] + 1e-6, $0[1]] }
    let (whole, metrics) = try evaluate(prompts + again, "whole")
    #expect(whole.status == 0, "\(whole.remarks)")
    #expect(
      whole.remarks.contains(
        "f.npy has a row for each of the 119 rows of long.csv; the first of each of the 59 prompts "
          + "compared is used"))
    #expect(metrics == expected)
    var moved = prompts + again
    moved[60] = [9, 9]
    moved[64] = [1, -9]
    let (refused, none) = try evaluate(moved, "moved")
    #expect(refused.status == 3 && none == nil)
    #expect(
      refused.remarks.contains(
        "f.npy has a row for each of the 119 rows of long.csv, and rows of one prompt differ: 1 and 61, "
          + "both of 't.0', and so of 2 prompts. Give rows of one prompt the same features, or one row "
          + "a prompt."), "\(refused.remarks)")
    let (wrong, _) = try evaluate(Array(prompts.prefix(7)), "wrong")
    #expect(
      wrong.remarks.contains(
        "f.npy has 7 rows of features; needed is one a prompt, 119 (all rows of the file) or 60 (all "
          + "rows read) or 59 (complete rows), in the order of the data."), "\(wrong.remarks)")
  }

  private static func write(_ features: [[Float]], to path: String) throws {
    var head = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(features.count), 2), }"
    head += String(repeating: " ", count: 117 - head.utf8.count) + "\n"
    var file = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(head.utf8))
    for value in features.flatMap(\.self) {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { file.append(contentsOf: $0) }
    }
    try file.write(to: URL(fileURLWithPath: path))
  }

  @Test("Data without rows or without costs is refused with what to do")
  func nothingToCompare() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/d.csv"
    let empty = "sample_id,eval_name,prompt,model_name,performance,cost\n"
    let costless =
      "sample_id,eval_name,prompt,weak,strong\n"
      + (0..<9).map { "\($0),t,p \($0),\($0 % 2),1\n" }.joined()
    for (text, sentence) in [
      (
        empty,
        "error: d.csv has columns and no rows under them; needed is at least one row a prompt.\n"
      ),
      (
        costless,
        "error: d.csv has no costs; give a column such as strong|total_cost for each model, or trade "
          + "quality for the share of prompts that strong answers with --axis calls:strong.\n"
      ),
    ] {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let answer = try Tool.run("evaluate", path, "--quiet", "--out", directory.path + "/out")
      #expect(answer.status == 3 && answer.remarks == sentence, "\(answer.remarks)")
    }
  }

  @Test("An encoder that is not here is refused with how to get it")
  func noEncoder() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_0shot_sample365.csv") else { return }
    let directory = try ScratchDirectory()
    let answer = try Tool.run(
      ["evaluate", path, "--encoder", "all-MiniLM-L6-v2", "--out", directory.path + "/out"],
      environment: ["XDG_CACHE_HOME": directory.path])
    #expect(answer.status == 3)
    #expect(answer.remarks.contains("routerbench models pull all-MiniLM-L6-v2"))
  }

  @Test("Every row left out for its repeated sample_id is counted, for the chosen tasks alone")
  func repeatedRows() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/repeated.csv"
    var text = "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n"
    for task in ["s", "t"] {
      for row in 0..<40 { text += "\(task)\(row),prompt \(row),\(task),\(row % 2),1,1,2\n" }
      for row in 0..<3 { text += "\(task)\(row),other \(row),\(task),1,0,1,2\n" }
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    for (rule, reason, rows) in [
      ("drop", "duplicate sample_id", 6), ("first", "later copies of a sample_id", 3),
    ] {
      let answer = try Tool.run(
        "evaluate", path, "--duplicates", rule, "--tasks", "t", "--routers", "knn:2", "--quiet",
        "--out", directory.path + "/out")
      #expect(answer.status == 0, "\(answer.remarks)")
      let page = try String(contentsOfFile: directory.path + "/out/report.md", encoding: .utf8)
      #expect(page.contains("| t |  | \(reason) | \(rows) |"))
      #expect(!page.contains("| s |  |"))
    }
  }

  @Test("A place that cannot be written is refused before any work")
  func unwritable() throws {
    let directory = try ScratchDirectory()
    let file = directory.path + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    let answer = try Tool.run("demo", "--out", file + "/report")
    #expect(answer.status == 3)
    #expect(
      answer.remarks == "error: The report cannot be written to \(file)/report: \(file) is not a "
        + "directory; choose another place with --out.\n")
  }

  @Test("A single model that the data does not have is refused with the nearest it has")
  func unknownModel() throws {
    let directory = try ScratchDirectory()
    let answer = try Tool.run(
      "demo", "--prompts", "300", "--routers", "model:claude-v3", "--out", directory.path)
    #expect(answer.status == 2)
    #expect(
      answer.remarks.contains(
        "synthetic stand-in has no model 'claude-v3'; did you mean 'claude-v1'?"))
  }

  @Test("The Oracle of the original code takes the place of ours when it is asked for")
  func freeOracle() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/unsolved.csv"
    var text = "sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost\n"
    for row in 0..<40 { text += "\(row),prompt \(row),t,0,\(row % 2),1,2\n" }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    func oracleCosts(_ flag: String) throws -> [Double] {
      let answer = try Tool.run(
        "evaluate", path, flag, "--routers", "knn:2", "--json", "--quiet", "--out",
        directory.path + "/out")
      let json = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
      let task = try #require(((json as? [String: Any])?["tasks"] as? [[String: Any]])?.first)
      let split = try #require((task["splits"] as? [[String: Any]])?.first)
      let references = try #require(split["references"] as? [[String: Any]])
      return references.filter { $0["role"] as? String == "oracle" }.compactMap {
        ($0["point"] as? [String: Double])?["cost"]
      }
    }
    let charged = try oracleCosts("--charge-unsolved")
    let free = try oracleCosts("--free-when-unsolved")
    #expect(charged.count == 1 && free.count == 1)
    #expect(charged[0] > free[0])
  }
}
