import Files
import Parallelism
import Testing

@testable import Outcomes

/// A CSV file with something odd in it, and what reading it gives.
private struct OddFile: Sendable, CustomTestStringConvertible {
  let what: String
  let text: String
  /// How many rows the table has, if it is read.
  var rows = 0
  var counts: [Diagnostic.Kind: Int] = [:]
  /// The sentence, if it is refused.
  var refusal: String?

  var testDescription: String { what }
}

private let header = "sample_id,prompt,eval_name,m,n,m|total_cost,n|total_cost"

private func row(_ index: Int, _ prompt: String? = nil) -> String {
  "s\(index),\(prompt ?? "What is \(index)?"),t,1,0,0.5,0.25"
}

/// A file of a hundred rows, some of them others.
private func file(
  _ changes: [Int: String] = [:], head: String = header, end: String = "\n",
  _ row: (Int) -> String = { row($0) }
) -> String {
  ([head] + (0..<100).map { changes[$0] ?? row($0) }).joined(separator: end) + end
}

private let quoteAdvice =
  "Write a cell that holds a quote, a delimiter or a line break between quotes, and each quote in "
  + "it twice (\"\"), as csv writers do."
private let backslashAdvice =
  "Quotes in this file stand behind backslashes (\\\"), which CSV does not have; write each quote in "
  + "a cell twice (\"\"), as pandas' to_csv() does without escapechar."

private let unclosed: [OddFile] = [
  OddFile(
    what: "a quote that is never closed",
    text: file([1: "s1,\"What is,t,1,0,0.5,0.25"]),
    refusal:
      "f.csv:3: A quote is opened in line 3 and never closed, so all 98 lines below it lie in "
      + "one cell. Close it. " + quoteAdvice),
  OddFile(
    what: "one behind a line break in its row",
    text: file([1: "s1,\"a\nb\",\"t,1,0,0.5,0.25"], end: "\r\n"),
    refusal:
      "f.csv:4: A quote is opened in line 4 and never closed, so all 98 lines below it lie in "
      + "one cell. Close it. " + quoteAdvice),
  OddFile(
    what: "one in the last row but one", text: file([98: "s98,\"What,t,1,0,0.5,0.25"]),
    refusal:
      "f.csv:100: A quote is opened in line 100 and never closed, so the line below it lies in "
      + "one cell. Close it. " + quoteAdvice),
  OddFile(
    what: "a file that is cut short", text: header + "\n" + row(1) + "\ns2,\"What is",
    refusal: "f.csv:3: A quote is opened in line 3 and never closed, so the file may be cut short. "
      + "Close it. " + quoteAdvice),
  OddFile(
    what: "one in the header", text: "\"" + file(),
    refusal:
      "f.csv:1: A quote is opened in line 1 and never closed, so all 100 lines below it lie in "
      + "one cell. Close it. " + quoteAdvice),
  OddFile(
    what: "one closed by a curly quote", text: file([5: row(5, "\"What is it”")]),
    refusal:
      "f.csv:7: A quote is opened in line 7 and never closed, so all 94 lines below it lie in "
      + "one cell. Close it. " + quoteAdvice),
  OddFile(
    what: "a backslash before a last quote", text: file([0: row(0, "\"a \\\"\"")]),
    refusal:
      "f.csv:2: A quote is opened in line 2 and never closed, so all 99 lines below it lie in "
      + "one cell. Close it. " + backslashAdvice),
]

