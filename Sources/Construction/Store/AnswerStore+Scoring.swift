import Files
import Foundation
public import Parallelism
import Providers

extension AnswerStore {
  /// An answer that is to be scored.
  private struct StoredAnswer {
    let model: SQLiteValue
    let name: String
    /// The model's place among the store's.
    let place: Int
    let repeated: SQLiteValue
    let text: String
  }

  /// Scores all stored answers anew; nothing is asked. Either all scores are replaced or none.
  ///
  /// - Parameters:
  ///   - scorers: Those that may be run; questions of other known scorers stay without scores.
  ///   - progress: Told the share that is done, now and then.
  /// - Throws: Where a question names a scorer that there is not.
  public func score(
    with scorers: [any Scorer], threads: Threads = .machine,
    progress: (Double) -> Void = { _ in }
  ) throws(ConstructionError) -> Scoring {
    let runnable = Dictionary(
      scorers.map { ($0.card.name, $0) }, uniquingKeysWith: { first, _ in first })
    return try use { database in
      try database.transaction {
        var scoring = Scoring()
        var places: [SQLiteValue: Int] = [:]
        try database.forEachStored(
          [.column("id", .key), .column("name", .text)], from: "models ORDER BY id"
        ) { row in
          places[row.values[0]] = scoring.models.count
          scoring.models.append(Scoring.ModelAnswers(model: row.text(1)))
        }
        try database.run("DELETE FROM scores")
        let items = try Self.items(in: database)
        let judges = try Self.judges(in: database)
        for (index, (id, item)) in items.enumerated() {
          progress(Double(index) / Double(items.count))
          var answers: [StoredAnswer] = []
          try database.forEachStored(
            [
              .column("model", .key), .column("repeat", .count), .column("text", .text),
              .column("finish", .text),
            ], from: "answers WHERE prompt = ? ORDER BY model, repeat", [.integer(id)]
          ) { row in
            guard let place = places[row.values[0]] else { return }
            let text = row.text(2)
            answers.append(
              StoredAnswer(
                model: row.values[0], name: scoring.models[place].model, place: place,
                repeated: row.values[1], text: text))
            scoring.models[place].answers += 1
            if let refusal = Refusal.kind(of: text) {
              scoring.models[place].refusals[refusal, default: 0] += 1
            }
            if row.values[3] == .text(FinishReason.length.word) {
              scoring.models[place].cutOff += 1
            }
          }
          guard let name = item.scorer else {
            scoring.withoutScorer += answers.count
            continue
          }
          if name == JudgeScore.card.name {
            for answer in answers {
              let score = try Self.judged(answer, id, item, judges, in: database)
              scoring.add(score, task: item.task, scorer: name, model: answer.place)
              try Self.insert(
                score, by: name, of: answer.model, to: id, answer.repeated, in: database)
            }
            continue
          }
          guard let scorer = runnable[name] else {
            try Self.requireKnown(name, of: item)
            scoring.notRun[name, default: 0] += answers.count
            continue
          }
          let texts = answers.map(\.text)
          let scores = threads.map(count: texts.count) { index in
            scorer.score(answer: texts[index], item: item)
          }
          for (answer, score) in zip(answers, scores) {
            scoring.add(score, task: item.task, scorer: name, model: answer.place)
            try Self.insert(
              score, by: name, of: answer.model, to: id, answer.repeated, in: database)
          }
        }
        scoring.readings = Self.ordered(scoring.readings)
        return scoring
      }
    }
  }

  /// The score that a judge's stored verdicts come to.
  private static func judged(
    _ answer: StoredAnswer, _ prompt: Int64, _ item: PromptItem, _ judges: [String: JudgeMethod],
    in database: SQLiteDatabase
  ) throws -> Score {
    guard let judge = item.judge else {
      return .unscorable(
        "\(item.task) has no judge; name one under 'judges' in the plan and run 'collect' again.")
    }
    guard let method = judges[judge] else {
      return .unscorable("\(judge) has judged nothing yet; run 'collect' again.")
    }
    switch method {
    case .grade: break
    case .compare(.model(answer.name)):
      return Score(.value(0.5), extraction: Extraction(rule: "baseline", text: ""))
    case .compare(.model): break
    case .compare(.reference):
      guard item.hasAnswersForAllTurns else {
        return .unscorable(
          "Questions of \(item.task) without a reference answer cannot be compared with one.")
      }
    }
    let verdicts = try Self.verdicts(
      by: judge, model: answer.model, prompt: prompt, repeated: answer.repeated, in: database)
    return JudgeScore.score(verdicts, turns: item.turns.count, method: method, judge: judge)
  }

  private static func requireKnown(_ name: String, of item: PromptItem) throws {
    let known = Scorers.cards.map(\.name)
    if known.contains(name) { return }
    throw ConstructionError(
      "The questions of \(item.task) name the scorer '\(name)', which there is not; known are "
        + "\(known.joined(separator: ", ")).")
  }

  /// Tasks as they come, and within each the rules that read most first.
  private static func ordered(_ readings: [Scoring.Reading]) -> [Scoring.Reading] {
    var tasks: [String: Int] = [:]
    for reading in readings where tasks[reading.task] == nil { tasks[reading.task] = tasks.count }
    return readings.enumerated().sorted { first, second in
      let own = (tasks[first.element.task] ?? 0, -first.element.count, first.offset)
      return own < (tasks[second.element.task] ?? 0, -second.element.count, second.offset)
    }.map(\.element)
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
    try database.stored(
      [
        .column("id", .key), .column("sample_id", .text), .column("task", .text),
        .optional("system", .text), .column("turns", .text), .column("question", .text),
        .optional("reference", .text), .column("choices", .text), .optional("scorer", .text),
        .optional("judge", .text),
      ], from: "prompts ORDER BY id"
    ) { row -> (id: Int64, item: PromptItem) in
      func unreadable(_ column: String) -> ConstructionError {
        .damaged(database.path, "\(column) in its table prompts cannot be read")
      }
      guard let turns = JSONText.value([String].self, of: row.text(4)), !turns.isEmpty else {
        throw unreadable("turns")
      }
      guard let choices = JSONText.value([Choice].self, of: row.text(7)) else {
        throw unreadable("choices")
      }
      let reference = try row.optionalText(6).map { text in
        guard let value = JSONText.value(Reference.self, of: text) else {
          throw unreadable("reference")
        }
        return value
      }
      return (
        Int64(row.integer(0)),
        PromptItem(
          sampleID: row.text(1), task: row.text(2), system: row.optionalText(3), turns: turns,
          question: row.text(5), reference: reference, choices: choices,
          scorer: row.optionalText(8), judge: row.optionalText(9))
      )
    }
  }
}
