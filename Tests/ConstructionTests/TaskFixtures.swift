import Foundation

@testable import Construction

/// Small files in the public forms, written for these tests.
enum TaskFixtures {
  /// The questions of a public task whose files are written into a folder of their own.
  static func read(
    _ task: String, _ files: [(name: String, text: String)], examples: [String] = [],
    shots: Int = 0, draw: ExampleOrder? = nil, seed: UInt64 = 0,
    selection: PlannedTask.Selection = .all, change: (inout BenchmarkSource) -> Void = { _ in }
  ) throws -> PlannedQuestions {
    let folder = try Scratch()
    var paths: [String] = []
    for file in files { paths.append(try folder.write(file.text, to: file.name)) }
    let known = BenchmarkTasks.task(task)
    var source = BenchmarkSource(
      task: task, files: [paths[0]], wording: known?.wordings[0] ?? "published")
    change(&source)
    source.answers = source.answers.map { folder.path + "/" + $0 }
    var planned = PlannedTask(
      name: known?.card.evalName ?? task, source: .benchmark(source), scorer: known?.card.scorer,
      selection: selection, seed: seed, line: 1)
    planned.examples = .init(
      count: shots, files: examples.map { folder.path + "/" + $0 },
      order: draw ?? known?.exampleOrder ?? .seeded)
    do { return try planned.questions() } catch {
      throw ConstructionError(error.description.replacing(folder.path + "/", with: ""))
    }
  }

  static func sentence(_ task: String, _ text: String, named name: String) -> String {
    do {
      _ = try read(task, [(name, text)])
      return "no error"
    } catch { return "\(error)" }
  }

  static let arc = """
    {"id": "1", "question": {"stem": "What melts ice?", "choices": [{"text": "heat", "label": "A"}, \
    {"text": "cold", "label": "B"}, {"text": "dark", "label": "C"}]}, "answerKey": "A"}
    {"id": "2", "question": "Which is a metal?", "choices": {"text": ["iron", "wood"], \
    "label": ["1", "2"]}, "answerKey": "1"}
    {"query": "Question: Which flies?", "choices": ["a stone", "a bird"], "gold": 1}

    """

  static let winogrande = """
    {"qID": "x", "sentence": "The cup did not fit the bag as the _ was small.", "option1": "cup", \
    "option2": "bag", "answer": "2"}
    {"context_options": ["The pencil beat the pen as the pen", "The pencil beat the pen as the \
    pencil"], "continuation": "was dry.", "gold": 0}

    """
}
