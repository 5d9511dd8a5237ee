import Foundation
import Matrices
import Parallelism
import Testing

@testable import Outcomes

func sampleTable(rows: Int = 40, seed: UInt64 = 1) -> OutcomeTable {
  var generator = SeededGenerator(seed: seed)
  let models: [ModelID] = ["a/one", "b,two", "c \"three\""]
  func grid(_ scale: Double, from low: Double = 0) -> Grid {
    Grid(
      rows: rows, columns: 3,
      values: (0..<(rows * 3)).map { _ in
        generator.integer(below: 7) == 0 ? .nan : low + generator.unit() * scale
      })
  }
  let texts = [
    "plain", "a,b", "line\nbreak", "\"q\"", "cr\rlf\r\n", "é😀", "[1]", " x ", "nan", "\t",
  ]
  let responses = (0..<rows).map { row -> [String?] in
    (0..<3).map { model -> String? in
      if (model + row) % 5 == 0 { return nil }
      return row % 6 == 0 ? "" : texts[(row + model) % 10]
    }
  }
  return OutcomeTable(
    models: models, sampleIDs: (0..<rows).map { "id.\($0)" },
    evalNames: (0..<rows).map { $0 % 3 == 0 ? "mmlu-x" : "t, u" },
    prompts: (0..<rows).map { texts[$0 % texts.count] + "\($0)" }, quality: grid(1),
    cost: grid(1e-5), latency: grid(10), confidence: grid(4, from: -4), inputTokens: grid(100),
    outputTokens: grid(100),
    trueLabels: (0..<rows).map { $0 % 4 == 0 ? nil : texts[$0 % texts.count] },
    responses: TextGrid(responses, columns: 3))
}

@Suite("Writing outcomes")
struct WritingTests {
  @Test(
    "a table that is written and read is the same, to the last bit",
    arguments: [OutcomeFormat.csv, .jsonLines, .native], OutcomeShape.allCases)
  func roundTrip(format: OutcomeFormat, shape: OutcomeShape) throws {
    try withFolder { folder in
      let table = sampleTable()
      let path = "\(folder)/table.\(format.rawValue)"
      try OutcomeWriter.write(table, to: path, format: format, shape: shape)
      let reading = try OutcomeReading.read(
        path, options: ReadingOptions(includeResponses: true))
      #expect(reading.diagnostics.summary.isEmpty)
      #expect(reading.format == format)
      #expect(sameContent(reading.table, table))
      let without = try OutcomeTable(contentsOf: path)
      #expect(without.responses == nil && without.count == table.count)
    }
  }

  @Test("published rows survive every form")
  func published() throws {
    guard let path = shared("data/routerbench/routerbench_0shot_sample365.pkl") else { return }
    let options = ReadingOptions(includeResponses: true)
    let table = try OutcomeTable(contentsOf: path, options: options)
    for format in [OutcomeFormat.csv, .jsonLines, .native] {
      for shape in OutcomeShape.allCases {
        let bytes = OutcomeWriter.bytes(table, format: format, shape: shape)
        #expect(sameContent(try read(bytes, as: "f", options: options).table, table))
      }
    }
  }

  @Test("the native form is read cell by cell from its map")
  func mapped() throws {
    try withFolder { folder in
      let table = sampleTable()
      let path = "\(folder)/table.rbt"
      try OutcomeWriter.write(table, to: path, format: .native)
      let mapped = try MappedOutcomes(path: path)
      #expect(mapped.models == table.models && mapped.count == table.count)
      for row in 0..<table.count {
        #expect(try mapped.sampleID(row) == table.sampleIDs[row])
        #expect(try mapped.prompt(row) == table.prompts[row])
        for model in 0..<3 {
          #expect(try mapped.response(row, model: model) == table.responses?[row, model])
          let quality = try mapped.quality(row, model: model)
          #expect(quality == table.quality[row, model] || quality.isNaN)
        }
      }
      #expect(sameContent(try mapped.table(includeResponses: true), table))
    }
  }

  @Test("what cannot be written is refused with a sentence")
  func refusals() throws {
    let table = sampleTable(rows: 1)
    let gz = #expect(throws: OutcomesError.self) {
      try OutcomeWriter.write(table, to: "t.csv.gz", format: .csv)
    }
    #expect(
      gz?.description
        == "t.csv.gz asks for a compressed file (.gz), which is not written; leave the ending out "
        + "and compress the file afterwards.")
    let pickle = #expect(throws: OutcomesError.self) {
      try OutcomeWriter.write(table, to: "t.pkl", format: .pickle)
    }
    #expect(
      pickle?.description
        == "t.pkl asks for a pickle, which is not written; write CSV, JSON Lines or .rbt.")
  }

  @Test("the checksum is xxHash64")
  func checksum() {
    func sum(_ text: String) -> UInt64 { Array(text.utf8).withUnsafeBytes(Checksum.of) }
    #expect(sum("") == 0xEF46_DB37_51D8_E999)
    #expect(sum("abc") == 0x44BC_2CF5_AD77_0999)
    #expect(sum("Nobody inspects the spammish repetition") == 0xFBCE_A83C_8A37_8BF1)
  }
}
