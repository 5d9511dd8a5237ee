/// How the published prompts put questions with choices, down to their two spaces before "from".
///
/// - Source: The rows of RouterBench (arXiv:2403.12031), made with OpenAI's evals.
struct ChoiceWording {
  /// What stands before each example; nil for nothing.
  var lead: String?
  /// Whether it stands before the question too.
  var leadsQuestion = false
  /// What stands between the instruction and "Answer:".
  let gap: String

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion]) -> TaskPrompt {
    var text = ""
    for example in examples {
      text += (lead ?? "") + block(example) + "\n" + (example.letter ?? "") + "\n\n"
    }
    if leadsQuestion { text += lead ?? "" }
    return TaskPrompt(turns: [text + block(question)])
  }

  private func block(_ question: TaskQuestion) -> String {
    let labels = Choice.letters.prefix(question.choices.count)
    let lines = Choice.lines(question.choices)
    let letters = labels.map { "\"\($0)\"" }.joined(separator: " or ")
    return "\(question.text)\n\(lines)\nPrint only a single choice  from \(letters) without "
      + "explanation.\(gap)Answer:"
  }
}

extension Choice {
  /// Choices as prompts list them, a line each.
  static func lines(_ texts: [String]) -> String {
    zip(letters, texts).map { "\($0)) \($1)" }.joined(separator: "\n")
  }
}
