import Foundation

extension PlannedTask {
  /// The questions of a public task's files, in their order, subject by subject.
  func questions(of source: BenchmarkSource) throws(ConstructionError) -> PlannedQuestions {
    guard let task = BenchmarkTasks.task(source.task) else {
      throw ConstructionError("There is no task '\(source.task)'; 'collect tasks' lists them.")
    }
    var files = (asked: source.files, shown: examples.files)
    var result = PlannedQuestions()
    if let folder = source.folder {
      let found = try SubjectFolder(folder, of: task, subjects: source.subjects)
      files.asked = found.asked
      if files.shown.isEmpty, examples.count > 0 { files.shown = try found.shown() }
      if source.subjects.isEmpty, found.asked.count < task.subjects.count {
        result.remarks.append(
          "\(name): \(folder) has \(found.asked.count) of the \(task.subjects.count) subjects.")
      }
    }
    var questions = try task.questions(files.asked, answers: source.answers)
    if !source.subjects.isEmpty {
      questions.removeAll { !source.subjects.contains($0.subject ?? "") }
      let there = Set(questions.compactMap(\.subject))
      if let missing = source.subjects.first(where: { !there.contains($0) }) {
        throw ConstructionError(
          "\(files.asked.joined(separator: ", ")) has no question of \(missing); take it out of "
            + "'subjects', or name its file.")
      }
    }
    var shown: [TaskQuestion] = []
    if examples.count > 0 { shown = try task.questions(files.shown, answers: nil, sharing: source) }
    var subjects: [String?] = []
    for question in questions where !subjects.contains(question.subject) {
      subjects.append(question.subject)
    }
    var shared = 0
    for subject in subjects {
      let own = questions.filter { $0.subject == subject }
      let pool = ExamplePool(
        shown.filter { $0.subject == subject },
        part: files.shown.joined(separator: ", ") + (subject.map { " on \($0)" } ?? ""),
        order: examples.order, seed: seed, identity: \.identity)
      let evalName = [task.card.evalName, subject].compactMap { $0 }.joined(separator: "-")
      let ownName = [name, subject].compactMap { $0 }.joined(separator: "-")
      for place in selected(own.map(\.identity)) {
        let asked = own[place]
        let rest = "\(source.split ?? task.split).\(asked.id ?? String(place))"
        let identity = asked.identity
        if pool.contains(identity) { shared += 1 }
        let before = try pool.examples(examples.count, before: identity)
        let question =
          source.order == .published && !asked.choices.isEmpty
          ? asked.reordered(
            PublishedOrder.order(of: "\(evalName).\(rest)", count: asked.choices.count)) : asked
        let prompt = task.prompt(question, examples: before, wording: source.wording)
        result.items.append(
          PromptItem(
            sampleID: "\(ownName).\(rest)", task: ownName, system: prompt.system,
            turns: prompt.turns,
            question: ([question.text] + question.laterTurns).joined(separator: "\n"),
            reference: question.letter.map { .choice($0) } ?? question.reference,
            choices: Choice.lettered(question.choices), scorer: scorer, judge: judge))
      }
    }
    result.remarks += remark(shared: shared, of: result.items.count)
    return result
  }
}

extension BenchmarkTask {
  /// The questions of some files with their answers, each with an id of its own.
  ///
  /// - Parameter source: Where examples, and not questions, are read; it names the same answers for
  ///   the same file.
  func questions(
    _ files: [String], answers: String?, sharing source: BenchmarkSource? = nil
  ) throws(ConstructionError) -> [TaskQuestion] {
    var questions: [TaskQuestion] = []
    for file in files {
      for row in try TaskRow.read(file, columns: columns, header: header, of: card) {
        questions.append(try question(row))
      }
    }
    // Examples out of the questions' own file have its answers too.
    let shared = source.flatMap { $0.files == files ? $0.answers : nil }
    if let answers = answers ?? shared {
      questions = try adding(answers: answers, to: questions)
    }
    var seen: [String: String] = [:]
    for question in questions {
      if !question.choices.isEmpty, question.right == nil {
        throw ConstructionError(
          "\(question.place): the question has no right answer; take a part that gives them"
            + (self.answers == nil
              ? "." : ", or name a file of \(self.answers ?? "") under 'answers'."))
      }
      if let id = question.id, let other = seen.updateValue(question.place, forKey: id) {
        throw ConstructionError(
          "\(question.place): question \(id) was there before, at \(other); keep one of them.")
      }
    }
    return questions
  }
}

/// A folder with a file for every subject's questions, and one for its examples.
struct SubjectFolder {
  /// The files of questions.
  let asked: [String]
  private let folder: String
  private let subjects: [String]

  init(
    _ folder: String, of task: any BenchmarkTask, subjects: [String]
  ) throws(ConstructionError) {
    var asked: [String] = []
    var found: [String] = []
    for subject in subjects.isEmpty ? task.subjects : subjects {
      if let file = Self.file(folder, subject, part: "test") {
        asked.append(file)
        found.append(subject)
      } else if !subjects.isEmpty {
        throw ConstructionError(
          "\(folder) has no file of \(subject), such as \(Self.stem(subject, "test")).csv; add it, or "
            + "take the subject out.")
      }
    }
    guard !asked.isEmpty else {
      throw ConstructionError(
        "\(folder) has no file of any subject, such as anatomy_test.csv; name the folder that has.")
    }
    (self.asked, self.folder, self.subjects) = (asked, folder, found)
  }

  /// The files of examples.
  func shown() throws(ConstructionError) -> [String] {
    var files: [String] = []
    for subject in subjects {
      guard let file = Self.file(folder, subject, part: "dev") else {
        throw ConstructionError(
          "\(folder) has no examples of \(subject), such as \(Self.stem(subject, "dev")).csv; add "
            + "them, or set 'shots' to 0.")
      }
      files.append(file)
    }
    return files
  }

  private static func stem(_ subject: String, _ part: String) -> String {
    subject.replacing("-", with: "_") + "_" + part
  }

  private static func file(_ folder: String, _ subject: String, part: String) -> String? {
    let places = ["", "\(part)/", "data/\(part)/"]
    let endings = ["csv", "jsonl", "csv.gz", "jsonl.gz"]
    return places.flatMap { place in
      endings.map { "\(folder)/\(place)\(stem(subject, part)).\($0)" }
    }.first { FileManager.default.fileExists(atPath: $0) }
  }
}
