/// Who or what a blank stands for, of two.
struct Winogrande: BenchmarkTask {
  let card = TaskCard(
    name: "winogrande", evalName: "winogrande",
    source: "https://github.com/allenai/winogrande", licence: "CC BY",
    citation: "Sakaguchi et al., WinoGrande: An Adversarial Winograd Schema Challenge at Scale, "
      + "arXiv:1907.10641",
    size: 1_267, split: "dev", fewShotCount: 5, scorer: TaskScorers.choice,
    forms: [
      "JSON Lines with sentence, option1, option2 and answer, 1 or 2 (its authors' and the hub's); "
        + "where the answers stand in a .lst file of one a line, name it under 'answers'.",
      "JSON Lines with context_options, continuation and gold from 0 (partial evaluation); the "
        + "blank is put where the two contexts part, at a word's beginning.",
    ])
  let columns = [
    "sentence", "option1", "option2", "answer", "context_options", "continuation", "gold",
  ]
  let split = "dev"
  let answers: String? = "one number a line, 1 or 2"

  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    if row.optional("context_options") != nil { return try partial(row) }
    let sentence = try row.text("sentence")
    guard sentence.contains("_") else { throw row.fault("the sentence has no blank '_'.") }
    var right: Int?
    if let answer = row.optional("answer") { right = try row.place(answer, among: 2, base: 1) }
    return try row.question(
      sentence, choices: [row.text("option1"), row.text("option2")], right: right)
  }

  private func partial(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    let contexts = try row.texts("context_options")
    guard contexts.count == 2 else {
      throw row.fault("'context_options' needs two contexts; found \(contexts.count).")
    }
    let shared = zip(contexts[0], contexts[1]).prefix { $0 == $1 }.map(\.0)
    let start = shared.lastIndex(of: " ").map { $0 + 1 } ?? 0
    return try row.question(
      String(contexts[0].prefix(start)) + "_ " + row.text("continuation"),
      choices: contexts.map { String($0.dropFirst(start)) },
      right: row.place(row.text("gold"), among: 2))
  }

  func adding(
    answers file: String, to questions: [TaskQuestion]
  ) throws(ConstructionError) -> [TaskQuestion] {
    let lines = try TaskText.lines(file)
    guard lines.count == questions.count else {
      throw ConstructionError(
        "\(file) has \(lines.count) answers for \(questions.count) questions; take the file that "
          + "belongs to them.")
    }
    var answered = questions
    for (index, line) in lines.enumerated() {
      let row = TaskRow(file: file, line: index + 1) { _ in nil }
      answered[index].right = try row.place(line, among: 2, base: 1)
    }
    return answered
  }

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt {
    ChoiceWording(lead: "Please answer with the letter of the correct answer.\n\n", gap: " ")
      .prompt(question, examples: examples)
  }
}
