import Foundation
import Testing

@testable import Evaluation

@Suite("Explanation")
struct ExplanationTests {
  /// 40 prompts; those with "2024" go online nearly always, others offline nearly always.
  private let texts = (0..<40).map { row in
    row % 2 == 0 ? "Who won in 2024, prompt \(row)" : "Who wrote it, prompt \(row)"
  }
  private let choices = (0..<40).map { row in
    (row % 2 == 0) != (row == 6 || row == 9) ? "online" : "offline"
  }

  @Test("a word that decides is found, with its log odds and interval")
  func found() throws {
    let explanation = Explanation(texts: texts, choices: choices)
    let year = try #require(
      explanation.associations.first { $0.trait == "\"2024\"" && $0.choice == "online" })
    // With the word 19 of 20, without it 1 of 20.
    let expected = log(19.5 * 19.5 / (1.5 * 1.5))
    #expect(year.chosen == 19 && year.prompts == 20)
    #expect(abs(year.logOdds - expected) < 1e-12)
    let error = (2 / 19.5 + 2 / 1.5).squareRoot()
    #expect(abs(year.interval.upper - (expected + 1.959963984540054 * error)) < 1e-9)
    #expect(year.holds)
    let first = try #require(explanation.associations.first { $0.choice == "online" })
    #expect(first.pValue == year.pValue)
  }

  @Test("Fisher's exact test on the lady tasting tea, and on scipy's value of another table")
  func fisher() {
    #expect(abs(Explanation.fisher(3, of: 4, marked: 4, among: 8) - 0.4857142857142857) < 1e-12)
    // scipy.stats.fisher_exact([[1, 9], [11, 3]])
    #expect(
      abs(Explanation.fisher(1, of: 10, marked: 12, among: 24) - 0.0027594561852200836) < 1e-12)
  }

  @Test("words of nearly all or nearly no prompts are passed over, and every try is counted")
  func counted() {
    let explanation = Explanation(texts: texts, choices: choices)
    #expect(!explanation.associations.contains { $0.trait == "\"who\"" || $0.trait == "\"17\"" })
    #expect(explanation.tried == explanation.associations.count)
    #expect(explanation.onlyChoice == nil)
    #expect(Explanation(texts: [], choices: []).associations.isEmpty)
    let alike = Explanation(texts: texts, choices: choices.map { _ in "a" })
    #expect(alike.onlyChoice == "a" && alike.tried == 0 && alike.associations.isEmpty)
  }
}
