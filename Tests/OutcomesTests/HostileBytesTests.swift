import Files
import Matrices
import Parallelism
import Testing

@testable import Outcomes

@Suite("Hostile bytes")
struct HostileBytesTests {
  /// One to eight changes: a byte changed, cut, doubled, or moved.
  private func mutate(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    let marks = Array("\",\n\r{}[]:\\-0e9".utf8)
    var bytes = bytes
    for _ in 0...generator.integer(below: 8) where !bytes.isEmpty {
      let place = generator.integer(below: bytes.count)
      switch generator.integer(below: 6) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
      case 1: bytes[place] ^= 1 << UInt8(generator.integer(below: 8))
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(marks[generator.integer(below: marks.count)], at: place)
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + generator.integer(below: 64)))
      default:
        let end = min(bytes.count, place + generator.integer(below: 64))
        bytes.insert(contentsOf: bytes[place..<end], at: generator.integer(below: bytes.count))
      }
    }
    return bytes
  }

  @Test(
    "changed text gives a table or a sentence, and never a bad number",
    arguments: [OutcomeFormat.csv, .jsonLines], OutcomeShape.allCases)
  func text(format: OutcomeFormat, shape: OutcomeShape) {
    let original = OutcomeWriter.bytes(sampleTable(rows: 12), format: format, shape: shape)
    var generator = SeededGenerator(seed: 2024)
    for rule in ReadingOptions.DuplicateRule.allCases {
      for _ in 0..<700 {
        let bytes = mutate(original, &generator)
        let options = ReadingOptions(duplicateRule: rule, includeResponses: true)
        guard let reading = try? read(bytes, as: "f", options: options) else { continue }
        expectSound(reading.table)
      }
    }
  }

  @Test("changed native bytes are refused, and without checksums do no harm")
  func native() throws {
    let original = OutcomeWriter.bytes(sampleTable(rows: 12), format: .native)
    var generator = SeededGenerator(seed: 7)
    var refused = 0
    var changed = 0
    for _ in 0..<4000 {
      let bytes = mutate(original, &generator)
      guard bytes != original else { continue }
      changed += 1
      let kept = KeptBytes(bytes)
      kept.withUnsafeBytes { buffer in
        do {
          let table = try NativeLayout(buffer, file: "f").table(of: kept, includeResponses: true)
          // Only padding may differ.
          #expect(sameContent(table, sampleTable(rows: 12)))
        } catch {
          refused += 1
        }
        if let layout = try? NativeLayout(buffer, file: "f", isVerifying: false),
          let table = try? layout.table(of: kept, includeResponses: true)
        {
          expectSound(table)
        }
      }
    }
    #expect(refused > changed * 9 / 10)
  }

  @Test("every cut of a native file is refused with a sentence")
  func cuts() {
    let original = OutcomeWriter.bytes(sampleTable(rows: 3), format: .native)
    for length in 8..<original.count {
      #expect(throws: OutcomesError.self) { try read(Array(original[..<length]), as: "f.rbt") }
    }
    let error = #expect(throws: OutcomesError.self) {
      try read(Array(original.dropLast(8)), as: "f.rbt")
    }
    #expect(
      error?.description
        == "f.rbt is damaged: its length is not what its head says. Copy it again, or convert the "
        + "original again.")
  }

  @Test("deep nesting and a table far larger than its file are refused")
  func sizes() throws {
    let deep = "{\"a\": " + String(repeating: "[", count: 100_000)
    #expect(throws: OutcomesError.self) { try read(deep, as: "f.jsonl") }
    var lines = ["sample_id,prompt,eval_name,model_name,performance"]
    for row in 0..<5000 { lines.append("s\(row),p,t,m\(row),1") }
    #expect(throws: OutcomesError.self) { try read(lines.joined(separator: "\n")) }
  }

  private func expectSound(_ table: OutcomeTable) {
    let isSound =
      table.quality.values.allSatisfy { $0.isNaN || (0...1).contains($0) }
      && table.cost.values.allSatisfy { $0.isNaN || ($0 >= 0 && $0.isFinite) }
      && table.prompts.count == table.count
    #expect(isSound)
  }
}
