import Testing

@testable import Construction

@Suite("The forms in which models give a choice")
struct ChoiceFormsTests {
  private static let cities = Choice.lettered(["Paris", "Rome", "Oslo", "Bern"])
  private static let ball = Choice.lettered([
    "a car moves", "gravity pulls it", "wind", "a safe choice",
  ])

  private func label(_ answer: String, _ choices: [Choice] = cities) -> String {
    ChoiceExtraction(answer: answer, choices: choices).find().label ?? ""
  }

  @Test(
    "Marks around the letter",
    arguments: [
      "**B**", "*B*", "_B_", "[B]", "{B}", "<B>", "\"B\"", "'B'", "“B”", "(B) Rome", "B) Rome",
      "B.", "B. Rome", "B: Rome", "B - Rome", "B – Rome", "Option B", "option (B)", "b", "b)",
      "b. Rome", "$B$", "$\\text{B}$", "$\\mathbf{B}$", "\\text{(B)}", "\\boxed{B}",
      "\\boxed{\\text{B}}", "$\\boxed{\\textbf{(B)}\\ 12}$", "\\boxed{\\mathrm{B}}", "\\fbox{B}",
      "\\boxed{b}", "\\boxed{B) Rome}", "\\boxed{}\n\\boxed{B}", "Ｂ", "（Ｂ）", "【B】", "Ⓑ", "🅱", "𝐁",
      "<b>B</b>", "\\[\\boxed{B}\\]",
    ])
  func marks(_ answer: String) { #expect(label(answer) == "B") }

  @Test(
    "Words before the letter",
    arguments: [
      "ANSWER: B", "Answer: $B$", "Answer: $B", "Answer: **B**", "**Answer:** B", "Answer - B",
      "Final answer – B", "Answer is: B", "answer: b", "The answer is b.",
      "The correct answer is **B) Rome**", "Final Answer: B", "The correct option is (B).",
      "Correct answer: Option B", "Answer seems to be B.", "The answer has to be B.",
      "The right one is B", "Answer: I think it is B", "Therefore, the answer is (B), not (A).",
      "The answer is B. Note that A is a common distractor.", "ANSWER IS B. A is incorrect.",
      "As written, the answer is **B. Rome**.", "My choice would be B because it is in Italy",
      "B\n\nExplanation: A is in France.", "B is the answer. A and C can be ruled out.",
      "We choose B!", "I'll go with B here", "That leaves B as the only one",
      "Answer: rules out C, leaving B", "It is not C, the answer is B",
      "Answer: B\n\nExplanation: A is in France, C in Norway.",
      "The calculated answer is 11.\n\nAnswer seems to be A.\n\nAnswer: B",
      "The answer is:\n\nB", "The answer is:B", "answer:b", "Ans: B", "Correct: B",
      "I'd say B", "Therefore, B.", "Both A and C are wrong, so B it is", "I believe B is right",
      "A careful look shows that B is right.", "BBBBB", "The answer is b because it is.",
      "\\boxed{\\langle H\\rangle \\ll \\Delta E}\n\n**Answer: B**",
    ])
  func words(_ answer: String) { #expect(label(answer) == "B") }

  @Test(
    "Other languages",
    arguments: [
      "答案：B", "答案是B", "答案：(B)", "正确答案为 B", "答案选B。", "答案是Ｂ，因为罗马在意大利", "因此选B",
      "故选：B。", "应该选择B项", "正解は B", "正解はBです。", "答えはBだ", "정답: B", "我选择B", "【答案】B", "正确的是B",
      "B选项正确", "选项A错误，答案是B", "答案不是A，而是B", "選択肢Bが正解です", "Richtig ist B",
      "A resposta é a letra B", "정답은 B입니다.",
      "Antwort: B", "Antwort:\n\nAntwort: B", "Die richtige Antwort ist B.",
      "Die richtige Antwort lautet B", "La réponse est B", "Réponse : B",
      "La bonne réponse est la lettre B.", "La respuesta es B", "Respuesta: B",
      "La respuesta correcta es la opción B.", "Resposta: B", "A resposta correta é B",
      "Risposta: B", "La risposta corretta è B", "Ответ: B", "Правильный ответ — B", "الإجابة: B",
      "الإجابة الصحيحة هي B", "Jawaban: B", "Jawabannya adalah B", "Cevap: B", "Odpowiedź: B",
      "उत्तर: B", "Đáp án: B", "คำตอบ: B", "Svar: B",
    ])
  func languages(_ answer: String) { #expect(label(answer) == "B") }

  @Test(
    "Tags and JSON",
    arguments: [
      "<answer>B</answer>", "<answer> (B) Rome </answer>", "<answer>B",
      "It is warm.\n<answer>B</answer>",
      "<answer>A</answer>\nNo.\n<answer>B</answer>", "<final_answer>B</final_answer>",
      "[ANSWER]B[/ANSWER]", "<answer>Rome</answer>", "<|begin_of_box|>B<|end_of_box|>",
      "<answer>The answer is \\boxed{B}</answer>", "{\"answer\": \"B\"}", "{'answer': 'B'}",
      "```json\n{\"answer\": \"B\"}\n```", "{\"choice\":\"B\"}", "{\"final_answer\": \"B) Rome\"}",
      "{\"answer\": \"b\"}", "{\"answer\": [\"B\"]}", "{\"answer\": \"Rome\"}",
      "{\"reasoning\": \"Option A is in France, so the answer is not A.\", \"answer\": \"B\"}",
      "{\"answer\": \"B\", \"explanation\": \"A is in France. Option C is wrong.\"}",
      "{\"answer\": \"B\", \"confidence\": 0.9}", "Sure!\n{\"answer_letter\": \"B\"}",
    ])
  func structures(_ answer: String) { #expect(label(answer) == "B") }

  @Test(
    "Answers of others, answers that are checked, and lists behind an answer",
    arguments: [
      ("Answer: B\n\nIncorrect answers: A, C, D", "B"),
      ("Correct answer: B\n\nIncorrect answer: A – Paris lies in France.", "B"),
      ("The correct answer is B. Many students wrongly think the answer is D.", "B"),
      ("The answer is B. If the question were about Norway, the answer would be C.", "B"),
      ("The wrong options are A and C, so the answer is B.", "B"),
      ("If we look at a map, the answer is B.", "B"),
      ("After checking all options, the answer is B.", "B"),
      ("B. Rome\n\nA. Paris is the capital of France.\nC. Oslo is in Norway.", "B"),
      ("A. Paris\nB. Rome\nC. Oslo\nD. Bern", ""), ("Hence: B.", "B"), ("Verdict: B", "B"),
      ("Therefore: **B**", "B"), ("B is my answer.", "B"), ("La opción correcta es B.", "B"),
      ("La alternativa correcta es la B.", "B"), ("A opção correta é B.", "B"),
      ("La bonne option est B.", "B"), ("Die korrekte Option ist B.", "B"),
      ("L'opzione corretta è la B.", "B"), ("Правильный вариант — B.", "B"),
      ("Poprawna odpowiedź to **B**.", "B"),
    ])
  func others(_ answer: String, _ expected: String) { #expect(label(answer) == expected) }

  @Test(
    "Letters that are talked of, and not chosen",
    arguments: [
      ("I would pick B — a safe choice.", "B"), ("A: incorrect. B: correct.", "B"),
      ("A: incorrect. B: correct. C: incorrect. D: incorrect.", "B"),
      ("A ❌\nB ✅\nC ❌\nD ❌", "B"), ("Option A: wrong\nOption B: This is correct.", "B"),
      ("A: correct. B: incorrect. C: correct. D: correct.", "B"),
      ("The answer is not (B) because the ball is heavy", ""),
      ("The answer is not (B) because of the wind, so (C).", "C"),
      ("Neither A nor B; C", "C"), ("It can't be A. It's C.", "C"), ("A is wrong, D is right", "D"),
      ("A, B and D are wrong. C is correct.", "C"), ("The answer is not B but A.", "A"),
      ("Answer: A. Wait, no, it is B.", "B"), ("Answer: A. Wait, let me recheck. Answer: B.", "B"),
      ("Answer: A. Correction: B", "B"), ("Answer: B. Actually, A is a common mistake.", "B"),
      ("B, not A", "B"),
      ("(C) rather than (D)", "C"), ("A and C", ""), ("B or C", ""), ("The answer is B or C.", ""),
      ("None of the above", ""), ("I don't know.", ""), ("A ball falls.", ""), ("N/A", ""),
      ("The answer is not clear.", ""), ("Answer: Let's think step by step.", ""),
      ("A perfect answer cannot be found.", ""), ("a car moves", "A"), ("The wind", "C"),
      ("It is not wind", ""), ("The answer is B because a car moves.", "B"),
    ])
  func talk(_ answer: String, _ expected: String) {
    let finding = ChoiceExtraction(answer: answer, choices: Self.ball).find()
    #expect((finding.label ?? "") == expected, "\(finding)")
  }

  @Test(
    "Ten choices, of which one is the letter I",
    arguments: [
      ("I would pick B", "B"), ("The answer is C because I computed it.", "C"), ("I", "I"),
      ("(I)", "I"), ("Answer: I", "I"), ("I think the answer is J.", "J"), ("I don't know", ""),
      ("Answer: I think it is C", "C"), ("Answer: I don't know", ""), ("\\boxed{I}", "I"),
    ])
  func ten(_ answer: String, _ expected: String) {
    let choices = Choice.lettered((0..<10).map { "text \($0)x" })
    #expect(label(answer, choices) == expected)
  }

  @Test("Choices that judge, such as True and False, are no judgements")
  func judging() {
    let choices = Choice.lettered(["True", "False"])
    #expect(label("A. True", choices) == "A")
    #expect(label("False", choices) == "B")
    #expect(label("A) True\nB) False\n\nThe answer is B.", choices) == "B")
  }
}
