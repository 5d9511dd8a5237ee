import Foundation
import Prompts
import Testing

@Suite("The last question of a prompt")
struct QuestionTests {
  @Test(
    "is what follows the last worked example",
    arguments: [
      ("Q1\nAnswer:\nA\n\nQ2\nAnswer:\nB\n\nQ3\nAnswer:", "Q3\nAnswer:"),
      ("Question: one?\nAnswer: 6\n\nQuestion: two?\nAnswer:", "Question: two?\nAnswer:"),
      ("Pick one.\n\nQ1\nAnswer: A\n\nPick one.\n\nQ2\nAnswer:", "Q2\nAnswer:"),
      ("A passage.\n\nWith two parts.\nAnswer:", "A passage.\n\nWith two parts.\nAnswer:"),
      (
        "Q1\nAnswer: A\n\nA passage.\n\nIts question.\nAnswer:",
        "A passage.\n\nIts question.\nAnswer:"
      ),
      ("Say hello.", "Say hello."),
      ("", ""),
      (":", ":"),
      ("['Q1\\nAnswer: A\\n\\nQ2\\nAnswer:', 'Q3\\nAnswer: A\\n\\nQ4\\nAnswer:']", "Q4\nAnswer:"),
    ])
  func question(raw: String, expected: String) {
    #expect(PromptView.question.text(of: raw) == expected)
  }

  @Test("a Python literal may use any quote, prefix and escape of the language")
  func literals() {
    let cases: [(String, [String])] = [
      (#"[r'a\n', u"b"]"#, [#"a\n"#, "b"]),
      (#"['''it's''', """x"y"""]"#, ["it's", "x\"y"]),
      (#"['\ud83d\ude00', '\ud83d']"#, ["😀", "\u{FFFD}"]),
      (#"['\N{LATIN SMALL LETTER E WITH ACUTE}']"#, ["é"]),
      ("['a\\\nb']", ["ab"]),
      (#"['\N{NO SUCH NAME}']"#, [#"['\N{NO SUCH NAME}']"#]),
      (#"['\U00110000']"#, [#"['\U00110000']"#]),
      (#"[b'a']"#, [#"[b'a']"#]),
      ("['a' 1]", ["['a' 1]"]), ("[,]", ["[,]"]), ("['a'", ["['a'"]), ("['\\", ["['\\"]),
    ]
    for (raw, turns) in cases { #expect(PromptText(raw).turns == turns, "\(raw)") }
  }
}
