import Arguments
import Outcomes

extension EvaluationSettings {
  /// The task groups: a file's, or the paper's.
  func readGroups() throws -> TaskGroups {
    try groups.map { try TaskGroups(contentsOf: $0) } ?? .paper
  }

  /// The rows of the chosen tasks and the columns of the chosen models, costed at the chosen prices.
  ///
  /// - Throws: `ArgumentsError` for a name that the file does not have, with the nearest it has;
  ///   `CommandError` for prices that cannot be used.
  func choose(
    from whole: OutcomeTable, groups: TaskGroups, file: String
  ) throws -> OutcomeTable {
    var table = whole
    if tasks != nil {
      let choice = try chosenTasks(of: whole, groups: groups, file: file)
      table = table.selecting(rows: whole.evalNames.indices.filter { choice(whole.evalNames[$0]) })
    }
    if let names = models {
      let known = table.models.map(\.name)
      var wanted: [ModelID] = []
      for name in names {
        let model = ModelID(try Self.match(name, among: known, what: "model", file: file))
        if wanted.contains(model) {
          throw ArgumentsError("--models names \(model) twice; name each model once.")
        }
        wanted.append(model)
      }
      table = table.selecting(models: wanted)
    }
    return try prices.map { try PriceFile.reprice(table, with: $0, file: file) } ?? table
  }

  /// Whether the rows of a task name are examined.
  func chosenTasks(
    of table: OutcomeTable, groups: TaskGroups, file: String
  ) throws(ArgumentsError) -> (String) -> Bool {
    guard let names = tasks else { return { _ in true } }
    let tasks = table.taskNames(groups)
    let found = Set(tasks)
    let known = tasks + table.taskNames(.none).filter { !found.contains($0) }
    var wanted: Set<String> = []
    for name in names {
      wanted.insert(try Self.match(name, among: known, what: "task", file: file))
    }
    return { wanted.contains($0) || wanted.contains(groups.task(of: $0)) }
  }

  /// The known name that was meant; letter case does not matter.
  private static func match(
    _ name: String, among known: [String], what: String, file: String
  ) throws(ArgumentsError) -> String {
    if known.contains(name) { return name }
    if let alike = known.first(where: { $0.lowercased() == name.lowercased() }) { return alike }
    let near = Suggestion.nearest(to: name, among: known).map { "; did you mean '\($0)'?" }
    let list = known.prefix(20).joined(separator: ", ")
    throw ArgumentsError("\(file) has no \(what) '\(name)'\(near ?? "; it has \(list).")")
  }
}
