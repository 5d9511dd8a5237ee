/// The calls that one judge is asked: which answers, which turns, in which order.
struct JudgingCourse: Sendable {
  /// One call.
  struct Call: Sendable, Hashable {
    let answer: AnswerStore.Place
    /// The question's place in the plan.
    let item: Int
    let turn: Int
    let isSwapped: Bool
    /// The answer that it is compared with; nil to grade, or to compare with the reference.
    let baseline: AnswerStore.Place?
  }

  let judge: PlannedJudge
  let calls: [Call]
  let enrolment: AnswerStore.Enrolment

  /// What the judge is asked in one call, read out of the store as it is needed.
  func item(
    _ index: Int, items: [PromptItem], store: AnswerStore
  ) throws(ConstructionError) -> PromptItem {
    let call = calls[index]
    let item = items[call.item]
    let answers = try store.texts(of: call.answer).prefix(call.turn + 1).map {
      GivenAnswer($0).text
    }
    var reference = [String]()
    if case .answers(let texts) = item.reference { reference = texts }
    if let texts = item.reference?.texts, item.turns.count == 1 {
      reference = [texts.joined(separator: "\n")]
    }
    var conversations = [JudgePrompt.Conversation(name: "answer", answers: answers)]
    if case .compare(let baseline) = judge.method {
      var others = reference
      if let place = call.baseline {
        others = try store.texts(of: place).map { GivenAnswer($0).text }
      }
      // The reference is one of the two here, and not also the measure of both.
      if baseline == .reference { reference = [] }
      let pair = call.isSwapped ? [others, answers] : [answers, others]
      conversations = zip(["answer A", "answer B"], pair).map { name, answers in
        JudgePrompt.Conversation(name: name, answers: Array(answers.prefix(call.turn + 1)))
      }
    }
    let prompt = JudgePrompt(
      item, turn: call.turn, conversations: conversations, reference: reference,
      method: judge.method, rubric: judge.rubric)
    return PromptItem(
      sampleID: item.sampleID, task: item.task, system: prompt.system, turns: [prompt.text])
  }
}
