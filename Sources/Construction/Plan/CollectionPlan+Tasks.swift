import Arguments

extension CollectionPlan {
  private static let shared = [
    "name", "scorer", "judge", "limit", "sample", "seed", "examples", "shots", "draw",
  ]

  /// A task of a plan, of either kind.
  static func task(
    _ reader: inout PlanReader, _ node: PlanNode, scorers: [String], path: (String) -> String
  ) -> PlannedTask? {
    if case .map(let entries) = node.content, entries.contains(where: { $0.name == "task" }) {
      return benchmark(&reader, node, scorers: scorers, path: path)
    }
    let fields = reader.group(
      node, of: "a task",
      known: shared + [
        "file", "id", "prompt", "template", "turns", "system", "reference", "reference_kind",
        "choices", "example", "task",
      ], required: ["name", "file"])
    let ways = ["prompt", "template", "turns"].filter { fields[$0] != nil }
    if ways.count > 1 {
      reader.note(
        node.line, "\(ways.joined(separator: " and ")) exclude each other; give one of them.")
    }
    let column = reader.text(fields["prompt"], of: "prompt")
    let template = reader.text(fields["template"], of: "template")
    let turns = reader.texts(fields["turns"], of: "turns")
    let kinds = QuestionFile.ReferenceKind.allCases.map(\.rawValue)
    var file = QuestionFile(
      file: path(reader.text(fields["file"], of: "file") ?? ""),
      id: reader.text(fields["id"], of: "id"),
      turns: turns.isEmpty ? [template ?? "{\(column ?? "prompt")}"] : turns,
      system: reader.text(fields["system"], of: "system"),
      reference: reader.text(fields["reference"], of: "reference"))
    file.choices = reader.texts(fields["choices"], of: "choices")
    file.example = reader.text(fields["example"], of: "example")
    let kind = reader.word(fields["reference_kind"], of: "reference_kind", among: kinds)
    file.referenceKind =
      kind.flatMap(QuestionFile.ReferenceKind.init(rawValue:))
      ?? (file.choices.isEmpty ? .text : .choice)
    var task = PlannedTask(
      name: reader.text(fields["name"], of: "name") ?? "", source: .file(file),
      scorer: reader.word(fields["scorer"], of: "scorer", among: scorers), line: node.line)
    settle(&reader, fields, into: &task, path: path, order: .seeded, shots: 0)
    if let scorer = task.scorer, scorer != JudgeScore.card.name, file.reference == nil {
      reader.note(node.line, "A task with a scorer needs 'reference', the column of right answers.")
    }
    if file.referenceKind == .choice, file.choices.isEmpty {
      reader.note(node.line, "reference_kind choice needs 'choices', the columns of the choices.")
    }
    if let node = fields["choices"], !(2...26).contains(file.choices.count) {
      reader.note(node.line, "choices needs 2 to 26 columns; found \(file.choices.count).")
    }
    if task.examples.count > 0, file.example == nil {
      reader.note(
        node.line, "shots needs 'example', a template of one solved example with its answer.")
    }
    if task.examples.count > 0, task.examples.files.isEmpty {
      reader.note(node.line, "shots needs 'examples', the file that they are drawn from.")
    }
    if task.examples.count == 0,
      let extra = ["examples", "example"].first(where: { fields[$0] != nil })
    {
      reader.note(
        fields[extra]?.line ?? node.line, "'\(extra)' needs 'shots', how many are shown.")
    }
    return fields["name"] == nil || fields["file"] == nil ? nil : task
  }

