import Foundation

/// Word problems of grade school with a number for an answer (GSM8K).
struct GradeSchoolMath: BenchmarkTask {
  let card = TaskCard(
    name: "gsm8k", evalName: "grade-school-math",
    source: "https://github.com/openai/grade-school-math", licence: "MIT",
    citation: "Cobbe et al., Training Verifiers to Solve Math Word Problems, arXiv:2110.14168",
    size: 1_319, split: "test", fewShotCount: 5, scorer: TaskScorers.number,
    forms: [
      "JSON Lines with question and answer, the number after the last '####' (its authors' and "
        + "the hub's)."
    ])
  let columns = ["question", "answer"]
  // The published ids say dev and number the training part; ours of the test part must not be theirs.
  let split = "test"

  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    let answer = try row.text("answer")
    guard let mark = answer.range(of: "####", options: .backwards) else {
      throw row.fault("the answer has no '####' before its number.")
    }
    let number = answer[mark.upperBound...].trimmingCharacters(in: .whitespacesAndNewlines)
    guard number.contains(where: \.isNumber) else {
      throw row.fault("there is no number after '####'.")
    }
    return TaskQuestion(
      text: try row.text("question"), reference: .number(number),
      place: row.place)
  }

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt {
    var system =
      "TASK: Solve the following grade school math problem and provide a numerical answer."
    if !examples.isEmpty {
      system += "\nThe following are examples of grade school math problems and answers:\n"
    }
    for example in examples {
      system += "Question: \(example.text)\nAnswer: \(example.reference?.label ?? "")\n\n"
    }
    return TaskPrompt(system: system, turns: [question.text])
  }
}
