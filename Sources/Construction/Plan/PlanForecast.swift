public import Outcomes
import Providers

/// What carrying out a plan will take, before anything is sent.
public struct PlanForecast: Sendable, Hashable {
  /// The forecast of one model and one task.
  public struct Row: Sendable, Hashable {
    /// The model.
    public let model: ModelID
    /// The task.
    public let task: String
    /// Whether it judges answers.
    public var isJudge = false
    /// Answers that are still to be had; each turn of one is a call.
    public var answers = 0
    /// Calls, if none has to be made again.
    public var calls = 0
    /// Tokens to be read, about.
    public var inputTokens = 0
    /// Tokens to be written at most; nil where nothing limits them.
    public var mostOutputTokens: Int? = 0
    /// Dollars for what is read alone; nil where the price is unknown.
    public var leastCost: Double?
    /// Dollars at most, if no call has to be made again; nil where the price or a limit is unknown.
    public var mostCost: Double?
  }

  /// One row a model and task, in the plan's order.
  public let rows: [Row]

  /// Adds up what is left to do.
  ///
  /// - Parameter isDone: Whether the store has an answer of a model (by its place in the plan), a
  ///   question (by its place) and a repeat.
  ///   - judged: How many verdicts the store has, by judge and task.
  public init(
    _ plan: CollectionPlan, items: [PromptItem],
    isDone: (Int, Int, Int) -> Bool = { _, _, _ in false }, judged: [[String]: Int] = [:]
  ) {
    var rows: [Row] = []
    // A task of several subjects is several to outcomes.
    var seen: Set<String> = []
    let tasks = items.map(\.task).filter { seen.insert($0).inserted }
    let places = Dictionary(grouping: items.indices) { items[$0].task }
    for (place, model) in plan.models.enumerated() {
      for task in tasks {
        var row = Row(model: model.id, task: task)
        if model.prices != nil {
          row.leastCost = 0
          row.mostCost = 0
        }
        for index in places[task] ?? [] {
          let item = items[index]
          let left = (0..<plan.repeats).count { !isDone(place, index, $0) }
          if left > 0 { row.add(item, times: left, of: model) }
        }
        rows.append(row)
      }
    }
    for judge in plan.judges {
      for task in tasks {
        let own = (places[task] ?? []).map { items[$0] }.filter { $0.judge == judge.name }
        let row = Row(
          judge, task: task, own, in: plan, done: judged[[judge.name, task], default: 0])
        if row.calls > 0 { rows.append(row) }
      }
    }
    self.rows = rows
  }

  /// Dollars at most in all; nil where any is unknown.
  public var mostCost: Double? {
    rows.reduce(Double?.some(0)) { sum, row in
      guard let sum, let cost = row.mostCost else { return nil }
      return sum + cost
    }
  }
}

extension PlanForecast.Row {
  /// What a judge is still to say of a task's answers.
  ///
  /// The answers are not known yet: the least cost leaves them out, and the most takes them as long as
  /// they can be.
  fileprivate init(
    _ judge: PlannedJudge, task: String, _ items: [PromptItem], in plan: CollectionPlan, done: Int
  ) {
    self.init(model: judge.model.id, task: task, isJudge: true)
    var judged = plan.models
    if case .compare(.model(let name)) = judge.method { judged.removeAll { $0.id.name == name } }
    let longest = plan.models.map(\.mostOutputTokens)
    let shown = judge.method.passes
    let written = judge.model.mostOutputTokens
    (leastCost, mostCost) = (judge.model.prices.map { _ in 0 }, judge.model.prices.map { _ in 0 })
    var (all, tokens, least, most) = (0, 0, 0.0, Double?.some(0))
    for item in items {
      for turn in item.turns.indices {
        let prompt = JudgePrompt(
          item, turn: turn, conversations: [], reference: [], method: judge.method,
          rubric: judge.rubric)
        let request = ChatRequest(
          model: judge.model.remoteName,
          messages: [ChatMessage(.system, prompt.system), ChatMessage(.user, prompt.text)],
          sampling: judge.model.sampling)
        let times = judged.count * plan.repeats * judge.method.passes
        all = all.plus(times)
        tokens = tokens.plus(times.times(request.likelyInputTokens))
        guard let prices = judge.model.prices else { continue }
        least +=
          Double(times)
          * prices.cost(of: TokenUsage(input: request.likelyInputTokens, output: 0))
        let limits = longest.compactMap { $0 }
        guard limits.count == longest.count, let written else {
          most = nil
          continue
        }
        let answers = (limits.max() ?? 0).times((turn + 1) * shown)
        most = most.map {
          $0 + Double(times)
            * prices.mostCost(
              inputTokens: request.mostInputTokens.plus(answers), outputTokens: written)
        }
      }
    }
    // Calls that were made are taken off evenly: they are not told apart here.
    calls = max(0, all - done)
    let share = all > 0 ? Double(calls) / Double(all) : 0
    inputTokens = Int(exactly: (Double(tokens) * share).rounded()) ?? tokens
    mostOutputTokens = written.map { $0.times(calls) }
    leastCost = leastCost.map { _ in least * share }
    mostCost = mostCost.flatMap { _ in most.map { $0 * share } }
  }

  fileprivate mutating func add(_ item: PromptItem, times: Int, of model: PlannedModel) {
    answers = answers.plus(times)
    // Earlier answers are read again with every later turn; how long they are is not known yet.
    for turn in item.turns.indices {
      let request = ChatRequest(
        model: model.remoteName,
        messages: item.messages(answers: [String](repeating: "", count: turn)),
        sampling: model.sampling)
      calls = calls.plus(times)
      inputTokens = inputTokens.plus(times.times(request.likelyInputTokens))
      let written = model.mostOutputTokens
      mostOutputTokens = mostOutputTokens.flatMap { sum in written.map { sum.plus(times.times($0)) }
      }
      guard let prices = model.prices else { continue }
      let least = prices.cost(of: TokenUsage(input: request.likelyInputTokens, output: 0))
      leastCost = leastCost.map { $0 + Double(times) * least }
      let most = written.map { limit in
        // A token that was written has at most so many bytes when it is read again.
        prices.mostCost(
          inputTokens: request.mostInputTokens.plus(turn.times(limit)), outputTokens: limit)
      }
      mostCost = mostCost.flatMap { sum in most.map { sum + Double(times) * $0 } }
    }
  }
}