private let swallowing: [OddFile] = [
  OddFile(
    what: "a stray quote closed by another far below",
    text: file([2: "s2,\"open,t,1,0,1,1", 95: "s95,close\",t,1,0,1,1"]),
    refusal:
      "f.csv:4: This row spans the lines 4 to 97, and 93 of them look like rows of their own; "
      + "a quote in it may be one too many. " + quoteAdvice),
  OddFile(
    what: "a stray quote closed by another some rows below",
    text: file([2: "s2,\"open,t,1,0,1,1", 30: "s30,close\",t,1,0,1,1"]), rows: 72,
    counts: [.swallowedRows: 1]),
  OddFile(
    what: "a stray quote closed by an opening one",
    text: file([2: "s2,\"open,t,1,0,1,1", 30: "s30,\"a\",t,1,0,1,1"]), rows: 71,
    counts: [.malformedRow: 1]),
  OddFile(
    what: "a prompt that holds a table of other columns",
    text: file([2: row(2, "\"" + (0..<80).map { "a\($0),b,c" }.joined(separator: "\n") + "\"")]),
    rows: 100),
  OddFile(
    what: "a long prompt of many lines",
    text: file([2: row(2, "\"" + String(repeating: "one, two, three\n", count: 500) + "\"")]),
    rows: 100),
  OddFile(
    what: "quotes behind backslashes in all rows", text: file { row($0, "\"say \\\"hi\\\" now\"") },
    refusal:
      "f.csv: 100 of the 100 rows are broken, the first in line 2. In this row text follows a "
      + "closing quote. " + backslashAdvice),
  OddFile(
    what: "quotes behind backslashes in some rows",
    text: file([7: row(7, "\"say \\\"hi\\\" now\"")]), rows: 99, counts: [.malformedRow: 1]),
  OddFile(
    what: "blanks behind commas", text: file { row($0, " \"a, b\"") },
    refusal:
      "f.csv: 100 of the 100 rows are broken, the first in line 2. The row has 8 cells and the "
      + "header has 7. Quotes stand behind blanks here, where they open no cell; write them right "
      + "behind the delimiter."),
  OddFile(
    what: "single quotes", text: file { row($0, "'a, b'") },
    refusal:
      "f.csv: 100 of the 100 rows are broken, the first in line 2. The row has 8 cells and the "
      + "header has 7. Cells stand between single quotes here; write double quotes (\")."),
  OddFile(
    what: "most rows with a cell too many", text: file { $0 % 3 == 0 ? row($0) : row($0) + ",9" },
    refusal:
      "f.csv: 66 of the 100 rows are broken, the first in line 3. The row has 8 cells and the "
      + "header has 7. " + quoteAdvice),
  OddFile(
    what: "a quote in a cell that none opens", text: file([3: row(3, "a 5\" screen")]), rows: 100),
  OddFile(what: "quoted words in a cell", text: file([3: row(3, "a \"big\" one")]), rows: 100),
  OddFile(
    what: "text behind a closing quote", text: file([3: row(3, "\"big\" one")]), rows: 99,
    counts: [.malformedRow: 1]),
]

