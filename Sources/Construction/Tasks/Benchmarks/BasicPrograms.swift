/// Short programs in Python from a sentence (MBPP).
struct BasicPrograms: BenchmarkTask {
  let card = TaskCard(
    name: "mbpp", evalName: "mbpp",
    source: "https://github.com/google-research/google-research/tree/master/mbpp",
    licence: "CC BY 4.0",
    citation: "Austin et al., Program Synthesis with Large Language Models, arXiv:2108.07732",
    size: 974, split: "all (its sanitized part has 427)", fewShotCount: 0,
    scorer: TaskScorers.code,
    forms: [
      "JSON Lines with text, task_id, test_list and test_setup_code (its authors'); challenge tests "
        + "are passed over.",
      "A JSON array with prompt, task_id, test_list and test_imports (the sanitized part).",
    ])
  let columns = ["text", "prompt", "task_id", "test_list", "test_setup_code", "test_imports"]
  let split = "task"
  // The published prompt is the sentence alone, so no answer can know the name that tests call.
  let wordings = ["tests", "published"]

  func question(_ row: TaskRow) throws(ConstructionError) -> TaskQuestion {
    let tests = try row.texts("test_list")
    guard !tests.isEmpty else { throw row.fault("'test_list' has no tests.") }
    var setUp = row.optional("test_setup_code") ?? ""
    if row.optional("test_imports") != nil {
      setUp = try row.texts("test_imports").joined(separator: "\n")
    }
    return TaskQuestion(
      id: try row.text("task_id"), text: try row.text("text", "prompt"),
      reference: .tests(CodeTests(setUp: setUp, assertions: tests)), place: row.place)
  }

  func prompt(_ question: TaskQuestion, examples: [TaskQuestion], wording: String) -> TaskPrompt {
    guard wording == "tests", case .tests(let tests) = question.reference else {
      return TaskPrompt(turns: [question.text])
    }
    let lines = tests.assertions.joined(separator: "\n")
    return TaskPrompt(turns: [
      "You are an expert Python programmer, and here is your task: \(question.text) Your code should "
        + "pass these tests:\n\n\(lines)\n"
    ])
  }
}
