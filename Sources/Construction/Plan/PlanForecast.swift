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
  public init(
    _ plan: CollectionPlan, items: [PromptItem],
    isDone: (Int, Int, Int) -> Bool = { _, _, _ in false }
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
  fileprivate mutating func add(_ item: PromptItem, times: Int, of model: PlannedModel) {
    answers += times
    // Earlier answers are read again with every later turn; how long they are is not known yet.
    for turn in item.turns.indices {
      let request = ChatRequest(
        model: model.remoteName,
        messages: item.messages(answers: [String](repeating: "", count: turn)),
        sampling: model.sampling)
      calls += times
      inputTokens += times * request.likelyInputTokens
      let written = model.mostOutputTokens
      mostOutputTokens = mostOutputTokens.flatMap { sum in written.map { sum + times * $0 } }
      guard let prices = model.prices else { continue }
      let least = prices.mostCost(inputTokens: request.likelyInputTokens, outputTokens: 0)
      leastCost = leastCost.map { $0 + Double(times) * least }
      let most = written.map { limit in
        // A token that was written has at most so many bytes when it is read again.
        prices.mostCost(
          inputTokens: request.mostInputTokens + turn * limit, outputTokens: limit)
      }
      mostCost = mostCost.flatMap { sum in most.map { sum + Double(times) * $0 } }
    }
  }
}
