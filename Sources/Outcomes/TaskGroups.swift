import Files
import Foundation

/// Which task each task name in a file belongs to, such as MMLU for `mmlu-anatomy`.
///
/// Groups are data, so that a user can replace them by a small JSON file:
/// `{"MMLU": ["mmlu", "mmlu-*"], "ARC Challenge": ["arc-challenge"]}`. A pattern is an exact name,
/// or a beginning followed by `*`. An exact name wins over a beginning, a longer beginning over a
/// shorter, so the order in the file never matters. Letter case does not matter. A name that no
/// pattern covers is a task of its own.
public struct TaskGroups: Sendable, Hashable {
  /// The patterns of each task.
  public let patterns: [String: [String]]
  private let exact: [String: String]
  private let prefixes: [Prefix]

  private struct Prefix: Sendable, Hashable {
    let text: String
    let task: String
  }

  /// The paper's eight tasks.
  public static let paper = TaskGroups(unchecked: [
    "MMLU": ["mmlu", "mmlu-*", "mmlu_*"],
    "HellaSwag": ["hellaswag", "hellaswag-*"],
    "GSM8K": ["grade-school-math", "gsm8k", "gsm8k-*"],
    "ARC Challenge": ["arc-challenge", "arc_challenge"],
    "Winogrande": ["winogrande", "winogrande-*"],
    "MBPP": ["mbpp", "mbpp-*"],
    "MT-Bench": ["mtbench*", "mt-bench*", "mt_bench*"],
    "RAG": ["rag", "rag-*", "rag_*"],
  ])

  /// Every task name stands for itself.
  public static let none = TaskGroups(unchecked: [:])

  /// Makes groups from patterns by task.
  ///
  /// - Throws: `OutcomesError` where a pattern is empty, has a `*` before its end, or is given to
  ///   two tasks.
  public init(patterns: [String: [String]]) throws {
    var owners: [String: String] = [:]
    for (task, list) in patterns.sorted(by: { $0.key < $1.key }) {
      guard !task.isEmpty else {
        throw OutcomesError("A task group has an empty name; give it one.")
      }
      for pattern in list {
        guard !pattern.isEmpty else {
          throw OutcomesError(
            "The task \(task) has an empty pattern; write a task name or a beginning with *.")
        }
        guard !pattern.dropLast().contains("*") else {
          throw OutcomesError(
            "The pattern \(pattern) of task \(task) has a * before its end; only the end may.")
        }
        if let owner = owners.updateValue(task, forKey: pattern.lowercased()), owner != task {
          throw OutcomesError(
            "The pattern \(pattern) is given to \(owner) and to \(task); keep it in one.")
        }
      }
    }
    self.init(unchecked: patterns)
  }

  private init(unchecked patterns: [String: [String]]) {
    self.patterns = patterns
    var exact: [String: String] = [:]
    var prefixes: [Prefix] = []
    for (task, list) in patterns {
      for pattern in list.map({ $0.lowercased() }) {
        if pattern.hasSuffix("*") {
          prefixes.append(Prefix(text: String(pattern.dropLast()), task: task))
        } else {
          exact[pattern] = task
        }
      }
    }
    self.exact = exact
    self.prefixes = prefixes.sorted {
      ($1.text.utf8.count, $0.text, $0.task) < ($0.text.utf8.count, $1.text, $1.task)
    }
  }

  /// Reads groups from a JSON file.
  public init(contentsOf path: String) throws {
    let patterns: [String: [String]]
    do {
      let data = try MappedFile(path: path).withUnsafeBytes { Data($0) }
      patterns = try JSONDecoder().decode([String: [String]].self, from: data)
    } catch {
      throw OutcomesError(
        "The task groups in \(path) could not be read; needed is a JSON object of tasks, each with "
          + "a list of names, such as {\"MMLU\": [\"mmlu-*\"]}.")
    }
    try self.init(patterns: patterns)
  }

  /// The task that a task name belongs to.
  public func task(of evalName: String) -> String {
    let name = evalName.lowercased()
    if let task = exact[name] { return task }
    return prefixes.first { name.hasPrefix($0.text) }?.task ?? evalName
  }
}

extension TaskGroups: Codable {
  /// Decodes an object of tasks, each with its patterns.
  public init(from decoder: any Decoder) throws {
    try self.init(patterns: decoder.singleValueContainer().decode([String: [String]].self))
  }

  /// Encodes an object of tasks, each with its patterns.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(patterns)
  }
}

extension OutcomeTable {
  /// The task of each row.
  public func tasks(_ groups: TaskGroups = .paper) -> [String] {
    var known: [String: String] = [:]
    return evalNames.map { name in
      if let task = known[name] { return task }
      let task = groups.task(of: name)
      known[name] = task
      return task
    }
  }

  /// The distinct tasks, in order of first appearance.
  public func taskNames(_ groups: TaskGroups = .paper) -> [String] {
    var seen: Set<String> = []
    return tasks(groups).filter { seen.insert($0).inserted }
  }

  /// The distinct tasks in order of first appearance, each with its rows.
  ///
  /// - Complexity: O(*rows*), however many tasks there are.
  public func rowsByTask(_ groups: TaskGroups = .paper) -> [(task: String, rows: [Int])] {
    var places: [String: Int] = [:]
    var found: [(task: String, rows: [Int])] = []
    for (row, task) in tasks(groups).enumerated() {
      if let place = places[task] {
        found[place].rows.append(row)
      } else {
        places[task] = found.count
        found.append((task, [row]))
      }
    }
    return found
  }

  /// The rows of one task.
  public func selecting(task: String, groups: TaskGroups = .paper) -> OutcomeTable {
    let tasks = tasks(groups)
    return selecting(rows: tasks.indices.filter { tasks[$0] == task })
  }
}
