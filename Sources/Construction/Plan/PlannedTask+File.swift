import Outcomes
import Prompts

extension PlannedTask {
  /// The questions of a user's own file, in its order.
  func questions(of source: QuestionFile) throws(ConstructionError) -> PlannedQuestions {
    let rows = try QuestionRows(source, file: source.file, task: name, needsID: true)
    var pool: ExamplePool<QuestionRow>?
    if examples.count > 0 {
      var all: [QuestionRow] = []
      for file in examples.files {
        all += try QuestionRows(source, file: file, task: name, needsID: false).rows
      }
      pool = ExamplePool(
        all, part: examples.files.joined(separator: ", "), order: examples.order, seed: seed,
        identity: \.identity)
    }
    var questions = PlannedQuestions()
    var shared = 0
    for place in selected(rows.rows.map(\.identity)) {
      let row = rows.rows[place]
      var turns = row.turns
      if let pool {
        if pool.contains(row.identity) { shared += 1 }
        let shown = try pool.examples(examples.count, before: row.identity)
        turns[0] = (shown.map(\.example) + [turns[0]]).joined(separator: "\n\n")
      }
      questions.items.append(
        PromptItem(
          sampleID: "\(name).\(row.id)", task: name, system: source.system, turns: turns,
          question: row.turns.joined(separator: "\n"), reference: row.reference,
          choices: row.choices, scorer: scorer, judge: judge))
    }
    questions.remarks = remark(shared: shared, of: questions.items.count)
    return questions
  }
}

/// A row of a user's own file with its templates filled.
private struct QuestionRow: Sendable {
  let id: String
  let turns: [String]
  let example: String
  let reference: Reference?
  let choices: [Choice]

  /// The same for the same question, whatever its spaces and its case.
  var identity: String { turns.map(normalisedPrompt).joined(separator: "\n") }
}

private struct QuestionRows {
  private(set) var rows: [QuestionRow] = []

  init(
    _ source: QuestionFile, file: String, task: String, needsID: Bool
  ) throws(ConstructionError) {
    var templates: [PromptTemplate] = []
    for turn in source.turns { templates.append(try PromptTemplate(turn)) }
    let example = try source.example.map { text throws(ConstructionError) in
      try PromptTemplate(text)
    }
    // Made of the choices and the right one, unless the file has columns of these names.
    let made = source.choices.isEmpty ? [] : ["choices", "label"]
    let id = needsID ? source.id : nil
    let wanted =
      (templates + [example].compactMap { $0 }).flatMap(\.columns)
      + [id, source.reference].compactMap { $0 } + source.choices
    let records: RecordFile
    do throws(OutcomesError) { records = try RecordFile.read(file, wanted: wanted) } catch {
      throw ConstructionError(error.description)
    }
    for column in wanted where !records.columns.contains(column) && !made.contains(column) {
      throw ConstructionError(
        "\(file) has no column '\(column)', which task \(task) needs; add it, or name another in "
          + "the plan.")
    }
    var seen: Set<String> = []
    for record in records.records {
      func fault(_ sentence: String) -> ConstructionError {
        ConstructionError("\(file), row \(record.row): \(sentence)")
      }
      var texts: [String] = []
      for column in source.choices {
        guard let text = records.text(record, column), !text.isEmpty else {
          throw fault("the choice '\(column)' is empty; fill it.")
        }
        texts.append(text)
      }
      let choices = Choice.lettered(texts)
      let right = source.reference.flatMap { records.text(record, $0) }
      let reference: Reference?
      do throws(ConstructionError) {
        reference = try right.map { text throws(ConstructionError) in
          try Self.reference(text, source.referenceKind, choices)
        }
      } catch { throw fault(error.description) }
      func cell(_ column: String) -> String? {
        if let text = records.text(record, column) { return text }
        if made.contains(column), !records.columns.contains(column) {
          return column == "choices" ? Choice.lines(texts) : reference?.label
        }
        return nil
      }
      let turns = templates.compactMap { $0.text(cell) }
      guard turns.count == templates.count, turns.allSatisfy({ !$0.isEmpty }) else {
        throw fault("a cell that the prompt needs is empty; fill it.")
      }
      let shown = example.map { $0.text(cell) }
      if case .some(.none) = shown, !needsID {
        throw fault("a cell that the example needs is empty; fill it.")
      }
      guard let own = id.map({ records.text(record, $0) }) ?? String(record.row), !own.isEmpty
      else { throw fault("the id is empty; fill it.") }
      guard seen.insert(own).inserted else {
        throw fault("the id '\(own)' was there before; make ids distinct.")
      }
      rows.append(
        QuestionRow(
          id: own, turns: turns, example: (shown ?? nil) ?? "", reference: reference,
          choices: choices))
    }
    guard !rows.isEmpty else {
      throw ConstructionError("\(file) has no rows; task \(task) needs at least one.")
    }
  }

  private static func reference(
    _ text: String, _ kind: QuestionFile.ReferenceKind, _ choices: [Choice]
  ) throws(ConstructionError) -> Reference {
    switch kind {
    case .text: return .text(text)
    case .number:
      guard text.contains(where: \.isNumber) else {
        throw ConstructionError("the right answer '\(text)' has no number; give one.")
      }
      return .number(text)
    case .choice:
      let same = choices.filter { $0.text == text }
      if same.count == 1 { return .choice(same[0].label) }
      let letter = choices.first { $0.label == text.uppercased() }
      guard let letter else {
        throw ConstructionError(
          "the right answer '\(text)' is neither the letter nor the text of one choice.")
      }
      return .choice(letter.label)
    }
  }
}
