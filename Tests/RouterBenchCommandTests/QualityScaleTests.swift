import Foundation
import Testing

@Suite("Scores on other scales, on the command line")
struct QualityScaleTests {
  /// 120 prompts with scores from 0 to `top` of two models.
  private func made(_ directory: ScratchDirectory, top: Int, _ cell: (Int) -> String) throws
    -> String
  {
    let path = directory.path + "/made.csv"
    let rows = (0..<120).map { row in
      "s\(row),What is \(row * 7919 % 1000)?,mine,\(cell(row % (top + 1))),\(cell(row * 7 % (top + 1))),"
        + "0.5,0.1"
    }
    try (["sample_id,prompt,eval_name,a,b,a|total_cost,b|total_cost"] + rows + [""])
      .joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private let refusal =
    "120 prompts of mine have a quality outside [0, 1]: the scores run from 0 to 10. Qualities need "
    + "0 for the worst answer and 1 for the best: give the scale, such as --quality-scale 0..10, if "
    + "that is it."

  @Test("Every command that concludes refuses a table on another scale, and inspect says so")
  func refused() throws {
    let directory = try ScratchDirectory()
    let path = try made(directory, top: 10) { "\($0)" }
    for arguments in [
      ["evaluate", path, "--routers", "zero", "-o", directory.path + "/out"],
      ["recommend", path, "--budget", "1", "--routers", "zero"],
      ["fit", path, "--router", "knn:5", "-o", directory.path + "/router"],
      ["convert", path, directory.path + "/out.jsonl"],
    ] {
      let answer = try Tool.run(arguments)
      #expect(answer.status != 0, "\(arguments[0])")
      #expect(answer.remarks.contains(refusal), "\(arguments[0]): \(answer.remarks)")
    }
    let answer = try Tool.run("inspect", path)
    #expect(answer.status == 0 && answer.remarks.contains(refusal))
  }

  @Test("With its scale the table is that of the shares, and a manifest repeats it")
  func scaled() throws {
    let directory = try ScratchDirectory()
    let path = try made(directory, top: 10) { "\($0)" }
    let shares = try ScratchDirectory()
    let other = try made(shares, top: 10) { "\(Double($0) / 10)" }
    func output(_ path: String, _ more: String...) throws -> String {
      try Tool.run(["inspect", path, "--json"] + more).output
        .components(separatedBy: "\n").filter {
          !$0.contains("\"sha256\"") && !$0.contains("\"file\"")
        }.joined(separator: "\n")
    }
    for scale in ["0..10", "0-10", "0...10"] {
      #expect(try output(path, "--quality-scale", scale) == output(other))
    }
    let out = directory.path + "/out"
    let options = ["--routers", "zero", "--resamples", "0"]
    let first = try Tool.run(["evaluate", path, "--quality-scale", "0..10", "-o", out] + options)
    #expect(first.status == 0, "\(first.remarks)")
    let again = try Tool.run(
      "evaluate", "--manifest", out + "/manifest.json", "-o", directory.path + "/again")
    #expect(again.status == 0, "\(again.remarks)")
    func table(_ answer: Tool.Answer) -> String {
      answer.output.components(separatedBy: "The page to look at")[0]
    }
    #expect(table(first) == table(again) && table(first).contains("0.5000"))
  }

  @Test(
    "A scale that is none is refused with an example",
    arguments: ["10", "10..0", "1..1", "a..b", "0..inf", "..", "nan..1"])
  func badScale(typed: String) throws {
    let answer = try Tool.run("inspect", "x.csv", "--quality-scale", typed)
    #expect(answer.status != 0)
    #expect(
      answer.remarks.contains(
        "--quality-scale needs the scores of the worst and the best answer, such as 0..10; '\(typed)' "
          + "was given."))
  }

  @Test("A recommendation from few of many prompts says so")
  func few() throws {
    let directory = try ScratchDirectory()
    let path = try made(directory, top: 10) { $0 < 5 ? "\($0 % 2)" : "" }
    let answer = try Tool.run("recommend", path, "--budget", "1", "--routers", "zero")
    #expect(answer.status == 0, "\(answer.remarks)")
    for text in [answer.output, answer.remarks] {
      #expect(text.contains("of the 120 prompts of mine can be compared"), "\(text)")
    }
  }
}
