import Foundation
import Testing

@testable import Construction

@Suite("Tasks of a plan")
struct TaskPlanTests {
  private func parse(_ tasks: String, folder: String = "/data") throws -> CollectionPlan {
    try CollectionPlan.parse(
      "store: s.sqlite\nmodels: [{name: m, provider: openai}]\ntasks:\n" + tasks,
      file: "plan.yaml", folder: URL(fileURLWithPath: folder), scorers: ["exact", "number"])
  }

  private func sentence(_ tasks: String) -> String {
    do {
      _ = try parse(tasks)
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("A public task takes its card's settings unless the plan says otherwise")
  func benchmark() throws {
    let plan = try parse(
      """
        - {task: mmlu, folder: mmlu, subjects: [high_school_biology, anatomy], sample: 20, seed: 7}
        - {task: gsm8k, files: [a.jsonl, /b.jsonl], shots: 0, limit: 3, scorer: exact}
        - {task: arc-challenge, name: arc0, file: a.jsonl, examples: t.jsonl, draw: first, order: file}
      """)
    let (first, second, third) = (plan.tasks[0], plan.tasks[1], plan.tasks[2])
    #expect(
      first.source
        == .benchmark(
          BenchmarkSource(
            task: "mmlu", folder: "/data/mmlu", subjects: ["high-school-biology", "anatomy"])))
    #expect(first.name == "mmlu" && first.scorer == "choice" && first.seed == 7)
    #expect(first.selection == .drawn(20) && first.examples == .init(count: 5, order: .first))
    #expect(second.name == "grade-school-math" && second.scorer == "exact")
    #expect(second.selection == .first(3) && second.examples == .init(count: 0, order: .seeded))
    #expect(third.name == "arc0")
    #expect(third.examples == .init(count: 5, files: ["/data/t.jsonl"], order: .first))
  }

  @Test(
    "Mistakes are sentences with their line",
    arguments: [
      (
        "  - {task: hellaswagg, file: a}",
        "plan.yaml, line 4: task needs one of mmlu, hellaswag, gsm8k, arc-challenge, winogrande, "
          + "mbpp, mt-bench, rag; found 'hellaswagg'; did you mean 'hellaswag'?"
      ),
      (
        "  - task: mmlu\n    folder: a\n    subjects: [anatomi]",
        "plan.yaml, line 6: 'anatomi' is no subject of task mmlu; did you mean 'anatomy'?"
      ),
      (
        "  - {task: mmlu, folder: a, files: b}",
        "plan.yaml, line 4: Task mmlu needs either 'folder' or 'files'."
      ),
      (
        "  - {task: gsm8k, files: a}",
        "plan.yaml, line 4: Task gsm8k shows 5 solved examples before each question; name a training "
          + "part under 'examples', or set 'shots' to 0."
      ),
      (
        "  - {task: mbpp, files: a, shots: 2}",
        "plan.yaml, line 4: Task mbpp is asked without examples; remove 'shots'."
      ),
      (
        "  - {task: rag, folder: a}",
        "plan.yaml, line 4: Task rag takes no 'folder'; name its files under 'files'."
      ),
      (
        "  - {task: rag, files: a, answers: b}",
        "plan.yaml, line 4: Task rag has its answers in its own files; remove 'answers'."
      ),
      (
        "  - {task: rag, files: a, limit: 1, sample: 2}",
        "plan.yaml, line 4: limit and sample exclude each other; limit takes the first ones, sample "
          + "draws by seed."
      ),
      (
        "  - {task: rag, files: a, sampel: 2}",
        "plan.yaml, line 4: 'sampel' is no setting of a public task; did you mean 'sample'?"
      ),
      (
        "  - {name: t, file: a, shots: 1, examples: b}",
        "plan.yaml, line 4: shots needs 'example', a template of one solved example with its answer."
      ),
      (
        "  - {name: t, file: a, example: b}",
        "plan.yaml, line 4: 'example' needs 'shots', how many are shown."
      ),
      (
        "  - {name: t, file: a, choices: [b]}",
        "plan.yaml, line 4: choices needs 2 to 26 columns; found 1."
      ),
      (
        "  - {name: t, file: a, reference: r, reference_kind: choice}",
        "plan.yaml, line 4: reference_kind choice needs 'choices', the columns of the choices."
      ),
    ])
  func mistakes(_ tasks: String, _ expected: String) {
    #expect(sentence(tasks) == expected)
  }

  @Test("One's own file with choices and solved examples")
  func own() throws {
    let folder = try Scratch()
    _ = try folder.write(
      "q,a,b,r\nSky?,blue,red,blue\nGrass?,pink,green,B\nSnow?,white,black,a\n", to: "q.csv")
    let plan = try parse(
      """
        - name: mine
          file: q.csv
          template: "{q}\\n{choices}\\nAnswer:"
          choices: [a, b]
          reference: r
          examples: q.csv
          shots: 1
          draw: first
          example: "{q}\\n{choices}\\nAnswer: {label}"
      """, folder: folder.path)
    let questions = try plan.questions()
    #expect(questions.items.map(\.reference) == [.choice("A"), .choice("B"), .choice("A")])
    #expect(
      questions.items[0].turns == [
        "Grass?\nA) pink\nB) green\nAnswer: B\n\nSky?\nA) blue\nB) red\nAnswer:"
      ])
    #expect(questions.items[2].turns[0].hasPrefix("Sky?\nA) blue\nB) red\nAnswer: A\n\nSnow?"))
    #expect(questions.items[0].question == "Sky?\nA) blue\nB) red\nAnswer:")
    #expect(questions.remarks.count == 1)
  }

  @Test("What a plan's tasks ask comes out of the store as it went in")
  func store() throws {
    let folder = try Scratch()
    _ = try folder.write(TaskFixtures.arc, to: "arc.jsonl")
    _ = try folder.write(
      #"{"question_id": 1, "turns": ["a", "b"], "reference": ["x", "y"]}"#, to: "talk.jsonl")
    let plan = try parse(
      "  - {task: arc-challenge, file: arc.jsonl, examples: arc.jsonl, shots: 2}\n"
        + "  - {task: mt-bench, file: talk.jsonl}", folder: folder.path)
    let items = try plan.questions().items
    let store = try AnswerStore(path: folder.path + "/s.sqlite", for: .writing)
    _ = try store.enrol(plan, items)
    let kept = try store.use { try AnswerStore.items(in: $0).map(\.item) }
    #expect(kept == items && kept.count == 4)
    let forecast = PlanForecast(plan, items: items)
    #expect(forecast.rows.map(\.task) == ["arc-challenge", "mt-bench"])
    #expect(forecast.rows.map(\.calls) == [3, 2])
  }

  @Test("The example's public tasks are plans that can be read")
  func example() throws {
    let plain = CollectionPlan.example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in
        line.hasPrefix("  # - task:") || line.hasPrefix("  #   ")
          ? line.replacing("  # ", with: "  ", maxReplacements: 1) : line[...]
      }.joined(separator: "\n")
    let plan = try CollectionPlan.parse(
      plain, file: "plan.yaml", folder: URL(fileURLWithPath: "/d"), scorers: ["contains"])
    #expect(plan.tasks.map(\.name) == ["mine", "mmlu", "arc-challenge"])
  }
}
