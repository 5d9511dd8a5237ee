import Foundation
import Providers
import Testing

@testable import Construction

@Suite("Questions from a file")
struct PromptFileTests {
  private func task(
    _ text: String, named name: String = "q.csv", id: String? = nil, turns: [String],
    reference: String? = nil
  ) throws -> [PromptItem] {
    let folder = try Scratch()
    let file = QuestionFile(
      file: try folder.write(text, to: name), id: id, turns: turns, reference: reference)
    return try PlannedTask(name: "t", source: .file(file), line: 1).questions().items
  }

  private func sentence(_ body: () throws -> [PromptItem]) -> String {
    do {
      _ = try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("Templates take columns, and braces that are doubled")
  func templates() throws {
    let items = try task(
      "n,q,a\nx,\"one, two\",1\ny,{z},2\n", id: "n", turns: ["Q {{n}}: {q}", "And {n}?"],
      reference: "a")
    #expect(items.map(\.sampleID) == ["t.x", "t.y"])
    #expect(items[0].turns == ["Q {n}: one, two", "And x?"])
    #expect(items[1].turns[0] == "Q {n}: {z}")
    #expect(items[1].reference == .text("2"))
    let lines = try task("{\"q\": \"a\\nb\"}\n", named: "q.jsonl", turns: ["{q}"])
    #expect(lines[0].turns == ["a\nb"] && lines[0].sampleID == "t.1")
  }

  @Test("A conversation has the answers so far between its turns")
  func conversation() {
    let item = PromptItem(sampleID: "x", task: "t", system: "s", turns: ["a", "b"])
    #expect(item.messages(answers: []) == [.init(.system, "s"), .init(.user, "a")])
    #expect(
      item.messages(answers: ["1"]) == [
        .init(.system, "s"), .init(.user, "a"), .init(.assistant, "1"), .init(.user, "b"),
      ])
  }

  @Test("Faults are sentences")
  func faults() {
    #expect(sentence { try task("q\na\n", turns: ["{p}"]) }.contains("has no column 'p'"))
    #expect(
      sentence { try task("q,i\na,1\nb,1\n", id: "i", turns: ["{q}"]) }.contains(
        "row 2: the id '1' was there before"))
    #expect(sentence { try task("q,i\n,1\n", turns: ["{q}{i}"]) }.contains("row 1: a cell"))
    #expect(sentence { try task("q\n", turns: ["{q}"]) }.contains("has no rows"))
    #expect(sentence { try task("q\na\n", turns: ["{q"]) }.contains("a single '{'"))
    #expect(sentence { try task("q\na\n", turns: ["q}"]) }.contains("a single '}'"))
  }
}
