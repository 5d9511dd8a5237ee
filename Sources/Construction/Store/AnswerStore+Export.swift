import Files
import Matrices
import Outcomes
import Providers

extension AnswerStore {
  /// The store's graded answers as outcomes.
  ///
  /// - Throws: Where there are no grades.
  public func outcomes(includeResponses: Bool) throws(ConstructionError) -> CollectedOutcomes {
    let path = path
    return try use { database in
      try database.transaction {
        var (models, columns): ([ModelID], [Int: Int]) = ([], [:])
        try database.forEachStored(
          [.column("id", .key), .column("name", .text)], from: "models ORDER BY id"
        ) { row in
          columns[row.integer(0)] = models.count
          models.append(ModelID(row.text(1)))
        }
        var rows: [(item: PromptItem, cells: [RepeatedAnswers])] = []
        var withoutGrade = 0
        for (id, item) in try Self.items(in: database) {
          let cells = try Self.answers(to: id, columns, count: models.count, in: database)
          if cells.contains(where: \.hasScore) {
            rows.append((item, cells))
          } else {
            withoutGrade += 1
          }
        }
        guard !rows.isEmpty else {
          throw ConstructionError(
            "\(path) has no graded answers; run 'routerbench score' on it first.")
        }
        return Self.outcomes(
          models, rows, withoutGrade: withoutGrade, includeResponses: includeResponses)
      }
    }
  }

  private static func answers(
    to prompt: Int64, _ columns: [Int: Int], count: Int, in database: SQLiteDatabase
  ) throws -> [RepeatedAnswers] {
    var cells = [RepeatedAnswers](repeating: RepeatedAnswers(), count: count)
    let measured: [(name: String, column: StoredColumn)] = [
      ("seconds", .column("a.seconds", .amount)),
      ("first_byte_seconds", .column("a.first_byte_seconds", .amount)),
      ("input_tokens", .column("a.input_tokens", .count)),
      ("output_tokens", .column("a.output_tokens", .count)),
      ("cached_tokens", .column("a.cached_tokens", .count)),
      ("reasoning_tokens", .column("a.reasoning_tokens", .count)),
      (
        "judge_cost",
        .optional(
          """
          (SELECT sum(v.cost) FROM judgements j JOIN verdicts v
            ON v.model = j.judge AND v.prompt = j.id
            WHERE j.model = a.model AND j.prompt = a.prompt AND j.repeat = a.repeat)
          """, .amount, of: "v.cost")
      ),
    ]
    try database.forEachStored(
      [
        .column("a.model", .key), .column("a.text", .text), .column("a.finish", .text),
        .optional("a.cost", .amount), .optional("s.score", .share), .optional("a.version", .text),
        .column("a.is_estimated", .count), .column("a.repeat", .count),
      ] + measured.map(\.column),
      from: """
        answers a LEFT JOIN scores s
        ON s.model = a.model AND s.prompt = a.prompt AND s.repeat = a.repeat
        WHERE a.prompt = ? ORDER BY a.model, a.repeat
        """, [.integer(prompt)]
    ) { row in
      guard let column = columns[row.integer(0)] else { return }
      var measures: [String: Double] = [:]
      for (index, measure) in measured.enumerated() {
        measures[measure.name] = row.number(8 + index)
      }
      cells[column].add(
        text: row.text(1), finish: row.text(2), cost: row.number(3), score: row.number(4),
        version: row.optionalText(5), isEstimated: row.integer(6) == 1, measures: measures)
    }
    return cells
  }

  private static func outcomes(
    _ models: [ModelID], _ rows: [(item: PromptItem, cells: [RepeatedAnswers])],
    withoutGrade: Int, includeResponses: Bool
  ) -> CollectedOutcomes {
    func grid(_ value: (RepeatedAnswers) -> Double) -> Grid {
      Grid(rows: rows.count, columns: models.count, values: rows.flatMap { $0.cells.map(value) })
    }
    let table = OutcomeTable(
      models: models, sampleIDs: rows.map(\.item.sampleID), evalNames: rows.map(\.item.task),
      prompts: rows.map { prompt($0.item) }, quality: grid(\.quality), cost: grid(\.cost),
      latency: grid { $0.mean("seconds") }, inputTokens: grid { $0.mean("input_tokens") },
      outputTokens: grid { $0.mean("output_tokens") },
      trueLabels: rows.map(\.item.reference?.label),
      responses: includeResponses
        ? TextGrid(rows.map { $0.cells.map(\.response) }, columns: models.count) : nil)
    return CollectedOutcomes(
      table: table,
      extras: OutcomeExtra.knownNames.map { name in
        OutcomeExtra(name, rows.map { $0.cells.map { $0.extra(name) } })
      }, rowsWithoutGrade: withoutGrade,
      cellsWithoutGrade: rows.reduce(0) { $0 + $1.cells.count { $0.count > 0 && !$0.hasScore } })
  }

  /// One turn as it is; several as the list that `PromptText` takes apart again.
  private static func prompt(_ item: PromptItem) -> String {
    guard item.turns.count > 1 else { return item.turns[0] }
    return String(
      decoding: JSONValue.array(item.turns.map { .string($0) }).bytes, as: UTF8.self)
  }
}
