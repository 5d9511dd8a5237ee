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
        let names = try database.run("SELECT id, name FROM models ORDER BY id")
        var (models, columns): ([ModelID], [Int64: Int]) = ([], [:])
        for row in names {
          guard case .integer(let id) = row[0], case .text(let name) = row[1] else { continue }
          columns[id] = models.count
          models.append(ModelID(name))
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
    to prompt: Int64, _ columns: [Int64: Int], count: Int, in database: SQLiteDatabase
  ) throws -> [RepeatedAnswers] {
    var cells = [RepeatedAnswers](repeating: RepeatedAnswers(), count: count)
    func number(_ value: SQLiteValue) -> Double? {
      switch value {
      case .integer(let number): Double(number)
      case .real(let number): number
      default: nil
      }
    }
    func text(_ value: SQLiteValue) -> String? {
      if case .text(let text) = value { text } else { nil }
    }
    try database.forEachRow(
      """
      SELECT a.model, a.text, a.finish, a.cost, s.score, a.version, a.is_estimated, a.seconds,
        a.first_byte_seconds, a.input_tokens, a.output_tokens, a.cached_tokens, a.reasoning_tokens,
        (SELECT sum(v.cost) FROM judgements j JOIN verdicts v
          ON v.model = j.judge AND v.prompt = j.id
          WHERE j.model = a.model AND j.prompt = a.prompt AND j.repeat = a.repeat)
      FROM answers a LEFT JOIN scores s
        ON s.model = a.model AND s.prompt = a.prompt AND s.repeat = a.repeat
      WHERE a.prompt = ? ORDER BY a.model, a.repeat
      """, [.integer(prompt)]
    ) { row in
      guard case .integer(let model) = row[0], let column = columns[model] else { return }
      let names = [
        "seconds", "first_byte_seconds", "input_tokens", "output_tokens", "cached_tokens",
        "reasoning_tokens", "judge_cost",
      ]
      var measures: [String: Double] = [:]
      for (index, name) in names.enumerated() { measures[name] = number(row[7 + index]) }
      cells[column].add(
        text: text(row[1]) ?? "", finish: text(row[2]) ?? "", cost: number(row[3]),
        score: number(row[4]), version: text(row[5]), isEstimated: number(row[6]) == 1,
        measures: measures)
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
