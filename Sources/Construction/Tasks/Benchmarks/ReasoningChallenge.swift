import Providers

/// Questions of school science that need reasoning (ARC-Challenge).
struct ReasoningChallenge: BenchmarkTask {
  let card = TaskCard(
    name: "arc-challenge", evalName: "arc-challenge",
    source: "https://allenai.org/data/arc", licence: "CC BY-SA 4.0",
    citation: "Clark et al., Think you have Solved Question Answering?, arXiv:1803.05457",
    size: 1_172, split: "test", fewShotCount: 5, scorer: TaskScorers.choice,
    forms: [
      "JSON Lines with question.stem, question.choices and answerKey (its authors').",
      "JSON Lines with question, choices.text, choices.label and answerKey (the hub's); labels may "
        + "be letters or numbers.",
      "JSON Lines with query, choices and gold from 0 (as partial evaluations keep it; it has "
        + "four choices throughout, where the authors' has three or five at times).",
    ])
  let columns = ["question", "choices", "answerKey", "query", "gold"]
  let split = "test"

  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    if let query = row.optional("query") {
      let choices = try row.texts("choices")
      let lead = "Question: "
      return try row.question(
        query.hasPrefix(lead) ? String(query.dropFirst(lead.count)) : query, choices: choices,
        right: row.place(row.text("gold"), among: choices.count))
    }
    if let question = row.json("question"), case .string(let stem) = question["stem"] {
      guard case .array(let choices) = question["choices"] else {
        throw row.fault("'question.choices' needs a list of label and text.")
      }
      return try self.question(
        row, stem, texts: row.texts(.array(choices.map { $0["text"] ?? .null }), under: "text"),
        labels: row.texts(.array(choices.map { $0["label"] ?? .null }), under: "label"))
    }
    let choices = row.json("choices")
    return try self.question(
      row, row.text("question"), texts: row.texts(choices?["text"], under: "choices.text"),
      labels: row.texts(choices?["label"], under: "choices.label"))
  }

  private func question(
    _ row: TaskRow, _ stem: String, texts: [String], labels: [String]
  ) throws(ConstructionError) -> TaskQuestion {
    guard texts.count == labels.count else {
      throw row.fault("there are \(texts.count) choices and \(labels.count) labels.")
    }
    let key = try row.text("answerKey")
    guard let right = labels.firstIndex(of: key) else {
      throw row.fault(
        "the answerKey '\(key)' is none of the labels \(labels.joined(separator: ", ")).")
    }
    return try row.question(stem, choices: texts, right: right)
  }

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt {
    ChoiceWording(gap: "\n").prompt(question, examples: examples)
  }
}
