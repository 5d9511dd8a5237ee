import Files
import Foundation
import Providers

extension AnswerStore {
  /// What scoring came to.
  public struct Scoring: Sendable, Hashable {
    /// Answers that got a grade.
    public var scored = 0
    /// Answers that their scorer gave none.
    public var ungraded = 0
    /// Answers to questions that name no scorer.
    public var withoutScorer = 0
  }

  /// Grades all stored answers anew; nothing is asked.
  ///
  /// - Throws: Where a question names a scorer that is not among these.
  public func score(with scorers: [any Scorer]) throws(ConstructionError) -> Scoring {
    let known = Dictionary(
      scorers.map { ($0.card.name, $0) }, uniquingKeysWith: { first, _ in first })
    return try use { database in
      try database.transaction {
        var scoring = Scoring()
        try database.run("DELETE FROM scores")
        for (id, item) in try Self.items(in: database) {
          let answers = try database.run(
            "SELECT model, repeat, text FROM answers WHERE prompt = ?", [.integer(id)])
          guard let name = item.scorer else {
            scoring.withoutScorer += answers.count
            continue
          }
          guard let scorer = known[name] else {
            throw ConstructionError(
              "The questions of \(item.task) name the scorer '\(name)', which there is not; known "
                + "are \(known.keys.sorted().joined(separator: ", ")).")
          }
          for row in answers {
            guard case .text(let text) = row[2] else { continue }
            let score = scorer.score(answer: text, item: item)
            if score.value == nil { scoring.ungraded += 1 } else { scoring.scored += 1 }
            try Self.insert(score, by: name, of: row[0], to: id, row[1], in: database)
          }
        }
        return scoring
      }
    }
  }

  private static func insert(
    _ score: Score, by scorer: String, of model: SQLiteValue, to prompt: Int64,
    _ repeated: SQLiteValue, in database: SQLiteDatabase
  ) throws {
    try database.run(
      """
      INSERT INTO scores (model, prompt, repeat, scorer, score, reason, rule, extract)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        model, .integer(prompt), repeated, .text(scorer), score.value.map { .real($0) } ?? .null,
        score.reason.map { .text($0) } ?? .null, .text(score.extraction.rule),
        .text(score.extraction.text),
      ])
  }

  /// The stored questions by their numbers, in the order in which they were entered.
  static func items(in database: SQLiteDatabase) throws -> [(id: Int64, item: PromptItem)] {
    var items: [(Int64, PromptItem)] = []
    func text(_ value: SQLiteValue) -> String? {
      if case .text(let text) = value { text } else { nil }
    }
    for row in try database.run(
      """
      SELECT id, sample_id, task, system, turns, question, reference, choices, scorer FROM prompts ORDER BY id
      """)
    {
      guard case .integer(let id) = row[0], let turns = text(row[4]),
        let list = JSONText.value([String].self, of: turns), !list.isEmpty,
        let choices = text(row[7]).flatMap({ JSONText.value([Choice].self, of: $0) })
      else { throw ConstructionError("A question in the store cannot be read; it is damaged.") }
      items.append(
        (
          id,
          PromptItem(
            sampleID: text(row[1]) ?? "", task: text(row[2]) ?? "", system: text(row[3]),
            turns: list, question: text(row[5]),
            reference: text(row[6]).flatMap { JSONText.value(Reference.self, of: $0) },
            choices: choices, scorer: text(row[8]))
        ))
    }
    return items
  }
}