private let layouts: [OddFile] = [
  OddFile(what: "CRLF", text: file(end: "\r\n"), rows: 100),
  OddFile(what: "CR", text: file(end: "\r"), rows: 100),
  OddFile(what: "a byte order mark", text: "\u{FEFF}" + file(), rows: 100),
  OddFile(what: "semicolons", text: file().replacing(",", with: ";"), rows: 100),
  OddFile(what: "tabs", text: file().replacing(",", with: "\t"), rows: 100),
  OddFile(
    what: "bars",
    text: file(
      head: "sample_id,prompt,eval_name,m,n,\"m|total_cost\",\"n|total_cost\""
    ).replacing(",", with: "|"), rows: 100),
  OddFile(
    what: "semicolons and a comma in a name",
    text: file(head: header + ",a,b")
      .replacing(",", with: ";").replacing(";a;b", with: ";\"a,b\"").replacing("0.25", with: "0;1"),
    rows: 100, counts: [.unknownColumn: 1]),
  OddFile(what: "sep=, above the header", text: "sep=,\n" + file(), rows: 100),
  OddFile(
    what: "sep=; above the header", text: "\u{FEFF}sep=;\r\n" + file().replacing(",", with: ";"),
    rows: 100),
  OddFile(
    what: "\"sep=|\" above the header",
    text: "\"sep=|\"\n"
      + file(head: "sample_id,prompt,eval_name,m,n,\"m|total_cost\",\"n|total_cost\"")
      .replacing(",", with: "|"), rows: 100),
  OddFile(what: "lines of comment above the header", text: "# a\n# b, c\n" + file(), rows: 100),
  OddFile(
    what: "a comment among the rows", text: file([4: "# b"]), rows: 99, counts: [.wrongWidth: 1]),
  OddFile(
    what: "blanks in the header", text: file(head: header.replacing(",", with: " , ")), rows: 100),
  OddFile(what: "a comma behind every row", text: file(end: ",\n"), rows: 100),
  OddFile(what: "commas behind the rows alone", text: file { row($0) + ",,," }, rows: 100),
  OddFile(what: "blank lines", text: file(end: "\n\n") + "\n  \n\t\n", rows: 100),
  OddFile(what: "rows of commas alone", text: file() + ",,,,,,\n,,,,,,\n,,,\n", rows: 100),
  OddFile(
    what: "the header once more", text: file() + header + "\n" + row(100) + "\n", rows: 101,
    counts: [.malformedRow: 1]),
  OddFile(
    what: "rows too short and too long", text: file([4: "s4,x", 5: row(5) + ",1,2"]), rows: 98,
    counts: [.wrongWidth: 2]),
  OddFile(what: "Ctrl-Z at the end", text: file() + "\u{1A}", rows: 100),
]

@Suite("Doubtful CSV")
struct DoubtfulCSVTests {
  @Test(
    "Each oddity is read, counted or refused with its sentence",
    arguments: unclosed + swallowing + layouts)
  fileprivate func oddities(odd: OddFile) throws {
    for partSize in [1 << 20, 700] {
      do throws(OutcomesError) {
        let reading = try OutcomeReading.read(
          KeptBytes(Array(odd.text.utf8)), file: "f.csv", threads: Threads(3), partSize: partSize)
        #expect(odd.refusal == nil)
        #expect(reading.table.count == odd.rows)
        #expect(reading.table.models.map(\.name) == ["m", "n"])
        #expect(reading.diagnostics.counts == odd.counts, "\(reading.diagnostics.lines)")
      } catch {
        #expect(error.description == odd.refusal)
      }
    }
  }

  @Test("What is odd is told with its line and what to do")
  func sentences() throws {
    let swallowed = try read(file([2: "s2,\"open,t,1,0,1,1", 30: "s30,close\",t,1,0,1,1"]))
    #expect(
      swallowed.diagnostics.lines == [
        "f.csv:4: row 3: This row spans the lines 4 to 32, and 28 of them look like rows of their "
          + "own; a quote in it may be one too many."
      ])
    #expect(
      swallowed.diagnostics.warnings
        == ["1 swallowed-rows, first \(swallowed.diagnostics.lines[0])"])
    let split = try read(file([2: "s2,\"open,t,1,0,1,1", 4: "s4,\"a\",t,1,0,1,1"]))
    #expect(
      split.diagnostics.lines == [
        "f.csv:4: row 3: In this row text follows a closing quote; the row is left out. It spans 3 "
          + "lines, so a quote in it may not be closed."
      ])
    let escaped = try read(file([2: row(2, "\"a \\\"b\\\" c\"")]))
    #expect(
      escaped.diagnostics.lines == [
        "f.csv:4: row 3: In this row text follows a closing quote; the row is left out. Write each "
          + "quote in a cell twice (\"\"), not behind a backslash."
      ])
  }

  @Test("A small file beside the outcomes is refused for an open quote too")
  func record() {
    #expect(
      throws: OutcomesError(
        "f.csv:2: A quote is opened in line 2 and never closed, so the line below it lies in one "
          + "cell. Close it. " + quoteAdvice)
    ) {
      try RecordFile.parse(
        KeptBytes(Array("a,b\n1,\"2\n3,4\n".utf8)), file: "f.csv", wanted: ["a", "b"])
    }
  }
}
