public import Providers

/// One question that models are asked.
public struct PromptItem: Sendable, Hashable {
  /// What tells it apart in the whole data set.
  public let sampleID: String
  /// The task that it belongs to.
  public let task: String
  /// What holds for the whole conversation; nil for nothing.
  public let system: String?
  /// What the user says; a turn after the first follows the model's answer to the one before.
  public let turns: [String]
  /// The right answer; nil where there is none.
  public let reference: String?
  /// How answers are scored; nil for not at all.
  public let scorer: String?

  /// A question.
  public init(
    sampleID: String, task: String, system: String? = nil, turns: [String],
    reference: String? = nil, scorer: String? = nil
  ) {
    precondition(!turns.isEmpty, "A question has at least one turn.")
    self.sampleID = sampleID
    self.task = task
    self.system = system
    self.turns = turns
    self.reference = reference
    self.scorer = scorer
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
