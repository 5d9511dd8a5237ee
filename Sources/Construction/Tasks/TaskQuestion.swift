import Prompts

/// One question of a task's file, before examples and wording.
struct TaskQuestion: Sendable, Hashable {
  /// What tells it apart within its split; nil for its place among its subject's, from 0.
  var id: String?
  /// The subject that it belongs to, where a task has several.
  var subject: String?
  /// What is asked.
  var text: String
  /// The choices, in the file's order; none where the answer is free.
  var choices: [String] = []
  /// The place of the right choice, from 0; nil where its file does not say.
  var right: Int?
  /// What answers are held against, where there are no choices.
  var reference: Reference?
  /// What the user says after the model's answers.
  var laterTurns: [String] = []
  /// Where it stands, for sentences.
  let place: String

  /// The same for the same question, whatever its spaces, its case and the order of its choices.
  var identity: String {
    ([text] + laterTurns).map(normalisedPrompt).joined(separator: "\n") + "\u{0}"
      + choices.map(normalisedPrompt).sorted().joined(separator: "\u{0}")
  }

  /// The same question with its choices in another order, given as places in the old one.
  func reordered(_ order: [Int]) -> TaskQuestion {
    var question = self
    question.choices = order.map { choices[$0] }
    question.right = right.flatMap { order.firstIndex(of: $0) }
    return question
  }

  /// The letter of the right choice.
  var letter: String? { right.map { Choice.letters[$0] } }
}
