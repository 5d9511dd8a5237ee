import Providers

/// Open questions of two turns, for a judge (MT-Bench).
struct MultiTurnBench: BenchmarkTask {
  let card = TaskCard(
    name: "mt-bench", evalName: "mt-bench",
    source: "https://github.com/lm-sys/FastChat/tree/main/fastchat/llm_judge",
    licence: "Apache 2.0",
    citation: "Zheng et al., Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena, "
      + "arXiv:2306.05685",
    size: 80, split: "all", fewShotCount: 0, scorer: TaskScorers.judge,
    forms: [
      "JSON Lines with question_id, turns and at times reference (its authors' question.jsonl); the "
        + "answers of a reference model, with question_id and choices.turns, under 'answers'.",
      "JSON Lines with prompt_id, prompt and reference (the hub's).",
    ])
  let columns = ["question_id", "prompt_id", "turns", "prompt", "reference"]
  let split = "question"
  let answers: String? = "JSON Lines with question_id and choices"

  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    let turns = try row.texts(row.optional("turns") == nil ? "prompt" : "turns")
    guard turns.count == 2, turns.allSatisfy({ !$0.allSatisfy(\.isWhitespace) }) else {
      throw row.fault("a question needs two turns with something in them.")
    }
    let reference = row.optional("reference") == nil ? [] : try row.texts("reference")
    return TaskQuestion(
      id: try row.text("question_id", "prompt_id"), text: turns[0],
      reference: reference.isEmpty ? nil : .answers(reference), laterTurns: [turns[1]],
      place: row.place)
  }

  func adding(
    answers file: String, to questions: [TaskQuestion]
  ) throws(ConstructionError) -> [TaskQuestion] {
    var references: [String: [String]] = [:]
    for row in try TaskRow.read(file, columns: ["question_id", "choices"], of: card) {
      let id = try row.text("question_id")
      guard case .array(let choices) = row.json("choices"), let first = choices.first else {
        throw row.fault("'choices' needs a list of answers with their turns.")
      }
      let turns = try row.texts(first["turns"], under: "choices.turns")
      guard references.updateValue(turns, forKey: id) == nil else {
        throw row.fault("question \(id) is answered twice; keep one.")
      }
    }
    var answered = questions
    for index in answered.indices {
      if let turns = answered[index].id.flatMap({ references.removeValue(forKey: $0) }) {
        answered[index].reference = .answers(turns)
      }
    }
    if let stranger = references.keys.min() {
      throw ConstructionError(
        "\(file) answers question \(stranger), which there is not; take the file that belongs to "
          + "the questions.")
    }
    return answered
  }

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt {
    TaskPrompt(turns: [question.text] + question.laterTurns)
  }
}
