import Matrices
import Testing

@testable import Outcomes

@Suite("Scores on other scales")
struct ScaleTests {
  /// Ten rows of one task; each model's scores come in turn.
  private func wide(_ a: [String], _ b: [String], cost: String = "0.5") -> String {
    "sample_id,eval_name,prompt,a,b,a|total_cost,b|total_cost\n"
      + (0..<10).map { "s\($0),t,p\($0),\(a[$0 % a.count]),\(b[$0 % b.count]),\(cost),0.1\n" }
      .joined()
  }

  private func long(_ a: [String], _ b: [String], cost: String = "0.5") -> String {
    "sample_id,eval_name,prompt,model_name,performance,cost\n"
      + (0..<10).flatMap { row in
        [
          "s\(row),t,p\(row),a,\(a[row % a.count]),\(cost)\n",
          "s\(row),t,p\(row),b,\(b[row % b.count]),0.1\n",
        ]
      }.joined()
  }

  private func refusal(
    _ text: String, options: ReadingOptions = ReadingOptions(), file: String = "f.csv"
  ) throws -> String? {
    let reading = try read(text, as: file, options: options)
    return reading.unusable.refusal(of: reading.table, groups: .none, file: file)
  }

  @Test(
    "Where most rows of a task drop out, the range and the scale are told",
    arguments: [
      (["7", "0"], ["10", "1", "3"], "8 of the 10", "0 to 10", "0..10"),
      (["1", "5"], ["2", "1"], "10 of the 10", "1 to 5", "1..5"),
      (["100", "50"], ["0", "1"], "10 of the 10", "0 to 100", "0..100"),
      (["-1", "1"], ["0", "-1"], "10 of the 10", "-1 to 1", "-1..1"),
      (["-1", "-0.5", "1"], ["0", "1"], "7 of the 10", "-1 to 1", "-1..1"),
      (["0", "1"], ["7", "9"], "10 of the 10", "0 to 9", "0..10"),
      (["250", "3"], ["1"], "10 of the 10", "1 to 250", "0..250"),
    ])
  func most(a: [String], b: [String], lost: String, range: String, scale: String) throws {
    for text in [wide(a, b), long(a, b)] {
      #expect(
        try refusal(text)
          == "f.csv: \(lost) prompts of t have a quality outside [0, 1]: the scores run from \(range). "
          + "Qualities need 0 for the worst answer and 1 for the best: give the scale, such as "
          + "--quality-scale \(scale), if that is it.")
    }
  }

  @Test("A few rows are left out and counted, as before")
  func few() throws {
    for scores in [["1", "0", "7", "1", "0"], ["1", "0", "-1", "1", "0"], ["1", "", "nan", "0"]] {
      #expect(try refusal(wide(scores, ["1"])) == nil)
      #expect(try refusal(long(scores, ["1"])) == nil)
    }
  }

  @Test(
    "Values that are no numbers, and costs that are none, are told by the first of them",
    arguments: [
      (["85%"], "quality", "Write shares of 1 without a percent sign: 0.85, not 85%."),
      (
        ["yes", "no"], "quality",
        "Write 1 for a right answer and 0 for a wrong one, or true and false."
      ),
      (
        ["Correct"], "quality",
        "Write 1 for a right answer and 0 for a wrong one, or true and false."
      ),
      (["7/10"], "quality", "Write a fraction as one number: 0.7, not 7/10."),
      (["\"0,5\""], "quality", "Write decimals with a point: 0.85, not 0,85."),
    ])
  func words(scores: [String], part: String, advice: String) throws {
    for (text, line) in [(wide(scores, ["1"]), 2), (long(scores, ["1"]), 2)] {
      let sentence = try refusal(text) ?? ""
      let column = text.contains("performance") ? "performance" : "a"
      let found = scores[0].filter { $0 != "\"" }
      #expect(
        sentence
          == "f.csv: 10 of the 10 prompts of t have no usable \(part). The first is in line \(line), "
          + "column \(column). Found \"\(found)\" where a number is needed; the cell is missing. "
          + advice)
    }
  }

  @Test("Costs with a sign or below zero refuse the file, unless cost stands for something else")
  func costs() throws {
    for (cost, found) in [
      ("-0.1", "Found -0.1 where a number from 0 to 1e15 is needed; it is missing."),
      ("inf", "Found inf where a number from 0 to 1e15 is needed; it is missing."),
      (
        "$0.02",
        "Found \"$0.02\" where a number is needed; the cell is missing. Write dollars without a sign: "
          + "0.0012, not $0.0012."
      ),
    ] {
      let reading = try read(wide(["1", "0"], ["1"], cost: cost))
      #expect(
        reading.unusable.refusal(of: reading.table, file: "f.csv")
          == "f.csv: 10 of the 10 prompts of t have no usable cost. The first is in line 2, column "
          + "a|total_cost. \(found)")
      let calls = reading.table.countingCalls(of: ModelID("a"))
      #expect(reading.unusable.refusal(of: calls, file: "f.csv") == nil)
      let other = reading.table.selecting(models: [ModelID("b")])
      #expect(reading.unusable.refusal(of: other, file: "f.csv") == nil)
    }
  }

  @Test("One task may be refused where another is sound")
  func tasks() throws {
    let text =
      "sample_id,eval_name,prompt,a,b,a|total_cost,b|total_cost\n"
      + (0..<9).map { "s\($0),\($0 % 3 == 0 ? "u" : "t"),p\($0),\($0 % 3 == 0 ? 8 : 1),0,1,1\n" }
      .joined()
    let reading = try read(text)
    #expect(
      reading.unusable.refusal(of: reading.table, groups: .none, file: "f")?
        .hasPrefix("f: 3 of the 3 prompts of u have a quality outside [0, 1]") == true)
    let sound = reading.table.selecting(
      rows: reading.table.evalNames.indices.filter { reading.table.evalNames[$0] == "t" })
    #expect(reading.unusable.refusal(of: sound, groups: .none, file: "f") == nil)
  }

  @Test(
    "A scale maps its ends to 0 and 1, in both shapes and both text forms",
    arguments: [
      (0.0...10.0, ["0", "7", "10"]), (1...5, ["1", "3.8", "5"]), (-1...1, ["-1", "0.4", "1"]),
    ])
  func scale(scale: ClosedRange<Double>, scores: [String]) throws {
    let options = ReadingOptions(qualityScale: scale)
    for text in [wide(scores, scores), long(scores, scores)] {
      let reading = try read(text, options: options)
      #expect(reading.diagnostics.counts.isEmpty)
      for (row, quality) in [0, 0.7, 1].enumerated() {
        #expect(abs(reading.table.quality[row, 0] - quality) < 1e-12)
      }
      #expect(reading.unusable.refusal(of: reading.table, file: "f") == nil)
    }
    let lines = (0..<3).map {
      "{\"sample_id\": \"s\($0)\", \"eval_name\": \"t\", \"prompt\": \"p\", \"a\": \(scores[$0]), \"b\": "
        + "\(scores[0])}\n"
    }
    let table = try read(lines.joined(), as: "f.jsonl", options: options).table
    #expect(table.models.map(\.name) == ["a", "b"])
    #expect(abs(table.quality[1, 0] - 0.7) < 1e-12 && table.quality[2, 1] == 0)
  }

  @Test("Scores beyond the given scale are told with that scale")
  func beyond() throws {
    let options = ReadingOptions(qualityScale: 0...5)
    #expect(
      try refusal(wide(["7", "10"], ["1"]), options: options)
        == "f.csv: 10 of the 10 prompts of t have a quality outside [0, 5]: the scores run from 1 to "
        + "10. Qualities need 0 for the worst answer and 1 for the best: give the scale, such as "
        + "--quality-scale 0..10, if that is it.")
  }

  @Test(
    "A wide table without costs whose columns are no qualities says what they hold",
    arguments: [
      (
        "7,3",
        " The columns a, b hold numbers from 3 to 7, and qualities were looked for from 0 to 1. "
          + "Qualities need 0 for the worst answer and 1 for the best: give the scale, such as "
          + "--quality-scale 0..10, if that is it."
      ),
      (
        "pass,fail",
        " The column a holds \"pass\". Write 1 for a right answer and 0 for a wrong one, or true and "
          + "false."
      ),
      (
        "85%,5%",
        " The column a holds \"85%\". Write shares of 1 without a percent sign: 0.85, not 85%."
      ),
    ])
  func columns(cells: String, advice: String) {
    #expect(
      throws: OutcomesError(
        "f.csv has no column of qualities; needed is one column a model (wide form), or model_name "
          + "and performance (long form)." + advice)
    ) { try read("sample_id,eval_name,prompt,a,b\ns,t,p,\(cells)\nr,t,q,\(cells)\n") }
  }

  @Test("Tasks most rows of which lack a value are named")
  func thin() throws {
    let text =
      "sample_id,eval_name,prompt,a,b,a|total_cost,b|total_cost\n"
      + (0..<9).map { "s\($0),t,p\($0),\($0 < 2 ? "1" : ""),0,1,1\n" }.joined()
      + (0..<4).map { "r\($0),u,q\($0),,0,1,1\n" }.joined()
      + (0..<4).map { "v\($0),v,q\($0),\($0 < 2 ? "1" : ""),0,1,1\n" }.joined()
    let exclusions = try read(text).table.completeCases(groups: .none).exclusions
    #expect(
      exclusions.notice
        == "Only 2 of the 9 prompts of t, none of the 4 prompts of u can be compared: the others lack "
        + "a value of some model, most often a quality or a cost. Results hold for the prompts that "
        + "are left alone.")
  }
}
