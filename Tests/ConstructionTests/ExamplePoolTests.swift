import Testing

@testable import Construction

@Suite("Solved examples and drawn questions")
struct ExamplePoolTests {
  private let texts = (0..<200).map { "question \($0)" }

  private func drawn(_ texts: [String], seed: UInt64, count: Int) throws -> [String] {
    let pool = ExamplePool(
      texts, part: "p", order: .seeded, seed: seed, identity: { $0.lowercased() })
    return try pool.examples(count, before: "no question")
  }

  @Test("A draw is the same whatever the order of the file, and the smaller is part of the larger")
  func draws() throws {
    let five = try drawn(texts, seed: 7, count: 5)
    // SHA-256 of the seed's eight bytes and the text, the least first, as Python's hashlib gives it.
    #expect(five == ["question 179", "question 32", "question 110", "question 27", "question 53"])
    #expect(try drawn(texts.reversed(), seed: 7, count: 5) == five)
    #expect(try drawn(texts, seed: 7, count: 9).prefix(5) == five[...])
    #expect(try drawn(texts, seed: 8, count: 5) != five)
    #expect(Set(try drawn(texts, seed: 7, count: 200)) == Set(texts))
  }

  @Test("No question is shown before itself, nor an example twice")
  func never() throws {
    let pool = ExamplePool(
      texts + texts.map { $0.uppercased() }, part: "p", order: .seeded, seed: 3,
      identity: { $0.lowercased() })
    let usual = try pool.examples(5, before: "no question")
    for text in texts {
      let shown = try pool.examples(5, before: text)
      #expect(!shown.contains(text) && Set(shown).count == 5)
      if !usual.contains(text) { #expect(shown == usual) }
    }
    #expect(throws: ConstructionError.self) { try pool.examples(200, before: texts[0]) }
    let first = ExamplePool(texts, part: "p", order: .first, seed: 3, identity: { $0 })
    #expect(try first.examples(2, before: texts[0]) == [texts[1], texts[2]])
  }

  @Test("The same question in other letters and another order of choices is the same")
  func identity() {
    let one = TaskQuestion(text: "What  is it?", choices: ["A", "b"], right: 0, place: "")
    let two = TaskQuestion(text: "what is IT?", choices: ["B", "a"], right: 1, place: "")
    let other = TaskQuestion(text: "What is it?", choices: ["A", "c"], right: 0, place: "")
    #expect(one.identity == two.identity && one.identity != other.identity)
  }

  @Test("A sample is drawn by seed and kept in the file's order; a limit takes the first")
  func sample() throws {
    let rows = (0..<50).map { "{\"question\": \"Q\($0)\", \"answer\": \"#### \($0)\"}" }
      .joined(separator: "\n")
    func ids(_ selection: PlannedTask.Selection, seed: UInt64 = 1) throws -> [String] {
      try TaskFixtures.read("gsm8k", [("q.jsonl", rows)], seed: seed, selection: selection)
        .items.map(\.sampleID)
    }
    let all = try ids(.all)
    let ten = try ids(.drawn(10))
    #expect(ten.count == 10 && ten == all.filter(ten.contains))
    #expect(try ids(.drawn(10)) == ten)
    #expect(try ids(.drawn(10), seed: 2) != ten)
    #expect(try ids(.first(3)) == Array(all.prefix(3)))
    #expect(try ids(.drawn(99)) == all)
  }
}
