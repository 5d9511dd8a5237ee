import Foundation
import Testing

@Suite("reproduce")
struct ReproduceTests {
  @Test("The real five-shot rows: Winogrande lies within Table 1, ARC is explained")
  func tableOne() throws {
    guard let path = Tool.shared("data/routerbench/routerbench_5shot_arc_winogrande.pkl") else {
      return
    }
    let directory = try ScratchDirectory()
    let answer = try Tool.run(
      "reproduce", path, "--exhibits", "table-1,figure-6,figure-7", "--out", directory.path)
    #expect(answer.status == 0)
    let rows = try String(contentsOfFile: directory.path + "/table-1.csv", encoding: .utf8)
      .split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let winogrande = rows.filter { $0[0] == "Winogrande" }
    #expect(winogrande.count == 12)
    #expect(winogrande.allSatisfy { $0[8] == "yes" && $0[14] == "yes" })
    #expect(answer.output.contains("so they are not quite the rows that the table was made from"))
    let note = try String(contentsOfFile: directory.path + "/figure-6.md", encoding: .utf8)
    #expect(note.contains("RAG: the file has no prompts of this task."))
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
    #expect(
      files == [
        "README.md", "figure-6.md", "figure-7-arc-challenge.svg", "figure-7-points.csv",
        "figure-7-winogrande.svg", "figure-7.csv", "figure-7.md", "figure-7.tex", "report.html",
        "report.json", "table-1-printed.csv", "table-1-printed.tex", "table-1.csv", "table-1.md",
        "table-1.tex",
      ])
  }

  @Test("The original code's choices reach the numbers that people have")
  func asReference() throws {
    let directory = try ScratchDirectory()
    for (name, more) in [("ours", []), ("theirs", ["--as-reference"])] {
      let answer = try Tool.run(
        [
          "reproduce", "--stand-in", "--prompts", "600", "--exhibits", "table-1,figure-7",
          "--resamples", "50",
        ]
          + ["--out", "\(directory.path)/\(name)"] + more)
      #expect(answer.status == 0)
      let switched =
        "as the original code: view head, split numpyLegacy, grid reference, Oracle "
        + "free-when-unsolved, hyperparameters and thresholds from the test prompts (optimistic)"
      #expect(answer.remarks.contains(switched) == (name == "theirs"), "\(answer.remarks)")
    }
    func oracle(_ name: String) throws -> [Double] {
      let text = try String(
        contentsOfFile: "\(directory.path)/\(name)/table-1.csv", encoding: .utf8)
      let rows = text.split(separator: "\r\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      return rows.filter { $0[1] == "Oracle" }.compactMap { Double($0[10]) }
    }
    // An Oracle that does not pay for unsolved prompts is cheaper wherever some are unsolved.
    let (ours, theirs) = (try oracle("ours"), try oracle("theirs"))
    #expect(ours.count == 7)
    #expect(zip(ours, theirs).allSatisfy { $0 >= $1 } && ours != theirs)
  }

  @Test("Figure 6 of a stand-in is of made-up retrieval prompts, which it says")
  func retrieval() throws {
    let directory = try ScratchDirectory()
    let answer = try Tool.run(
      "reproduce", "--stand-in", "--prompts", "300", "--exhibits", "figure-6", "--out",
      directory.path)
    #expect(answer.status == 0, "\(answer.remarks)")
    let note = try String(contentsOfFile: directory.path + "/figure-6.md", encoding: .utf8)
    #expect(note.contains("The retrieval-augmented outcomes are SYNTHETIC"))
    #expect(note.contains("![figure-6-rag](figure-6-rag.svg)"))
    let index = try String(contentsOfFile: directory.path + "/README.md", encoding: .utf8)
    #expect(index.contains("[Figure 6](figure-6.md)") && !index.contains("Unfinished"))
    #expect(index.contains("80 prompts on which all 5 models were compared"))
  }

  @Test(
    "Bad usage is told in one sentence",
    arguments: [
      (
        ["reproduce", "x", "--exhibits", "figure-2"],
        "There is no exhibit 'figure-2'; did you mean 'figure-3'?"
      ),
      (
        ["reproduce", "x", "--stand-in"],
        "DATA and --stand-in exclude each other; give one of them."
      ),
      (["reproduce", "x", "--prompts", "500"], "--prompts goes with --stand-in alone."),
    ])
  func usage(arguments: [String], sentence: String) throws {
    let answer = try Tool.run(arguments)
    #expect(answer.status == 2)
    #expect(answer.remarks.contains(sentence), "\(answer.remarks)")
  }
}
