import Providers

/// Queries that need a search, with true answers (RAG); the paper's own are not public.
struct RetrievalQuestions: BenchmarkTask {
  let card = TaskCard(
    name: "rag", evalName: "rag", source: "your own queries; the paper's are not public",
    licence: "that of your file", citation: "Hu et al., RouterBench, arXiv:2403.12031, section 4.2",
    size: nil, split: "all", fewShotCount: 0, scorer: TaskScorers.contains,
    forms: [
      "CSV or JSON Lines with query (or question), answer (or a JSON list under answers) and at "
        + "times id."
    ])
  let columns = ["id", "query", "question", "answer", "answers"]
  let split = "query"

  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    let reference: Reference
    if row.optional("answers") != nil {
      let answers = try row.texts("answers")
      guard !answers.isEmpty, answers.allSatisfy({ !$0.allSatisfy(\.isWhitespace) }) else {
        throw row.fault("'answers' needs at least one answer, none of them empty.")
      }
      reference = .alternatives(answers)
    } else {
      reference = .text(try row.text("answer"))
    }
    return TaskQuestion(
      id: row.optional("id"), text: try row.text("query", "question"),
      reference: reference, place: row.place)
  }

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt {
    TaskPrompt(turns: [question.text])
  }
}
