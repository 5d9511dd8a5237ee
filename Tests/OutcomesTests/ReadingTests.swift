import Files
import Foundation
import Matrices
import Parallelism
import Testing

@testable import Outcomes

func read(
  _ text: String, as file: String = "f.csv", options: ReadingOptions = ReadingOptions()
) throws(OutcomesError) -> OutcomeReading {
  try read(Array(text.utf8), as: file, options: options)
}

func read(
  _ bytes: [UInt8], as file: String, options: ReadingOptions = ReadingOptions()
) throws(OutcomesError) -> OutcomeReading {
  try OutcomeReading.read(KeptBytes(bytes), file: file, options: options)
}

@Suite("Reading outcomes")
struct ReadingTests {
  @Test("A NUL inside a recorded text is read as it stands, in a header it is none of our forms")
  func nul() throws {
    let reading = try read("sample_id,eval_name,prompt,a,b\n1,t,p\0q,1,0\n2,t,r,0,1\n")
    #expect(Array(reading.table.prompts) == ["p\0q", "r"])
    #expect(reading.diagnostics.counts.isEmpty)
  }

  @Test("CSV may have a byte order mark, CRLF, quoted line breaks and an index column")
  func csv() throws {
    let text =
      "\u{FEFF},prompt,sample_id,m|total_cost,eval_name,m\r\n"
      + "0,\"two\r\nlines, \"\"quoted\"\"\",a,0.5,t,1.0\r\n\r\n1,,b,1,t,1\r\n2,\"x\",c,,t,True"
    let reading = try read(text)
    #expect(reading.table.sampleIDs == ["a", "c"])
    #expect(reading.table.prompts == ["two\r\nlines, \"quoted\"", "x"])
    #expect(reading.table.quality.values == [1, 1])
    #expect(reading.table.cost[0, 0] == 0.5 && reading.table.cost[1, 0].isNaN)
    #expect(
      reading.diagnostics.lines == [
        "f.csv:5: row 2: prompt: The row has no prompt; the row is left out."
      ])
    #expect(reading.rowsRead == 3)
  }

  @Test("models are the same ones whether answers are read or not")
  func modelsWithoutAnswers() throws {
    let names = ["sample_id", "prompt", "eval_name", "m", "n", "n|model_response"]
    let csv = names.joined(separator: ",") + "\na,p,t,1,0,yes\nb,q,t,0,1,no\n"
    let line =
      "{\"sample_id\": \"a\", \"prompt\": \"p\", \"eval_name\": \"t\", \"m\": 1, \"n\": 0, "
    for text in [csv, line + "\"n|model_response\": \"yes\"}\n"] {
      for includeResponses in [false, true] {
        let table = try read(text, options: ReadingOptions(includeResponses: includeResponses))
          .table
        #expect(table.models.map(\.name) == ["n"])
      }
    }
  }

  @Test("ids that begin again in each task leave nothing, which is said")
  func restartingIDs() throws {
    let reading = try read(
      "sample_id,prompt,eval_name,m,m|total_cost\n0,p,x,1,0\n1,q,x,1,0\n0,r,y,1,0\n1,s,y,1,0\n")
    #expect(
      reading.duplicates.refusal(of: reading.table, file: "f.csv")
        == "f.csv: every sample_id occurs more than once, such as '0', so all rows are left out. Give "
        + "each prompt an id of its own, such as the task's name and a number, or choose --duplicates "
        + "first or merge if these are copies of the same prompts.")
  }

  @Test("a header that was joined behind a byte order mark is left out as one without")
  func joinedHeader() throws {
    let reading = try read(
      "sample_id,prompt,eval_name,m,m|total_cost\na,p,t,1,0\n"
        + "\u{FEFF}sample_id,prompt,eval_name,m,m|total_cost\nb,q,t,1,0\n")
    #expect(
      reading.table.sampleIDs == ["a", "b"]
        && reading.unusable.refusal(of: reading.table, file: "f") == nil)
  }

  @Test("amounts whose shares would be lost to rounding are missing, and said")
  func amounts() throws {
    for (cost, found) in [
      ("1e-310", "1e-310 where 0 or at least 1e-100"),
      ("9e-101", "9e-101 where 0 or at least 1e-100"),
      ("1e200", "1e+200 where a number from 0 to 1e15"),
    ] {
      let reading = try read(
        "sample_id,prompt,eval_name,m,m|total_cost\na,p,t,1,0\nb,p,t,1,0.5\nc,p,t,1,\(cost)\n")
      #expect(
        reading.diagnostics.lines == [
          "f.csv:4: row 3: m|total_cost: Found \(found) is needed; it is missing."
        ])
      #expect(reading.table.cost[2, 0].isNaN)
    }
  }

  @Test("bad cells become missing and are told by file, line, row and column")
  func badCells() throws {
    let text = """
      sample_id,prompt,eval_name,m,n,m|total_cost,n|total_cost,k|total_cost,note
      a,p,t,1.5,0,-1,inf,3,hello
      b,p,t,x,nan,1e-3,2,3,
      c,p,t,1,0,0,0,0
      ,p,t,1,0,0,0,0,
      d,p,t,1,0,0,0,0,"open" x
      """
    let reading = try read(text)
    #expect(
      reading.diagnostics.lines == [
        "f.csv: k|total_cost: There is no quality column k beside this one; the column is left out.",
        "f.csv: note: The column holds text of no known use; it is ignored.",
        "f.csv:2: row 1: m: Found 1.5 where a quality in [0, 1] is needed; it is missing.",
        "f.csv:2: row 1: m|total_cost: Found -1.0 where a number from 0 to 1e15 is needed; it "
          + "is missing.",
        "f.csv:2: row 1: n|total_cost: Found inf where a number from 0 to 1e15 is needed; it "
          + "is missing.",
        "f.csv:3: row 2: m: Found \"x\" where a number is needed; the cell is missing.",
        "f.csv:4: row 3: The row has 8 cells and the header has 9; the row is left out.",
        "f.csv:5: row 4: sample_id: The row has no sample_id; the row is left out.",
        "f.csv:6: row 5: In this row text follows a closing quote; the row is left out.",
      ])
    #expect(!reading.diagnostics.isClean && reading.diagnostics.faultCount == 8)
    #expect(reading.table.sampleIDs == ["a", "b"])
    #expect(reading.table.quality[0, 0].isNaN && reading.table.quality[0, 1] == 0)
    #expect(reading.table.cost.values.filter(\.isNaN).count == 2)
  }

  @Test(
    "a file that cannot be used is refused with a sentence",
    arguments: [
      ("", "f.csv is empty; needed is a header line and rows below it."),
      (
        "sample_id,sample_id,prompt,eval_name,m\n",
        "f.csv has two columns named sample_id; rename or remove one."
      ),
      (
        "sample_id,eval_name,m\na,t,1\n",
        "f.csv has no column prompt; needed are sample_id, eval_name and prompt, and found are "
          + "sample_id, eval_name, m. Rename it if there under another name, or add it."
      ),
      (
        "id,prompt,a,b,c,d,e,f,g\na,p,1,1,1,1,1,1,1\n",
        "f.csv has no column sample_id and no eval_name; needed are sample_id, eval_name and prompt, "
          + "and found are id, prompt, a, b, c, d, e, f, .... Rename them if there under another name, "
          + "or add them, or let ids be made from row numbers (--number-rows) and give a task name for "
          + "the whole file (--eval-name NAME)."
      ),
      (
        "task,prompt,model_name,performance\nt,p,a,1\n",
        "f.csv has no column sample_id and no eval_name; needed are sample_id, eval_name and prompt, "
          + "and found are task, prompt, model_name, performance. Rename them if there under another "
          + "name, or add them, or give a task name for the whole file (--eval-name NAME)."
      ),
      (
        "sample_id,eval_name,prompt,note\na,t,p,q\n",
        "f.csv has no column of qualities; needed is one column a model (wide form), or model_name "
          + "and performance (long form)."
      ),
      (
        "sample_id,eval_name,prompt,performance\na,t,p,1\n",
        "f.csv has the column performance and no column model_name to say whose it is; add it, or "
          + "name a quality column after each model."
      ),
      (
        "sample_id,eval_name,prompt,m\n",
        "f.csv has columns and no rows under them; needed is at least one row a prompt."
      ),
      (
        "{\"sample_id\":{\"0\":\"a\",\"1\":\"b\"},\"eval_name\":{\"0\":\"t\",\"1\":\"t\"},"
          + "\"prompt\":{\"0\":\"p\",\"1\":\"q\"},\"m\":{\"0\":1,\"1\":0}}",
        "f.csv is one JSON object of objects, as pandas' to_json() writes by default; needed is one "
          + "object a row. Write it with to_json(orient=\"records\", lines=True)."
      ),
      (
        "sample_id,eval_name,prompt,m\na,t,p,85%\nb,t,q,5%\n",
        "f.csv has no column of qualities; needed is one column a model (wide form), or model_name "
          + "and performance (long form). The column m holds \"85%\". Write shares of 1 without a "
          + "percent sign: 0.85, not 85%."
      ),
      ("PAR1....", "f.csv is a Parquet file, which is not read; save it as CSV or JSON Lines."),
      (
        "\u{1}PNG\r\n\0\0\0\rIHDR",
        "f.csv is in no known form; needed is a pickled DataFrame, CSV, JSON Lines or .rbt."
      ),
      (
        "a\0b\0",
        "f.csv is in no known form; needed is a pickled DataFrame, CSV, JSON Lines or .rbt."
      ),
    ])
  func refusals(text: String, sentence: String) {
    let error = #expect(throws: OutcomesError.self) { try read(text) }
    #expect(error?.description == sentence)
  }

  @Test("JSON Lines may have escapes, NaN, any key order and one broken line")
  func jsonLines() throws {
    let text = #"""
      {"sample_id": "a", "prompt": "\ud83d\ude00\n", "eval_name": "t", "m": 1, "m|total_cost": 2e-3}
      {"m": NaN, "eval_name": "t", "prompt": ["x", "y"], "sample_id": 7, "extra": {"k": [1]}}
      {"sample_id": "bad", "prompt": }
      {"sample_id": "c", "prompt": "p", "eval_name": "t", "m": false, "m|total_cost": Infinity}
      """#
    let reading = try read(text, as: "f")
    #expect(reading.format == .jsonLines)
    #expect(reading.table.sampleIDs == ["a", "7", "c"])
    #expect(Array(reading.table.prompts[..<2]) == ["😀\n", "[\"x\", \"y\"]"])
    #expect(reading.table.quality.values.map(\.isNaN) == [false, true, false])
    #expect(
      reading.diagnostics.lines.filter { $0.hasPrefix("f:") && $0.contains(": row") } == [
        "f:3: row 3: The line is not one JSON object; the row is left out.",
        "f:4: row 4: m|total_cost: Found inf where a number from 0 to 1e15 is needed; it is "
          + "missing.",
      ])
    let array =
      "[\n{\"sample_id\":\"a\",\"prompt\":\"p\",\"eval_name\":\"t\",\"m\":0.25},\n"
      + "{\"sample_id\":\"b\",\"prompt\":\"p\",\"eval_name\":\"t\",\"m\":null}]"
    #expect(try read(array, as: "f.json").table.sampleIDs == ["a", "b"])
  }

  @Test("long rows of one sample are gathered, in order of first appearance")
  func long() throws {
    let text = """
      model,quality,sample_id,prompt,eval_name,cost,true_label,input_tokens
      m,1,b,pb,t,0.1,,10
      n,0.5,a,pa,t,,A,11
      n,0,b,other,t,0.2,B,12
      """
    let reading = try read(text)
    let table = reading.table
    #expect(table.models == ["m", "n"] && table.sampleIDs == ["b", "a"])
    #expect(table.quality[0, 1] == 0 && table.quality[1, 0].isNaN)
    #expect(table.trueLabels == ["B", "A"])
    #expect(table.inputTokens?[1, 1] == 11)
    #expect(
      reading.diagnostics.lines == [
        "f.csv:4: row 3: prompt: The row disagrees with the sample's first row; the first one counts."
      ])
  }

  @Test("repeated ids follow the rule, in both shapes")
  func duplicates() throws {
    let wide = """
      sample_id,prompt,eval_name,m,n,m|total_cost,n|total_cost
      a,p1,t,1,,1,2
      b,p,t,0,0,1,1
      a,p2,t,,0.5,3,
      """
    let long = """
      sample_id,prompt,eval_name,model_name,performance,cost
      a,p1,t,m,1,1
      a,p2,t,m,,3
      a,p1,t,n,,2
      a,p2,t,n,0.5,
      b,p,t,m,0,1
      b,p,t,n,0,1
      """
    for text in [wide, long] {
      let dropped = try read(text)
      #expect(dropped.table.sampleIDs == ["b"])
      #expect(dropped.duplicates.sampleIDs == ["a"] && dropped.diagnostics.isClean)
      let merged = try read(text, options: ReadingOptions(duplicateRule: .mergeDuplicates)).table
      #expect(merged.sampleIDs == ["a", "b"] && merged.prompts == ["p2", "p"])
      #expect(merged.quality.values == [1, 0.5, 0, 0] && merged.cost.values == [3, 2, 1, 1])
      let first = try read(text, options: ReadingOptions(duplicateRule: .keepFirst)).table
      #expect(first.prompts == ["p1", "p"] && first.cost.values == [1, 2, 1, 1])
      #expect(first.quality[0, 0] == 1 && first.quality[0, 1].isNaN)
    }
  }

  @Test("percent signs and decimal commas are told how to be written")
  func spelledNumbers() throws {
    let reading = try read(
      """
      sample_id,prompt,eval_name,m,n,m|total_cost,n|total_cost
      a,p,t,85%,"0,5",1,x
      """)
    #expect(
      reading.diagnostics.lines == [
        "f.csv:2: row 1: m: Found \"85%\" where a number is needed; the cell is missing. Write "
          + "shares of 1 without a percent sign: 0.85, not 85%.",
        "f.csv:2: row 1: n: Found \"0,5\" where a number is needed; the cell is missing. Write "
          + "decimals with a point: 0.85, not 0,85.",
        "f.csv:2: row 1: n|total_cost: Found \"x\" where a number is needed; the cell is missing.",
      ])
    #expect(["1,2,3", "%", ",", "", "0.5", "x%"].allSatisfy { numberAdvice($0) == nil })
  }

  @Test("each row of a table knows its row of the file; in long form all that speak of it")
  func fileRows() throws {
    let text = """
      sample_id,prompt,eval_name,m,n,m|total_cost,n|total_cost
      a,p1,t,1,1,1,1
      b,p,t,0,0,1,1
      short
      a,p2,t,1,1,1,1
      c,p,t,0,0,1,1
      """
    func rows(_ text: String, _ rule: ReadingOptions.DuplicateRule) throws -> [[Int]] {
      let rows = try read(text, options: ReadingOptions(duplicateRule: rule)).fileRows
      return (0..<rows.count).map { Array(rows[$0]) }
    }
    #expect(try rows(text, .drop) == [[1], [4]])
    #expect(try rows(text, .keepFirst) == [[0], [1], [4]])
    #expect(try rows(text, .mergeDuplicates) == [[3], [1], [4]])
    let long = """
      sample_id,prompt,eval_name,model_name,performance,cost
      a,p,t,m,1,1
      b,q,t,m,1,1
      short
      a,p,t,n,0,1
      c,r,t,m,0,1
      c,r,t,m,0,1
      b,q,t,n,0,1
      """
    #expect(try rows(long, .drop) == [[0, 3], [1, 6]])
    #expect(try rows(long, .keepFirst) == [[0, 3], [1, 6], [4, 5]])
  }

  @Test("numbers are read as the C library reads them, to the last bit")
  func numbers() {
    var generator = SeededGenerator(seed: 5)
    var texts = [
      "0", "-0", "1", "0.1", "1e22", "1e23", "123456789012345678901234567890", "5e-324", "1e400",
      "0.30000000000000004", "9007199254740993", "1.7976931348623157e308", ".5", "5.", "+2",
      "000000000000000000000000000001.5", "0.000000000000000000000000000001",
    ]
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      if value.isFinite { texts.append("\(value)") }
      texts.append("\(generator.unit())")
      texts.append("\(Double(generator.integer(below: 1_000_000)) / 1e7)")
    }
    for text in texts {
      let parsed = Array(text.utf8).withUnsafeBytes(parseNumber)
      let expected = strtod(text, nil)
      guard case .value(let value) = parsed, value.bitPattern == expected.bitPattern else {
        Issue.record("\(text) was read as \(parsed)")
        return
      }
    }
    for text in ["", "  ", "nan", "NaN", "None", "<NA>", "null"] {
      #expect(Array(text.utf8).withUnsafeBytes(parseNumber) == .missing, "\(text)")
    }
    for text in ["x", "1x", "1e", "1.2.3", "-", ".", "0x10", "1 2", "--1", "1_000", "infinite"] {
      #expect(Array(text.utf8).withUnsafeBytes(parseNumber) == .unreadable, "\(text)")
    }
  }

  @Test("the order of rows and columns changes nothing but the order")
  func permutations() throws {
    let header = ["sample_id", "prompt", "eval_name", "m", "n", "m|total_cost", "n|total_cost"]
    let rows = (0..<12).map { row in
      ["s\(row)", "prompt \(row)", "t\(row % 2)", "0.\(row % 10)", "1", "\(row)e-3", ""]
    }
    func text(_ columns: [Int], _ rows: [[String]]) -> String {
      ([header] + rows).map { row in columns.map { row[$0] }.joined(separator: ",") }
        .joined(separator: "\n")
    }
    let original = try read(text(Array(0..<7), rows)).table
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<50 {
      var columns = Array(0..<7)
      var order = Array(0..<12)
      generator.shuffle(&columns)
      generator.shuffle(&order)
      let table = try read(text(columns, order.map { rows[$0] })).table
      let back = order.indices.sorted { order[$0] < order[$1] }
      #expect(sameContent(table.selecting(rows: back), original))
    }
  }
}
