import Testing

@testable import Construction

@Suite("Reading the choice that an answer makes")
struct ChoiceMatchTests {
  private static let choices = Choice.lettered(["dry palms", "wet palms", "oil", "motor oil"])

  private func find(
    _ answer: String, _ choices: [Choice] = choices
  ) -> ChoiceExtraction.Finding {
    ChoiceExtraction(answer: answer, choices: choices).find()
  }

  @Test(
    "Answers as people give them",
    arguments: [
      ("B", "B", "letter"), (" b\n", "B", "letter"), ("(B).", "B", "letter"),
      ("**B**", "B", "letter"), ("\"C\"", "C", "letter"), ("[A]", "A", "letter"),
      ("The answer is (B).", "B", "answer-phrase"),
      ("The correct answer is: **C**", "C", "answer-phrase"),
      ("The best answer here is option D, since it flows.", "D", "answer-phrase"),
      ("Answer: B\n\nQuestion: What next?\nAnswer: C", "B", "start"),
      ("Heat comes from rubbing. So the answer is \\boxed{C}", "C", "boxed"),
      ("$\\boxed{\\text{D}}$", "D", "boxed"), ("\\boxed{wet palms}", "B", "boxed"),
      ("wet palms", "B", "words"), ("Wet palms.", "B", "words"),
      ("The answer is wet palms.", "B", "answer-phrase-words"),
      ("The answer is motor oil, as it burns.", "D", "answer-phrase-words"),
      ("B\n\nRubbing makes heat.", "B", "start"), ("B) wet palms", "B", "start"),
      ("(C): because oil is slippery", "C", "start"), ("b) wet palms", "B", "start"),
      ("C. It is slippery.", "C", "start"),
      ("A) no\nB) no\nC) no\nThe correct choice is A.", "A", "answer-phrase"),
      ("Let us see. Option A fails, so I would choose B.", "B", "conclusion"),
      ("A dry hand is warm. B is the correct one.", "B", "conclusion"),
      ("Option C is clearly the best.", "C", "conclusion"),
      ("Friction is what counts.\nD.", "D", "last-line"),
      ("I think (D) fits what we know of friction", "D", "only-letter"),
      ("Rubbing oil would not do; dry palms rub best, wet palms less", "", "none"),
      ("I believe that wet palms do", "B", "only-words"),
      ("Motor oil does it", "D", "only-words"),
      ("The answer is A because it is dry.", "A", "answer-phrase"),
      ("The answer is not B but A.", "A", "remaining"),
      ("A boat needs wind.", "", "none"), ("A and B", "", "several"), ("A or B", "", "several"),
      ("The answer is A or C.", "", "several"), ("Options (A) and (B) both do", "", "several"),
      ("I do not have enough information.", "", "none"), ("", "", "none"), ("E", "", "none"),
      ("U.S. law says so", "", "none"), ("A+ for effort", "", "none"),
      ("<think>Is it A? No.</think>\nB", "B", "last-line"),
    ])
  func table(_ answer: String, _ label: String, _ rule: String) {
    let finding = find(answer)
    #expect((finding.label ?? "") == label && finding.rule == rule, "\(finding)")
  }

  @Test("Choices of numbers are told apart by their words")
  func numbers() {
    let numbers = Choice.lettered(["3", "30", "0.3", "-3"])
    #expect(find("The answer is 30.", numbers).label == "B")
    #expect(find("It must be -3", numbers).label == "D")
    #expect(find("0.3", numbers).label == "C")
  }

  @Test("Each choice is read back from every way of naming it, whatever the choices are")
  func roundTrip() {
    for count in 2...10 {
      let choices = Choice.lettered((0..<count).map { "text number \($0)x" })
      for choice in choices {
        for answer in [
          choice.label, "(\(choice.label))", "\(choice.label). \(choice.text)", choice.text,
          "The answer is \(choice.label).", "\\boxed{\(choice.label)}",
          "So the correct answer is (\(choice.label)) \(choice.text)",
        ] {
          #expect(find(answer, choices).label == choice.label, "\(answer)")
        }
      }
    }
  }

  @Test("A question without a right choice cannot be scored, and says so")
  func wrongReference() {
    let item = PromptItem(sampleID: "t.1", task: "t", turns: ["?"], reference: .number("3"))
    #expect(
      ChoiceMatch().score(answer: "B", item: item).reason
        == "t.1 has no right choice, which the scorer choice needs; choose another scorer.")
  }
}
