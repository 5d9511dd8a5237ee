import Testing

@testable import Construction

@Suite("Reading the number that an answer gives")
struct NumberMatchTests {
  private func score(_ answer: String, _ right: String, _ question: String = "?") -> Score {
    NumberMatch().score(
      answer: answer,
      item: PromptItem(
        sampleID: "n.1", task: "n", turns: [question], reference: .number(right)))
  }

  @Test(
    "Numbers as people write them",
    arguments: [
      ("42", "42", "conclusion"), ("\\boxed{42}", "42", "boxed"), ("#### 42", "42", "hash-marks"),
      ("The answer is $1,234.50.", "1234.50", "answer-phrase"),
      ("#### $20.00", "20", "hash-marks"), ("She earns $64,800 more.", "64800", "conclusion"),
      ("Final answer: **7**", "7", "answer-phrase"), ("It is 50%.", "50", "conclusion"),
      ("It is 50%.", "0.5", "conclusion"), ("So x = \\frac{1}{2}", "0.5", "conclusion"),
      ("The answer is 1/3", "0.33", "answer-phrase"),
      ("about 3.5 million", "3500000", "conclusion"),
      ("1.2 × 10^3", "1200", "conclusion"), ("The answer is five.", "5", "number-word"),
      ("−3 degrees", "-3", "conclusion"), ("1.234,50 €", "1234.5", "conclusion"),
      ("She pays 5 * 3 = <<5*3=15>>15 dollars.", "15", "conclusion"),
      ("#### 12\n\nQuestion: what next?\n#### 9", "12", "hash-marks"),
      ("In 2 hours she bakes 16 cookies.", "16", "conclusion"),
    ])
  func right(_ answer: String, _ right: String, _ rule: String) {
    let score = score(answer, right)
    #expect(score.value == 1 && score.extraction.rule == rule, "\(score)")
  }

  @Test(
    "Other numbers are wrong",
    arguments: [
      ("43", "42"), ("420", "42"), ("-42", "42"), ("4.2", "42"), ("", "42"), ("none at all", "42"),
      ("H2O", "2"), ("#### 20", "20.5"), ("The answer is 1/3", "0.3"),
      ("#### Cannot be shared", "6"),
    ])
  func wrong(_ answer: String, _ right: String) { #expect(score(answer, right).value == 0) }

  @Test("Of several numbers in a sentence, the one that counts what was asked for")
  func asked() {
    let answer = "Kylar needs to pay $64 for the 16 glasses."
    #expect(score(answer, "64", "How much does he pay for 16 glasses?").value == 1)
    #expect(score(answer, "16", "How many glasses does he buy for $64?").value == 1)
  }
}

@Suite("Answers that refuse")
struct RefusalTests {
  @Test(
    "The paper's two kinds, and declining",
    arguments: [
      ("I do not have enough context to answer this question.", Refusal.insufficientContext),
      ("Unfortunately I do not have enough information to determine", .insufficientContext),
      ("I do not understand the question.", .insufficientContext),
      ("I'm not sure about this one.", .uncertainty),
      ("I am not certain which is meant.", .uncertainty),
      ("I can't determine the answer from that.", .uncertainty),
      ("I’m sorry, but I can’t help with that.", .declined),
      ("As an AI language model, I cannot take sides.", .declined),
      ("That would be against my guidelines.", .declined),
    ])
  func refuses(_ answer: String, _ kind: Refusal) { #expect(Refusal.kind(of: answer) == kind) }

  @Test(
    "Answers are none",
    arguments: [
      "", "B", "42", "The answer is B.", "Insufficient funds were on the account: (B).",
      "The answer is 7. It is long since known. I am not sure what else to say.",
      "A contract cannot be enforced without consideration.", "In short, no.",
    ])
  func answers(_ answer: String) { #expect(Refusal.kind(of: answer) == nil) }
}

@Suite("Scorers on bytes that nobody foresaw")
struct ScorerFuzzTests {
  @Test("Mutated answers never break a scorer, and score the same twice")
  func fuzz() {
    var generator = Seeded(state: 7)
    let seeds = [
      "The answer is (B).", "\\boxed{\\frac{1}{2}} #### 3,4", "<<3*5=15>>15 $-1.5e400% 1/0",
      "A) a\nB) b\r\n**C**\u{2212}½", "```python\ndef f(x):\n  return x\n```",
      "\u{FEFF}option é\u{301}",
    ].map { Array($0.utf8) }
    let items = [
      PromptItem(
        sampleID: "a", task: "t", turns: ["How many boxes?"], reference: .choice("B"),
        choices: Choice.lettered(["", "b", "1/2"])),
      PromptItem(sampleID: "b", task: "t", turns: ["How many of the"], reference: .number("3.14")),
      PromptItem(sampleID: "c", task: "t", turns: ["?"], reference: .alternatives(["", "x"])),
    ]
    for _ in 0..<400 {
      var bytes = seeds.randomElement(using: &generator) ?? []
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        if Bool.random(using: &generator), place < bytes.count {
          bytes[place] = UInt8.random(in: 0...255, using: &generator)
        } else {
          bytes.insert(contentsOf: seeds.randomElement(using: &generator) ?? [], at: place)
        }
      }
      let answer = String(decoding: bytes, as: UTF8.self)
      for item in items {
        for scorer in Scorers.builtIn {
          let score = scorer.score(answer: answer, item: item)
          #expect(score == scorer.score(answer: answer, item: item))
        }
      }
      _ = Refusal.kind(of: answer)
      _ = ProgramExtraction(answer: answer, tests: CodeTests(assertions: ["assert f(1) == 1"]))
        .find()
    }
  }
}
