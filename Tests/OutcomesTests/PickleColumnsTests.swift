import Files
import Foundation
import Matrices
import Testing

@testable import Outcomes

@Suite("Columns of pickles that nobody needs")
struct PickleColumnsTests {
  private func bytes(_ name: String) throws -> [UInt8] {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    return Array(
      try Data(contentsOf: here.appendingPathComponent("PickleTests/Fixtures/\(name).pkl")))
  }

  @Test("They are notes, not faults", arguments: ["pandas1", "pandas2", "pandas3"])
  func unread(writer: String) throws {
    let reading = try read(bytes("\(writer)-outcomes-5"), as: "f.pkl")
    #expect(reading.diagnostics.isClean)
    #expect(
      reading.diagnostics.lines.sorted() == [
        "f.pkl: day: Column 'day', row 1, holds a datetime.date; the column is ignored.",
        "f.pkl: difficulty: The column holds text of no known use; it is ignored.",
        "f.pkl: embedding: Column 'embedding', row 1, holds a NumPy array; the column is ignored.",
        "f.pkl: meta: Column 'meta', row 1, holds a dictionary; the column is ignored.",
        "f.pkl: run: Column 'run', row 1, holds a uuid.UUID; the column is ignored.",
        "f.pkl: tags: Column 'tags', row 1, holds a list; the column is ignored.",
        "f.pkl: true_label: Column 'true_label', row 1, holds a list; the column is ignored.",
      ])
    check(reading.table)
  }

  @Test("Decimals and NumPy's texts count", arguments: ["pandas1", "pandas2", "pandas3"])
  func decimals(writer: String) throws {
    let reading = try read(bytes("\(writer)-outcomes-decimal-5"), as: "f.pkl")
    #expect(reading.diagnostics.counts.isEmpty)
    check(reading.table)
  }

  private func check(_ table: OutcomeTable) {
    #expect(table.sampleIDs == ["s0", "s1"] && Array(table.prompts) == ["p", "q"])
    #expect(table.models.map(\.name) == ["a", "b"])
    #expect(table.quality.values == [1, 0, 0.5, 1])
    #expect(table.cost.values == [0.25, 0.125, 0.5, 0.125])
  }

  @Test(
    "A needed one refuses the file by its type",
    arguments: [
      ("prompt", "Column 'prompt', row 1, holds a list"),
      ("sample_id", "Column 'sample_id', row 1, holds a uuid.UUID"),
      ("quality", "Column 'a', row 1, holds a datetime.date"),
      ("cost", "Column 'b|total_cost', row 1, holds a builtins.set"),
    ])
  func needed(column: String, found: String) throws {
    for writer in ["pandas1", "pandas2", "pandas3"] {
      #expect(
        throws: OutcomesError(
          "f.pkl could not be read. \(found). Cells are text, numbers or missing; turn the column "
            + "into text with .astype(str).")
      ) { try read(bytes("\(writer)-outcomes-\(column)-5"), as: "f.pkl") }
    }
  }

  @Test("Two columns of one name are refused, as in CSV")
  func duplicated() throws {
    for writer in ["pandas1", "pandas2", "pandas3"] {
      #expect(throws: OutcomesError("f.pkl has two columns named a; rename or remove one.")) {
        try read(bytes("\(writer)-duplicated-5"), as: "f.pkl")
      }
    }
  }
}
