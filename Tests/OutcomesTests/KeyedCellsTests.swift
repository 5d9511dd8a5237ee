import Files
import Matrices
import Parallelism
import Testing

@testable import Outcomes

@Suite("Files with ever new keys, models and tasks")
struct KeyedCellsTests {
  @Test("cells of any density are those that were set")
  func density() {
    var generator = SeededGenerator(seed: 5)
    for density in [0.001, 0.01, 0.1, 0.3, 0.9, 1] {
      for rows in [1, 40, 400, 3000] {
        var cells = KeyedCells()
        var expected = [Int?](repeating: nil, count: rows)
        // A key may begin late.
        let first = generator.integer(below: rows)
        var row = first
        while row < rows {
          if generator.unit() < density {
            for _ in 0...generator.integer(below: 2) {
              cells.set(TextPlace(offset: row + 1, length: 1, spelling: .plain), row: row)
            }
            // A broken object takes its cell back, and the next one has the same row.
            if generator.integer(below: 5) == 0 {
              cells.remove(row: row)
              cells.remove(row: row)
              continue
            }
            expected[row] = row + 1
          } else if generator.integer(below: 9) == 0 {
            cells.remove(row: row)
          }
          row += 1
        }
        let part = cells.part(of: 10..<(10 + rows))
        let found = (10..<(10 + rows)).map { row in
          part.place(row).isMissing ? nil : part.place(row).offset
        }
        #expect(found == expected, "\(density) of \(rows) rows from \(first)")
        let present = expected.count { $0 != nil }
        #expect(part.places.count <= 4 * present + 64)
      }
    }
  }

  private func refusal(_ text: String) -> String? {
    do throws(OutcomesError) {
      _ = try read(Array(text.utf8), as: "f")
      return nil
    } catch { return error.description }
  }

  private func lines(_ count: Int, _ more: (Int) -> String) -> String {
    (0..<count).map {
      "{\"sample_id\": \"\($0)\", \"eval_name\": \"t\", \"prompt\": \"p\", \"m\": 1\(more($0))}\n"
    }.joined()
  }

  @Test("a new key in every row costs its cell, and is refused where it looks like a model")
  func newKeys() throws {
    #expect(
      refusal(lines(12_000) { ", \"k\($0)\": 1" })
        == "f has 12001 models, and at most 10000 are read; check which columns name models or hold "
        + "their qualities.")
    #expect(
      refusal(lines(6000) { ", \"k\($0)\": 1" })
        == "f has 6000 rows and 6001 columns that look like models, and nearly every cell would be "
        + "missing; check that each row has the same columns.")
    let reading = try read(Array(lines(6000) { ", \"k\($0)\": \"x\"" }.utf8), as: "f")
    #expect(reading.table.count == 6000 && reading.table.models.map(\.name) == ["m"])
    #expect(reading.diagnostics.counts[.ignoredColumn] == 6000)
  }

  @Test("a column that most rows lack is read where it is there")
  func sparseColumns() throws {
    let text = lines(3000) { $0 % 500 == 499 ? ", \"late\": 0.5, \"late|total_cost\": 2" : "" }
    let table = try read(Array(text.utf8), as: "f").table
    let late = try #require(table.models.firstIndex { $0.name == "late" })
    for row in 0..<3000 {
      let isThere = row % 500 == 499
      #expect(table.quality[row, late].isNaN != isThere)
      #expect(isThere ? table.cost[row, late] == 2 : table.cost[row, late].isNaN)
    }
  }

  @Test("files of too many models, tasks and columns are refused in every form")
  func limits() {
    let head = "sample_id,eval_name,prompt,model_name,performance\n"
    #expect(
      refusal(head + (0..<10_001).map { "\($0 % 3),t,p,m\($0),1\n" }.joined())
        == "f has 10001 models, and at most 10000 are read; check which columns name models or hold "
        + "their qualities.")
    let tasks =
      "sample_id,eval_name,prompt,m\n" + (0..<10_001).map { "\($0),t\($0),p,1\n" }.joined()
    #expect(
      refusal(tasks)
        == "f has 10001 different tasks in eval_name, and at most 10000 are read; check that the "
        + "column holds the task's name and not the prompt's.")
    #expect(
      refusal("sample_id,eval_name,prompt," + (0..<100_000).map { "m\($0)" }.joined(separator: ","))
        == "f has 100003 different columns or keys, and at most 100000 are read; give each row the "
        + "same ones.")
  }

  @Test("rows are gathered by task in one pass, in the order in which tasks come")
  func tasks() throws {
    let text = "sample_id,eval_name,prompt,m\n1,b,p,1\n2,a,p,1\n3,b,p,0\n4,mmlu-x,p,1\n"
    let table = try read(Array(text.utf8), as: "f").table
    let groups = table.rowsByTask()
    #expect(groups.map(\.task) == table.taskNames() && groups.map(\.rows) == [[0, 2], [1], [3]])
  }

  @Test("what is compressed twice is refused with a sentence")
  func twice() throws {
    let inner: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    // A stored block: its length, the length's complement, the bytes.
    let sum = crc(inner)
    let outer: [UInt8] =
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 20, 0, 235, 255] + inner
      + (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) } + [20, 0, 0, 0]
    let error = #expect(throws: OutcomesError.self) { try read(outer, as: "f") }
    #expect(
      error?.description == "f is compressed twice; unpack it once and give the result.")
  }

  private func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}
