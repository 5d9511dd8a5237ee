import Files
import Outcomes
public import Providers

extension AnswerStore {
  /// How often one thing went wrong with one model.
  public struct ErrorCount: Sendable, Hashable {
    /// The model's name.
    public let model: String
    /// What went wrong.
    public let cause: String
    /// How many calls are without an answer for it.
    public let count: Int
    /// What the provider said the last time.
    public let example: String
  }

  /// The errors that stand, by model and cause.
  public func errors() throws(ConstructionError) -> [ErrorCount] {
    try use { database in
      try database.run(
        """
        SELECT m.name, e.cause, count(*), max(e.message) FROM errors e JOIN models m ON m.id = e.model
        GROUP BY m.id, e.cause ORDER BY m.id, count(*) DESC, e.cause
        """
      ).compactMap { row in
        guard case .text(let model) = row[0], case .text(let cause) = row[1],
          case .integer(let count) = row[2], case .text(let example) = row[3]
        else { return nil }
        return ErrorCount(model: model, cause: cause, count: Int(count), example: example)
      }
    }
  }

  /// Every stored answer on its own, repeats apart, as one JSON object a call of `body`.
  public func forEachAnswer(_ body: (JSONValue) -> Void) throws(ConstructionError) {
    let names = [
      "sample_id", "eval_name", "model_name", "repeat", "model_response", "earlier_responses",
      "finish_reason", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens",
      "tokens_estimated", "cost", "price_date", "price_source", "model_version",
      "latency_seconds", "first_byte_seconds", "attempts", "time", "performance", "scorer",
    ]
    try use { database in
      try database.forEachRow(
        """
        SELECT p.sample_id, p.task, m.name, a.repeat, a.text, a.earlier, a.finish, a.input_tokens,
          a.output_tokens, a.cached_tokens, a.reasoning_tokens, a.is_estimated, a.cost, c.date,
          c.source, a.version, a.seconds, a.first_byte_seconds, a.attempts, a.time, s.score, s.scorer
        FROM answers a JOIN prompts p ON p.id = a.prompt JOIN models m ON m.id = a.model
          LEFT JOIN prices c ON c.id = a.price
          LEFT JOIN scores s ON s.model = a.model AND s.prompt = a.prompt AND s.repeat = a.repeat
        ORDER BY a.model, a.prompt, a.repeat
        """
      ) { row in
        var members: [String: JSONValue] = [:]
        for (name, value) in zip(names, row) { members[name] = Self.json(value) }
        body(.object(members))
      }
    }
  }

  private static func json(_ value: SQLiteValue) -> JSONValue {
    switch value {
    case .null, .blob: .null
    case .integer(let number): .integer(Int(number))
    case .real(let number): .number(number)
    case .text(let text): .string(text)
    }
  }
}
