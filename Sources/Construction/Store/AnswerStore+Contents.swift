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
      try database.stored(
        [
          .column("m.name", .text), .column("e.cause", .text), .column("count(*)", .count),
          .column("max(e.message)", .text, of: "e.message"),
        ],
        from: """
          errors e JOIN models m ON m.id = e.model
          GROUP BY m.id, e.cause ORDER BY m.id, count(*) DESC, e.cause
          """
      ) { row in
        ErrorCount(
          model: row.text(0), cause: row.text(1), count: row.integer(2), example: row.text(3))
      }
    }
  }

  /// How often a provider's account of a model's answers was wrong.
  public struct RemarkCount: Sendable, Hashable {
    /// The model's name.
    public let model: String
    /// How many answers are kept in spite of it.
    public let count: Int
    /// What was wrong with one of them.
    public let example: String
  }

  /// What was wrong with accounts of answers that are kept, by model.
  public func remarks() throws(ConstructionError) -> [RemarkCount] {
    try use { database in
      try database.stored(
        [
          .column("m.name", .text), .column("count(*)", .count),
          .column("max(d.remark)", .text, of: "d.remark"),
        ],
        from: """
          answer_details d JOIN models m ON m.id = d.model WHERE d.remark IS NOT NULL
          GROUP BY m.id ORDER BY m.id
          """
      ) { RemarkCount(model: $0.text(0), count: $0.integer(1), example: $0.text(2)) }
    }
  }

  /// Every stored answer on its own, repeats apart, as one JSON object a call of `body`.
  public func forEachAnswer(_ body: (JSONValue) -> Void) throws(ConstructionError) {
    let columns: [(name: String, column: StoredColumn)] = [
      ("sample_id", .column("p.sample_id", .text)), ("eval_name", .column("p.task", .text)),
      ("model_name", .column("m.name", .text)), ("repeat", .column("a.repeat", .count)),
      ("model_response", .column("a.text", .text)),
      ("earlier_responses", .optional("a.earlier", .text)),
      ("finish_reason", .column("a.finish", .text)),
      ("input_tokens", .column("a.input_tokens", .count)),
      ("output_tokens", .column("a.output_tokens", .count)),
      ("cached_tokens", .column("a.cached_tokens", .count)),
      ("reasoning_tokens", .column("a.reasoning_tokens", .count)),
      ("tokens_estimated", .column("a.is_estimated", .count)),
      ("cost", .optional("a.cost", .amount)), ("price_date", .optional("c.date", .text)),
      ("price_source", .optional("c.source", .text)),
      ("model_version", .optional("a.version", .text)),
      ("latency_seconds", .column("a.seconds", .amount)),
      ("first_byte_seconds", .column("a.first_byte_seconds", .amount)),
      ("attempts", .column("a.attempts", .count)), ("time", .column("a.time", .number)),
      ("performance", .optional("s.score", .share)), ("scorer", .optional("s.scorer", .text)),
      ("cache_written_tokens", .optional("d.written", .count)),
      ("cache_written_long_tokens", .optional("d.written_long", .count)),
      ("remark", .optional("d.remark", .text)),
    ]
    // The last ones are rare and are left out where there is nothing to say.
    let always = columns.count - 3
    try use { database in
      try database.forEachStored(
        columns.map(\.column),
        from: """
          answers a JOIN prompts p ON p.id = a.prompt JOIN models m ON m.id = a.model
          LEFT JOIN prices c ON c.id = a.price
          LEFT JOIN scores s ON s.model = a.model AND s.prompt = a.prompt AND s.repeat = a.repeat
          LEFT JOIN answer_details d
            ON d.model = a.model AND d.prompt = a.prompt AND d.repeat = a.repeat
          ORDER BY a.model, a.prompt, a.repeat
          """
      ) { row in
        var members: [String: JSONValue] = [:]
        for (place, value) in row.values.enumerated() where place < always || value != .null {
          members[columns[place].name] = Self.json(value)
        }
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
