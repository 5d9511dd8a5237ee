/// Which of four endings goes on from a scene.
struct HellaSwag: BenchmarkTask {
  let card = TaskCard(
    name: "hellaswag", evalName: "hellaswag",
    source: "https://github.com/rowanz/hellaswag", licence: "MIT",
    citation: "Zellers et al., HellaSwag: Can a Machine Really Finish Your Sentence?, "
      + "arXiv:1905.07830",
    size: 10_042, split: "validation", fewShotCount: 5, scorer: TaskScorers.choice,
    forms: [
      "JSON Lines with ctx (or ctx_a and ctx_b), endings and label, a number or one in quotes "
        + "(its authors' and the hub's)."
    ])
  let columns = ["ctx", "ctx_a", "ctx_b", "endings", "label"]
  let split = "val"

  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    var text = row.optional("ctx")
    if text == nil {
      text = [try row.text("ctx_a"), row.optional("ctx_b")].compactMap { $0 }
        .joined(separator: " ")
    }
    let endings = try row.texts("endings")
    var right: Int?
    if let label = row.optional("label") { right = try row.place(label, among: endings.count) }
    return try row.question(text ?? "", choices: endings, right: right)
  }

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt {
    ChoiceWording(gap: "\n").prompt(question, examples: examples)
  }
}