  private static func benchmark(
    _ reader: inout PlanReader, _ node: PlanNode, scorers: [String], path: (String) -> String
  ) -> PlannedTask? {
    let fields = reader.group(
      node, of: "a public task",
      known: shared + [
        "task", "files", "file", "folder", "answers", "subjects", "split", "order", "wording",
      ], required: ["task"])
    let names = BenchmarkTasks.cards.map(\.name)
    guard let name = reader.word(fields["task"], of: "task", among: names),
      let known = BenchmarkTasks.task(name)
    else { return nil }
    let card = known.card
    func reject(_ field: String, _ sentence: String) {
      if let node = fields[field] { reader.note(node.line, sentence) }
    }
    var source = BenchmarkSource(task: name, wording: known.wordings[0])
    source.files =
      (reader.texts(fields["files"], of: "files") + reader.texts(fields["file"], of: "file"))
      .map(path)
    source.folder = reader.text(fields["folder"], of: "folder").map(path)
    source.answers = reader.text(fields["answers"], of: "answers").map(path)
    source.split = reader.text(fields["split"], of: "split")
    if source.files.isEmpty == (source.folder == nil) {
      reader.note(
        node.line,
        "Task \(name) needs "
          + (known.subjects.isEmpty ? "'files'." : "either 'folder' or 'files'."))
    }
    if known.subjects.isEmpty {
      reject("folder", "Task \(name) takes no 'folder'; name its files under 'files'.")
      reject("subjects", "Task \(name) has no subjects; remove 'subjects'.")
    }
    if known.answers == nil {
      reject("answers", "Task \(name) has its answers in its own files; remove 'answers'.")
    }
    for text in reader.texts(fields["subjects"], of: "subjects") {
      let subject = MultitaskUnderstanding.subject(text)
      if known.subjects.contains(subject) {
        if !source.subjects.contains(subject) { source.subjects.append(subject) }
      } else if !known.subjects.isEmpty {
        let near = Suggestion.nearest(to: subject, among: known.subjects)
        reader.note(
          fields["subjects"]?.line ?? node.line,
          "'\(text)' is no subject of task \(name)"
            + (near.map { "; did you mean '\($0)'?" } ?? "."))
      }
    }
    let orders = BenchmarkSource.ChoiceOrder.allCases.map(\.rawValue)
    if let word = reader.word(fields["order"], of: "order", among: orders) {
      source.order = BenchmarkSource.ChoiceOrder(rawValue: word) ?? .published
    }
    if let word = reader.word(fields["wording"], of: "wording", among: known.wordings) {
      source.wording = word
    }
    var task = PlannedTask(
      name: reader.text(fields["name"], of: "name") ?? card.evalName, source: .benchmark(source),
      scorer: reader.word(fields["scorer"], of: "scorer", among: scorers) ?? card.scorer,
      line: node.line)
    settle(
      &reader, fields, into: &task, path: path, order: known.exampleOrder,
      shots: card.fewShotCount)
    if card.fewShotCount == 0 {
      reject("shots", "Task \(name) is asked without examples; remove 'shots'.")
      reject("examples", "Task \(name) is asked without examples; remove 'examples'.")
    } else if task.examples.count > 0, task.examples.files.isEmpty, source.folder == nil {
      reader.note(
        node.line,
        "Task \(name) shows \(task.examples.count) solved examples before each question; name a "
          + "training part under 'examples', or set 'shots' to 0.")
    }
    return task
  }

  /// What both kinds have: which questions, and which examples.
  private static func settle(
    _ reader: inout PlanReader, _ fields: [String: PlanNode], into task: inout PlannedTask,
    path: (String) -> String, order: ExampleOrder, shots: Int
  ) {
    if let count = reader.integer(fields["limit"], of: "limit", least: 1) {
      task.selection = .first(count)
    }
    if let count = reader.integer(fields["sample"], of: "sample", least: 1) {
      task.selection = .drawn(count)
      if let node = fields["limit"] {
        reader.note(
          node.line,
          "limit and sample exclude each other; limit takes the first ones, sample draws by seed.")
      }
    }
    task.judge = reader.text(fields["judge"], of: "judge")
    task.seed = UInt64(reader.integer(fields["seed"], of: "seed", least: 0) ?? 0)
    task.examples.count = reader.integer(fields["shots"], of: "shots", least: 0) ?? shots
    task.examples.files = reader.texts(fields["examples"], of: "examples").map(path)
    let words = ExampleOrder.allCases.map(\.rawValue)
    let word = reader.word(fields["draw"], of: "draw", among: words)
    task.examples.order = word.flatMap(ExampleOrder.init(rawValue:)) ?? order
  }
}
