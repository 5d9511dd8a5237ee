public import Providers

/// One question that models are asked, with what its answers are held against.
public struct PromptItem: Sendable, Hashable {
  /// What tells it apart in the whole data set, such as `mmlu-anatomy.test.12`.
  public let sampleID: String
  /// The task that outcomes file it under, such as `mmlu-anatomy`.
  public let task: String
  /// What holds for the whole conversation; nil for nothing.
  public let system: String?
  /// What the user says, examples included; a turn after the first follows the model's answer.
  public let turns: [String]
  /// What is asked, without examples and instructions; scorers read answers in its light.
  public let question: String
  /// What answers are held against; nil where there is nothing.
  public let reference: Reference?
  /// The choices of a multiple-choice question; otherwise none.
  public let choices: [Choice]
  /// How answers are scored; nil for not at all.
  public let scorer: String?
  /// The judge that answers are shown to, by its name in the plan; nil for none.
  public let judge: String?

  /// A question.
  ///
  /// - Parameter question: What is asked, without examples; nil for the turns as they are.
  public init(
    sampleID: String, task: String, system: String? = nil, turns: [String],
    question: String? = nil, reference: Reference? = nil, choices: [Choice] = [],
    scorer: String? = nil, judge: String? = nil
  ) {
    precondition(!turns.isEmpty, "A question has at least one turn.")
    self.sampleID = sampleID
    self.task = task
    self.system = system
    self.turns = turns
    self.question = question ?? turns.joined(separator: "\n")
    self.reference = reference
    self.choices = choices
    self.scorer = scorer
    self.judge = judge
  }

  /// The conversation up to a turn, with the answers so far.
  ///
  /// - Precondition: There are as many answers as turns before it.
  public func messages(answers: [String]) -> [ChatMessage] {
    var messages = system.map { [ChatMessage(.system, $0)] } ?? []
    for (index, turn) in turns.prefix(answers.count + 1).enumerated() {
      messages.append(ChatMessage(.user, turn))
      if index < answers.count { messages.append(ChatMessage(.assistant, answers[index])) }
    }
    return messages
  }
}
