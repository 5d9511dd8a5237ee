import Foundation
import Outcomes
import Testing

@Suite("Task groups")
struct TaskGroupsTests {
  @Test(
    "the paper's tasks are known by their published names",
    arguments: [
      ("mmlu-anatomy", "MMLU"), ("hellaswag", "HellaSwag"), ("grade-school-math", "GSM8K"),
      ("arc-challenge", "ARC Challenge"), ("winogrande", "Winogrande"), ("mbpp", "MBPP"),
      ("mtbench-math", "MT-Bench"), ("mt-bench", "MT-Bench"), ("rag", "RAG"),
      ("consensus_summary", "consensus_summary"), ("mmlux", "mmlux"),
    ])
  func paper(evalName: String, task: String) {
    #expect(TaskGroups.paper.task(of: evalName) == task)
  }

  @Test("an exact name wins over a beginning, a longer beginning over a shorter")
  func precedence() throws {
    let groups = try TaskGroups(patterns: ["A": ["x*"], "B": ["x-y*"], "C": ["x-y-z"]])
    #expect(["x1", "x-y1", "x-y-z", "x-y-z1"].map { groups.task(of: $0) } == ["A", "B", "C", "B"])
  }

  @Test("a file of groups is read, and a bad one is refused with a sentence")
  func file() throws {
    try withFolder { folder in
      let path = "\(folder)/groups.json"
      try Data(#"{"Sums": ["add-*", "sum"]}"#.utf8).write(to: URL(fileURLWithPath: path))
      let groups = try TaskGroups(contentsOf: path)
      #expect(groups.task(of: "add-2") == "Sums")
      let again = try JSONDecoder().decode(TaskGroups.self, from: JSONEncoder().encode(groups))
      #expect(again == groups)
      let cases = [
        (
          #"{"A": ["x"], "B": ["X"]}"#,
          "The pattern X is given to A and to B; keep it in one."
        ),
        (
          #"{"A": ["x*y"]}"#,
          "The pattern x*y of task A has a * before its end; only the end may."
        ),
        (
          #"{"A": [""]}"#,
          "The task A has an empty pattern; write a task name or a beginning with *."
        ),
        (
          "[]",
          "The task groups in \(path) could not be read; needed is a JSON object of tasks, each "
            + "with a list of names, such as {\"MMLU\": [\"mmlu-*\"]}."
        ),
      ]
      for (text, sentence) in cases {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: OutcomesError.self) { try TaskGroups(contentsOf: path) }
        #expect(error?.description == sentence)
      }
    }
  }
}
