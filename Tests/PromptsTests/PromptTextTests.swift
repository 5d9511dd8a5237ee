import Foundation
import Prompts
import Testing

@Suite("Prompt text")
struct PromptTextTests {
  @Test("reads Python list literals as Python does")
  func literals() {
    let cases: [(String, [String])] = [
      ("['a', 'b']", ["a", "b"]),
      ("[\"it's\"]", ["it's"]),
      (#"['Dennis\'s\nmenu\t\\ \x41\u00e9\U0001F600\101']"#, ["Dennis's\nmenu\t\\ Aé😀A"]),
      ("['one' 'two', ]", ["onetwo"]),
      ("[]", ["[]"]),
      (#"['unknown \q']"#, [#"unknown \q"#]),
      // Anything else is one turn, untouched.
      ("plain", ["plain"]), ("['open", ["['open"]), ("['a'] tail", ["['a'] tail"]),
      ("[1, 2]", ["[1, 2]"]), ("", [""]), ("['a', b]", ["['a', b]"]),
      (#"['\x4']"#, [#"['\x4']"#]),
    ]
    for (raw, turns) in cases { #expect(PromptText(raw).turns == turns, "\(raw)") }
    #expect(PromptText("['a', 'b']").text == "a\nb")
  }

  @Test("the question view keeps the last question alone")
  func questions() {
    let shots = "Q1?\nAnswer:\nB\n\nQ2?\nA) x\nAnswer: C\n\nQ3?\nA) y\nAnswer:"
    #expect(PromptView.question.text(of: shots) == "Q3?\nA) y\nAnswer:")
    #expect(PromptView.question.text(of: "Only one?\nAnswer:") == "Only one?\nAnswer:")
    #expect(
      PromptView.question.text(of: "['Instruction', 'The question']") == "Instruction\nThe question"
    )
    #expect(PromptView.head.text(of: "['a', 'b']") == "['a', 'b']")
    #expect(PromptView.tail.text(of: "['a', 'b']") == "a\nb")
  }

  @Test("normalisation removes differences of case, space and form alone")
  func normalised() {
    #expect(normalisedPrompt("  Ａ b\n\tC ") == "a b c")
    #expect(normalisedPrompt("a") != normalisedPrompt("b"))
  }
}
