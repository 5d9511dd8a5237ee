/// The questions of a plan, and what a person should know about them.
public struct PlannedQuestions: Sendable, Hashable {
  /// The questions, task by task, in their files' order.
  public var items: [PromptItem] = []
  /// Sentences, such as how many questions stand among the examples.
  public var remarks: [String] = []
}

extension CollectionPlan {
  /// The questions of all tasks, task by task.
  ///
  /// - Throws: Where a file cannot be read, or two questions have one id.
  public func questions() throws(ConstructionError) -> PlannedQuestions {
    var questions = PlannedQuestions()
    var owners: [String: String] = [:]
    for task in tasks {
      let own = try task.questions()
      for item in own.items {
        if let other = owners.updateValue(task.name, forKey: item.sampleID) {
          throw ConstructionError(
            "\(file), line \(task.line): the tasks \(other) and \(task.name) both have a question "
              + "\(item.sampleID); give one of them another name.")
        }
      }
      questions.items += own.items
      questions.remarks += own.remarks
    }
    return questions
  }
}

extension PlannedTask {
  /// The questions of the task.
  ///
  /// - Throws: Where a file cannot be read, lacks a column or a cell, or has an id twice.
  public func questions() throws(ConstructionError) -> PlannedQuestions {
    switch source {
    case .file(let file): try questions(of: file)
    case .benchmark(let source): try questions(of: source)
    }
  }

  /// The places of the questions that are taken, in order.
  func selected(_ identities: [String]) -> [Int] {
    switch selection {
    case .all: Array(identities.indices)
    case .first(let count): Array(identities.indices.prefix(count))
    case .drawn(let count): SeededKey.order(identities, seed: seed).prefix(count).sorted()
    }
  }

  func remark(shared: Int, of count: Int) -> [String] {
    guard shared > 0 else { return [] }
    return [
      "\(name): \(shared) of \(count) questions stand\(shared == 1 ? "s" : "") among the examples' "
        + "part too; none is shown before itself."
    ]
  }
}
