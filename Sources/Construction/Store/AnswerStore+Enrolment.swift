import Files
import Foundation
import Outcomes
import Providers

extension AnswerStore {
  /// The store's numbers for what a plan names, and what it has of it.
  struct Enrolment: Sendable {
    let models: [Int64]
    let prompts: [Int64]
    let repeats: Int
    /// One a model, question and repeat, in this order of nesting.
    private var states: [State]
    private let kind: Place.Kind

    /// Nothing is answered yet, until the store is read.
    init(models: [Int64], prompts: [Int64], repeats: Int, kind: Place.Kind = .answer) {
      (self.models, self.prompts, self.repeats, self.kind) = (models, prompts, repeats, kind)
      states = [State](repeating: .missing, count: models.count * prompts.count * repeats)
    }

    /// Where one answer belongs.
    func place(_ model: Int, _ prompt: Int, _ repeated: Int) -> Place {
      Place(model: models[model], prompt: prompts[prompt], repeat: repeated, kind: kind)
    }

    /// Takes from the store what it has.
    mutating func read(in database: SQLiteDatabase) throws {
      let modelPlaces = Dictionary(
        models.enumerated().map { (Int($1), $0) }, uniquingKeysWith: { first, _ in first })
      let promptPlaces = Dictionary(
        prompts.enumerated().map { (Int($1), $0) }, uniquingKeysWith: { first, _ in first })
      for (table, state) in [(kind.errors, State.failed), (kind.table, .answered)] {
        try database.forEachStored(
          [.column("model", .key), .column("prompt", .key), .column("repeat", .count)],
          from: table
        ) { row in
          guard let model = modelPlaces[row.integer(0)], let prompt = promptPlaces[row.integer(1)],
            row.integer(2) < repeats
          else { return }
          states[index(model, prompt, row.integer(2))] = state
        }
      }
    }

    enum State: UInt8, Sendable {
      case missing, answered, failed
    }

    /// The state of one answer.
    func state(_ model: Int, _ prompt: Int, _ repeated: Int) -> State {
      states[index(model, prompt, repeated)]
    }

    private func index(_ model: Int, _ prompt: Int, _ repeated: Int) -> Int {
      (model * prompts.count + prompt) * repeats + repeated
    }
  }

  /// Enters the plan's models and questions.
  ///
  /// - Throws: Where the store has answers that were asked for in another way under the same name.
  func enrol(
    _ plan: CollectionPlan, _ items: [PromptItem]
  ) throws(ConstructionError) -> Enrolment {
    try use { database in
      try database.transaction {
        let models = try plan.models.map {
          try Self.enrol(
            $0.id.name, settings: $0.settings, table: "models", in: database, path: path)
        }
        let prompts = try items.map { try Self.enrol($0, in: database, path: path) }
        var enrolment = Enrolment(models: models, prompts: prompts, repeats: plan.repeats)
        try enrolment.read(in: database)
        return enrolment
      }
    }
  }

  /// Enters a model, or a judge, by its name; one that answered with other settings is refused.
  static func enrol(
    _ name: String, settings: JSONValue, table: String, in database: SQLiteDatabase, path: String
  ) throws -> Int64 {
    let text = String(decoding: settings.bytes, as: UTF8.self)
    let rows = try database.stored(
      [.column("id", .key), .column("settings", .text)], from: "\(table) WHERE name = ?",
      [.text(name)]
    ) { (Int64($0.integer(0)), $0.text(1)) }
    guard let (id, known) = rows.first else {
      try database.run(
        "INSERT INTO \(table) (name, settings) VALUES (?, ?)", [.text(name), .text(text)])
      return try lastID(in: database)
    }
    if known != text, try replaceUnanswered(id, settings: text, table: table, in: database) {
      return id
    }
    guard known == text else {
      let (what, whom) = table == "models" ? ("answers", "model") : ("verdicts", "judge")
      throw ConstructionError(
        "\(path) has \(what) of \(name) that were asked for with other settings: "
          + "\(change(from: known, to: settings)). Put them back, give the \(whom) another "
          + "name, or name another store.")
    }
    return id
  }

  /// Takes other settings for a model that has not answered yet, and forgets its errors, which
  /// were those of its settings before.
  ///
  /// - Returns: Whether it has not answered.
  private static func replaceUnanswered(
    _ id: Int64, settings: String, table: String, in database: SQLiteDatabase
  ) throws -> Bool {
    let kind: Place.Kind = table == "models" ? .answer : .verdict
    let rows = try database.run(
      "SELECT 1 FROM \(kind.table) WHERE model = ? LIMIT 1", [.integer(id)])
    guard rows.isEmpty else { return false }
    try database.run("DELETE FROM \(kind.errors) WHERE model = ?", [.integer(id)])
    try database.run(
      "UPDATE \(table) SET settings = ? WHERE id = ?", [.text(settings), .integer(id)])
    return true
  }

  /// The settings that differ, with both values.
  private static func change(from old: String, to new: JSONValue) -> String {
    guard let old = try? JSONDecoder().decode(JSONValue.self, from: Data(old.utf8)),
      case .object(let before) = old, case .object(let after) = new
    else { return "they cannot be read" }
    func text(_ value: JSONValue?) -> String {
      value.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "nothing"
    }
    return Set(before.keys).union(after.keys).sorted().filter {
      text(before[$0]) != text(after[$0])
    }
    .map { "\($0) was \(text(before[$0])) and is \(text(after[$0]))" }.joined(separator: ", ")
  }

  private static func enrol(
    _ item: PromptItem, in database: SQLiteDatabase, path: String
  ) throws -> Int64 {
    let turns = JSONText.of(item.turns)
    let system = item.system.map { SQLiteValue.text($0) } ?? .null
    let reference = item.reference.map { SQLiteValue.text(JSONText.of($0)) } ?? .null
    let choices = SQLiteValue.text(JSONText.of(item.choices))
    let scorer = item.scorer.map { SQLiteValue.text($0) } ?? .null
    let judge = item.judge.map { SQLiteValue.text($0) } ?? .null
    let key = [.text(item.question), reference, choices, scorer, judge]
    let rows = try database.run(
      """
      SELECT id, turns, system, question, reference, choices, scorer, judge FROM prompts
      WHERE sample_id = ?
      """,
      [.text(item.sampleID)])
    guard let row = rows.first, case .integer(let id) = row[0] else {
      try database.run(
        """
        INSERT INTO prompts
          (sample_id, task, system, turns, question, reference, choices, scorer, judge)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [.text(item.sampleID), .text(item.task), system, .text(turns)] + key)
      return try lastID(in: database)
    }
    guard row[1] == .text(turns), row[2] == system else {
      throw ConstructionError(
        "\(path) has answers to another question with the id \(item.sampleID). Put the question "
          + "back, change its id, or name another store.")
    }
    // What an answer is compared with may be put right without asking again.
    if Array(row[3...]) != key {
      try database.run(
        """
        UPDATE prompts SET question = ?, reference = ?, choices = ?, scorer = ?, judge = ?
        WHERE id = ?
        """,
        key + [.integer(id)])
    }
    return id
  }
}
