import Testing

@testable import Construction

@Suite("The forms in which models give a number")
struct NumberFormsTests {
  private func score(_ answer: String, _ right: String, _ question: String = "How much?") -> Score {
    NumberMatch().score(
      answer: answer,
      item: PromptItem(sampleID: "n.1", task: "n", turns: [question], reference: .number(right)))
  }

  @Test(
    "Thousands and decimals",
    arguments: [
      ("1,500", "1500"), ("1 500", "1500"), ("1\u{2009}500", "1500"), ("1\u{202F}500", "1500"),
      ("1\u{00A0}500", "1500"), ("1'500", "1500"), ("1’500", "1500"), ("12'345", "12345"),
      ("1_500", "1500"), ("1\\,500", "1500"), ("1{,}500", "1500"), ("\\boxed{1{,}500}", "1500"),
      ("1.500,00 €", "1500"), ("1.234.567", "1234567"), ("1 234 567", "1234567"),
      ("1 234,50", "1234.5"), ("1,23,456", "123456"), ("12 345.67", "12345.67"), ("3,50 €", "3.5"),
      ("€3,50", "3.5"), ("1,500.", "1500"), ("1500.00", "1500"),
      ("So 1 500 visitors came.", "1500"),
      ("The total is 72 clips, altogether.", "72"), ("\\boxed{$9{,}500}", "9500"),
      ("1,234,567.89", "1234567.89"), ("１２", "12"), ("١٢", "12"), ("۱۲", "12"), ("१२", "12"),
      ("１，５００", "1500"), ("1.5万", "15000"), ("3億", "300000000"),
    ])
  func thousands(_ answer: String, _ right: String) { #expect(score(answer, right).value == 1) }

  @Test(
    "Signs and money",
    arguments: [
      ("−7", "-7"), ("−½", "-0.5"), ("–7", "-7"), ("x = –7", "-7"), ("x = —7", "-7"),
      ("‑7", "-7"), ("-$7", "-7"), ("$-7", "-7"), ("x is negative 7", "-7"), ("x is minus 7", "-7"),
      ("minus seven", "-7"), ("The answer is negative seven.", "-7"), ("x = - 7", "-7"),
      ("\\boxed{-7}", "-7"), ("x = -\\frac{1}{2}", "-0.5"), ("($1,234.50)", "-1234.5"),
      ("($1,234.50)", "1234.50"), ("$(1,234.50)", "-1234.5"), ("A loss of (1,234.50)", "-1234.5"),
      ("$1,234.50", "1234.5"), ("\\$12", "12"), ("12€", "12"), ("€12", "12"), ("£12", "12"),
      ("¥12", "12"), ("US$12", "12"), ("12 USD", "12"), ("USD 12", "12"), ("12元", "12"),
      ("共12个苹果。", "12"), ("10 minus 7 is 3", "3"), ("“12”", "12"), ("→ 12", "12"), ("≥12", "12"),
      ("The temperature falls to −3 °C.", "-3"),
    ])
  func signs(_ answer: String, _ right: String) { #expect(score(answer, right).value == 1) }

  @Test(
    "Fractions, powers, parts and TeX",
    arguments: [
      ("\\frac{1}{2}", "0.5"), ("\\dfrac12", "0.5"), ("\\frac12", "0.5"), ("\\tfrac{1}{2}", "0.5"),
      ("\\frac1{2}", "0.5"), ("$\\boxed{\\dfrac12}$", "0.5"), ("1\\frac{1}{2}", "1.5"),
      ("1/2", "0.5"), ("1 1/2", "1.5"), ("½", "0.5"), ("1½", "1.5"), ("⅔", "0.67"), ("1⁄2", "0.5"),
      ("50%", "0.5"), ("50 %", "50"), ("50\\%", "50"), ("50 percent", "0.5"), ("3.5e3", "3500"),
      ("3.5 × 10^3", "3500"), ("3.5 \\times 10^{3}", "3500"), ("3.5 × 10³", "3500"),
      ("3.5·10^3", "3500"), ("2 × 10⁻³", "0.002"), ("2^{10}", "1024"), ("2^10", "1024"),
      ("12 cm^2", "12"), ("12\\text{ cm}^{2}", "12"), ("12 cm²", "12"), ("x_{1} = 12", "12"),
      ("\\boxed{12\\text{ apples}}", "12"), ("\\boxed{x = 12}", "12"),
      ("\\boxed{\\textbf{12}}", "12"),
      ("\\boxed{\\$12}", "12"), ("\\fbox{12}", "12"), ("\\boxed{}\n\\boxed{12}", "12"),
      ("\\text{ANSWER: } \\$460", "460"), ("90^\\circ", "90"), ("\\left(12\\right)", "12"),
    ])
  func shares(_ answer: String, _ right: String) { #expect(score(answer, right).value == 1) }

  @Test(
    "The number that is meant, of several",
    arguments: [
      ("The answer is 12, not 15.", "12"), ("It is not 15 but 12.", "12"),
      ("12 rather than 15", "12"), ("She paid 18 dollars (9 eggs x $2).", "18"),
      ("The answer is 12 (3 boxes of 4).", "12"), ("The answer is 12. Check: 4*3=12", "12"),
      ("So it is 12. Let me know if you need 2 more examples.", "12"), ("#### 12", "12"),
      ("**12**", "12"), ("= 12", "12"), ("It costs 12.", "12"), ("Answer: m+n = 5+7 = 12", "12"),
      ("{\"answer\": 12, \"confidence\": 0.9}", "12"), ("{\"answer\": \"1,200\"}", "1200"),
      ("{\"reasoning\": \"3*5=15\", \"answer\": 12}", "12"), ("<answer>12</answer>", "12"),
      ("3*5=15, no.\n<answer>12</answer>\nIs 7 clear?", "12"), ("[ANSWER]12[/ANSWER]", "12"),
      ("答案是12。", "12"), ("答案：12个", "12"), ("Antwort: 12", "12"), ("La respuesta es 12.", "12"),
      ("正解は12です", "12"), ("정답: 12", "12"), ("twelve", "12"), ("twenty one", "21"),
      ("The answer is one hundred and five.", "105"), ("two thousand three hundred", "2300"),
      ("a dozen", "12"), ("The answer is five. Six were eaten.", "6"),
      ("The answer is 18 (9 x 2), because she sells 9 eggs at $2.", "18"),
      ("It takes 18 minutes. (That is 0.3 hours.)", "18"), ("She has 12 eggs left.", "12"),
      ("Answer: 12\n\nExplanation: 3 boxes of 4.", "12"),
      ("The answer is 9. A common wrong answer is 13.", "9"),
      ("x = 7\n\nLet me verify this answer: 2(7)+5 = 19. The equation holds.", "7"),
      ("9 eggs are left. Let me double-check the answer: 9 + 7 = 16.", "9"),
      ("So **x = 7**.\n\n**Check:** 2(7)+5 = 14+5 = 19 ✓", "7"),
      ("x = 7. Let's verify: 2*7+5 = 19.", "7"), ("7\n\nConfidence: 95%", "7"),
      ("The square root of 144 is **12**, since 12 × 12 = 144.", "12"),
      ("Since 3*4 = 12, there are 12 apples.", "12"), ("Check the total: 3 + 4 = 7", "7"),
    ])
  func meant(_ answer: String, _ right: String) {
    let score = score(answer, right)
    #expect(score.value == 1, "\(score)")
  }

  @Test(
    "Lists, differences and ranges are not joined or negated",
    arguments: [
      ("7 8 900", "900", "7"), ("5-3", "3", "-3"), ("10 minus 7", "7", "-7"),
      ("She buys 3 500-gram bags", "500", "3500"), ("pages 3–5", "3", "-5"),
      ("2019 500", "500", "2019500"), ("A dash – 12 in all", "12", "-12"),
      ("- 12 eggs", "12", "-12"),
      ("(12)", "12", "-12"), ("non-negative 7", "7", "-7"), ("1, 500", "500", "1500"),
    ])
  func apart(_ answer: String, _ read: String, _ wrong: String) {
    #expect(score(answer, read).value == 1, "\(score(answer, read))")
    #expect(score(answer, wrong).value == 0)
  }

  @Test("Numbers without end are read without end")
  func huge() {
    for piece in [
      "one hundred ", "hundred ", "1 000", "9", "10^999", "1/", "\\frac", "(", "<answer>",
    ] {
      let answer = String(repeating: piece, count: 2_000)
      #expect(score(answer, "1.5") == score(answer, "1.5"))
    }
  }
}
