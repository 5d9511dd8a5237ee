import Files
import Foundation

extension AnswerStore {
  /// Enters what a judge is to say of the answers that there are.
  ///
  /// - Parameter enrolment: The plan's models and questions.
  /// - Throws: Where the judge judged by other settings under the same name.
  func enrol(
    _ judge: PlannedJudge, of items: [PromptItem], in enrolment: Enrolment,
    models names: [String]
  ) throws(ConstructionError) -> JudgingCourse {
    try use { database in
      try database.transaction {
        let judgeID = try Self.enrol(
          judge.name, settings: judge.settings, table: "judges", in: database, path: path)
        let answers = try Self.answers(in: enrolment, database)
        var baseline: Int?
        if case .compare(.model(let name)) = judge.method { baseline = names.firstIndex(of: name) }
        var calls: [JudgingCourse.Call] = []
        for model in enrolment.models.indices where model != baseline {
          for (place, item) in items.enumerated()
          where item.scorer == JudgeScore.card.name && item.judge == judge.name {
            for repeated in 0..<enrolment.repeats {
              let answer = enrolment.place(model, place, repeated)
              guard answers.contains(answer) else { continue }
              var other: Place?
              switch judge.method {
              case .grade: break
              case .compare(.reference): if !item.hasAnswersForAllTurns { continue }
              case .compare(.model):
                guard let baseline else { continue }
                let same = enrolment.place(baseline, place, repeated)
                other = answers.contains(same) ? same : enrolment.place(baseline, place, 0)
                if let other, !answers.contains(other) { continue }
              }
              for turn in item.turns.indices {
                for pass in 0..<judge.method.passes {
                  calls.append(
                    JudgingCourse.Call(
                      answer: answer, item: place, turn: turn, isSwapped: pass == 1,
                      baseline: other))
                }
              }
            }
          }
        }
        return try Self.course(judge, judgeID, calls, in: database)
      }
    }
  }

  /// The answers that the store has of a plan's models and questions.
  private static func answers(
    in enrolment: Enrolment, _ database: SQLiteDatabase
  ) throws -> Set<Place> {
    var found: Set<Place> = []
    try database.forEachStored(
      [.column("model", .key), .column("prompt", .key), .column("repeat", .count)], from: "answers"
    ) { row in
      found.insert(
        Place(
          model: Int64(row.integer(0)), prompt: Int64(row.integer(1)), repeat: row.integer(2)))
    }
    return found
  }

  private static func course(
    _ judge: PlannedJudge, _ judgeID: Int64, _ calls: [JudgingCourse.Call],
    in database: SQLiteDatabase
  ) throws -> JudgingCourse {
    var ids: [Int64] = []
    for call in calls {
      let key: [SQLiteValue] =
        [.integer(judgeID)] + call.answer.values
        + [.integer(Int64(call.turn)), .integer(call.isSwapped ? 1 : 0)]
      let known = try database.run(
        """
        SELECT id FROM judgements WHERE judge = ? AND model = ? AND prompt = ? AND repeat = ?
        AND turn = ? AND is_swapped = ?
        """, key)
      if case .integer(let id)? = known.first?.first {
        ids.append(id)
      } else {
        try database.run(
          """
          INSERT INTO judgements (judge, model, prompt, repeat, turn, is_swapped)
          VALUES (?, ?, ?, ?, ?, ?)
          """, key)
        ids.append(try lastID(in: database))
      }
    }
    var enrolment = Enrolment(models: [judgeID], prompts: ids, repeats: 1, kind: .verdict)
    try enrolment.read(in: database)
    return JudgingCourse(judge: judge, calls: calls, enrolment: enrolment)
  }

  /// A model's answers to all turns of a question.
  func texts(of place: Place) throws(ConstructionError) -> [String] {
    try use { database in
      let rows = try database.stored(
        [.column("text", .text), .optional("earlier", .text)],
        from: "answers WHERE model = ? AND prompt = ? AND repeat = ?", place.values
      ) { ($0.text(0), $0.optionalText(1)) }
      guard let (last, earlier) = rows.first else {
        throw ConstructionError("An answer that was to be judged is not in the store any more.")
      }
      guard let earlier else { return [last] }
      guard let texts = JSONText.value([String].self, of: earlier) else {
        throw ConstructionError.damaged(
          path, "earlier in its table answers is no list of texts")
      }
      return texts + [last]
    }
  }

  /// What judges have cost in dollars, where their prices are known.
  public func judgingCost() throws(ConstructionError) -> Double {
    try use { database in
      var sum = 0.0
      try database.forEachStored([.optional("cost", .amount)], from: "verdicts") {
        sum += $0.number(0) ?? 0
      }
      return sum
    }
  }

  /// How many verdicts there are, by judge and task.
  func judged() throws(ConstructionError) -> [[String]: Int] {
    try use { database in
      var counts: [[String]: Int] = [:]
      try database.forEachStored(
        [.column("n.name", .text), .column("p.task", .text), .column("count(*)", .count)],
        from: """
          verdicts v JOIN judgements j ON j.id = v.prompt JOIN judges n ON n.id = v.model
          JOIN prompts p ON p.id = j.prompt GROUP BY 1, 2
          """
      ) { counts[[$0.text(0), $0.text(1)]] = $0.integer(2) }
      return counts
    }
  }

  /// What each judge is asked, by its name.
  static func judges(in database: SQLiteDatabase) throws -> [String: JudgeMethod] {
    struct Settings: Decodable { let method: String }
    var methods: [String: JudgeMethod] = [:]
    try database.forEachStored(
      [.column("name", .text), .column("settings", .text)], from: "judges"
    ) { row in
      guard let settings = JSONText.value(Settings.self, of: row.text(1)),
        let method = JSONText.value(JudgeMethod.self, of: settings.method)
      else {
        throw ConstructionError.damaged(
          database.path, "settings in its table judges are not those of a judge")
      }
      methods[row.text(0)] = method
    }
    return methods
  }

  /// What a judge said of one answer.
  static func verdicts(
    by judge: String, model: SQLiteValue, prompt: Int64, repeated: SQLiteValue,
    in database: SQLiteDatabase
  ) throws -> [JudgeScore.Verdict] {
    try database.stored(
      [.column("j.turn", .count), .column("j.is_swapped", .count), .column("v.text", .text)],
      from: """
        judgements j JOIN verdicts v ON v.model = j.judge AND v.prompt = j.id
        JOIN judges n ON n.id = j.judge
        WHERE n.name = ? AND j.model = ? AND j.prompt = ? AND j.repeat = ?
        ORDER BY j.turn, j.is_swapped
        """, [.text(judge), model, .integer(prompt), repeated]
    ) { row in
      JudgeScore.Verdict(
        turn: row.integer(0), isSwapped: row.integer(1) == 1, text: row.text(2))
    }
  }
}

extension PromptItem {
  /// Whether there is a reference answer to every turn.
  var hasAnswersForAllTurns: Bool {
    switch reference {
    case .answers(let texts): texts.count >= turns.count
    case .text, .alternatives, .number, .choice: turns.count == 1
    case .tests, nil: false
    }
  }
}
