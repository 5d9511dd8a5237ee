import Files
import Foundation

/// Which task a prompt belongs to: `mmlu-anatomy` and its 56 sisters are the task MMLU.
///
/// Groups are data: a JSON file of a list of `{"task": "MMLU", "names": ["mmlu-*"]}`, where a name may
/// end in `*`. The first group that matches wins; a name that none matches is a task of its own.
public struct TaskGroups: Sendable, Hashable, Codable {
  /// One task and the names that belong to it.
  public struct Group: Sendable, Hashable, Codable {
    /// The task's name in reports.
    public let task: String
    /// Names as the data spells them; a `*` at the end stands for anything.
    public let names: [String]

    /// Makes a group.
    public init(task: String, names: [String]) {
      self.task = task
      self.names = names
    }
  }

  /// The groups, in order of precedence.
  public let groups: [Group]

  /// Makes groups.
  public init(_ groups: [Group]) { self.groups = groups }

  /// Reads a file of groups.
  ///
  /// - Throws: A sentence when the file is no such list.
  public init(contentsOf path: String) throws(OutcomesError) {
    do {
      let bytes = try MappedFile(path: path).withUnsafeBytes { Data($0) }
      groups = try JSONDecoder().decode([Group].self, from: bytes)
    } catch let error as FilesError {
      throw .file(error)
    } catch {
      throw .unusableGroups(path: path)
    }
  }

  /// The task that a name belongs to.
  public func task(of name: String) -> String {
    for group in groups {
      for pattern in group.names {
        if pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern {
          return group.task
        }
      }
    }
    return name
  }

  /// The paper's eight data sets.
  ///
  /// - Source: arXiv:2403.12031, section 4.2; names as in the published files.
  public static let paper = TaskGroups([
    Group(task: "MMLU", names: ["mmlu-*", "mmlu"]),
    Group(task: "HellaSwag", names: ["hellaswag"]),
    Group(task: "GSM8K", names: ["grade-school-math", "gsm8k"]),
    Group(task: "ARC Challenge", names: ["arc-challenge"]),
    Group(task: "Winogrande", names: ["winogrande"]),
    Group(task: "MBPP", names: ["mbpp"]),
    Group(task: "MT-Bench", names: ["mtbench*", "mt-bench*", "mt_bench*"]),
    Group(task: "RAG", names: ["rag", "rag-*", "regular_time_query"]),
  ])
}
