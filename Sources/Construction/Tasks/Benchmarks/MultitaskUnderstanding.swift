import Foundation
import Outcomes

/// Questions of school, university and work in 57 subjects (MMLU).
struct MultitaskUnderstanding: BenchmarkTask {
  let card = TaskCard(
    name: "mmlu", evalName: "mmlu", source: "https://github.com/hendrycks/test", licence: "MIT",
    citation: "Hendrycks et al., Measuring Massive Multitask Language Understanding, "
      + "arXiv:2009.03300",
    size: 14_042, split: "test", fewShotCount: 5, scorer: TaskScorers.choice,
    forms: [
      "A folder of SUBJECT_test.csv and SUBJECT_dev.csv, at its top or in test and dev, with the "
        + "columns question, four choices and a letter, and no line of names (its authors').",
      "CSV with the names question, choice0 to choice3 and answer from 0 or as a letter.",
      "JSON Lines with question, choices, answer from 0 and subject (the hub's).",
    ])
  let columns = [
    "question", "choice0", "choice1", "choice2", "choice3", "choices", "answer", "subject",
  ]
  let header: [String]? = ["question", "choice0", "choice1", "choice2", "choice3", "answer"]
  // The published ids say val and hold the test part.
  let split = "val"
  // Its authors show the five of the dev part in their order.
  let exampleOrder = ExampleOrder.first
  let subjects = MultitaskUnderstanding.all

  private let wording = ChoiceWording(
    lead: "Please answer with the letter of the correct answer.\n\n", leadsQuestion: true, gap: " ")

  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    let subject = Self.subject(row.optional("subject") ?? Self.stem(of: row.file))
    guard Self.all.contains(subject) else {
      throw row.fault(
        "'\(subject)' is none of the 57 subjects; give a column 'subject', or name the file "
          + "SUBJECT_test.csv.")
    }
    var choices: [String]
    if row.optional("choices") != nil {
      choices = try row.texts("choices")
    } else {
      choices = []
      for place in 0..<4 { choices.append(try row.text("choice\(place)")) }
    }
    let right = try row.place(row.text("answer"), among: choices.count)
    return try row.question(
      row.text("question"), choices: choices, right: right, subject: subject)
  }

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt {
    self.wording.prompt(question, examples: examples)
  }

  /// A subject as outcomes spell it: `high-school-biology`.
  static func subject(_ text: String) -> String {
    text.lowercased().replacing("_", with: "-").replacing(" ", with: "-")
  }

  private static func stem(of file: String) -> String {
    var stem = String(URL(fileURLWithPath: file).lastPathComponent.prefix { $0 != "." })
    for part in ["_test", "_dev", "_val"] where stem.hasSuffix(part) {
      stem.removeLast(part.count)
      break
    }
    return stem
  }

  private static let all = [
    "abstract-algebra", "anatomy", "astronomy", "business-ethics", "clinical-knowledge",
    "college-biology", "college-chemistry", "college-computer-science", "college-mathematics",
    "college-medicine", "college-physics", "computer-security", "conceptual-physics",
    "econometrics", "electrical-engineering", "elementary-mathematics", "formal-logic",
    "global-facts", "high-school-biology", "high-school-chemistry", "high-school-computer-science",
    "high-school-european-history", "high-school-geography",
    "high-school-government-and-politics", "high-school-macroeconomics",
    "high-school-mathematics", "high-school-microeconomics", "high-school-physics",
    "high-school-psychology", "high-school-statistics", "high-school-us-history",
    "high-school-world-history", "human-aging", "human-sexuality", "international-law",
    "jurisprudence", "logical-fallacies", "machine-learning", "management", "marketing",
    "medical-genetics", "miscellaneous", "moral-disputes", "moral-scenarios", "nutrition",
    "philosophy", "prehistory", "professional-accounting", "professional-law",
    "professional-medicine", "professional-psychology", "public-relations", "security-studies",
    "sociology", "us-foreign-policy", "virology", "world-religions",
  ]
}
