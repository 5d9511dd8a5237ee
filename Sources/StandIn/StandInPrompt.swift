import Foundation
import Parallelism

/// One made-up prompt with what lies behind it.
struct StandInPrompt: Sendable {
  let sampleID: String
  let evalName: String
  /// A list literal with one item a turn, as in the published files.
  let text: String
  /// Which of the task's topics it is about.
  let topic: Int
  /// How hard it is as far as its words tell, about standard normal.
  let difficulty: Double
  /// How hard it is beyond its words, standard normal.
  let hardness: Double
  /// How long the answers are, standard normal.
  let verbosity: Double

  /// The prompts of a task, all different.
  static func prompts(
    of task: StandInTask, count: Int, seed: UInt64, threads: Threads
  ) -> [StandInPrompt] {
    var prompts = threads.map(count: count) { row in
      StandInPrompt(task: task, row: row, count: count, seed: seed, attempt: 0)
    }
    var seen = Set<String>()
    for row in prompts.indices {
      var attempt = 1
      while !seen.insert(prompts[row].text).inserted {
        prompts[row] = StandInPrompt(
          task: task, row: row, count: count, seed: seed, attempt: attempt)
        attempt += 1
      }
    }
    return prompts
  }

  private init(task: StandInTask, row: Int, count: Int, seed: UInt64, attempt: Int) {
    var generator = StandInGenerator(seed, [1, task.place, row, attempt])
    let topics = StandInTopic.topics(of: task)
    let isSubject = task == .mmlu
    let subject = StandInTopic.subjects[row * StandInTopic.subjects.count / count]
    let topic = isSubject ? subject.topic : generator.below(topics.count)
    // Some topics are harder than others.
    var topicGenerator = StandInGenerator(0, [4, task.place, topic])
    let difficulty = 0.5 * topicGenerator.normal() + 0.87 * generator.normal()
    hardness = generator.normal()
    verbosity = generator.normal()
    // The words show difficulty through a haze, in five levels.
    let shown = difficulty + 0.5 * generator.normal()
    let level = min(4, max(0, Int((shown * 1.4 + 2.5).rounded(.down))))
    var writer = StandInWriter(
      generator: generator, topic: topics[topic], level: level,
      subject: isSubject ? subject.name.replacing("-", with: " ") : topics[topic].name)
    text = Self.literal(writer.turns(of: task))
    self.topic = topic
    self.difficulty = difficulty
    evalName = isSubject ? "mmlu-\(subject.name)" : task.rawValue
    sampleID = "\(evalName).standin.\(row)"
  }

  /// A list of strings as Python writes it.
  static func literal(_ turns: [String]) -> String {
    let items = turns.map { turn in
      let quote = turn.contains("'") && !turn.contains("\"") ? "\"" : "'"
      let escaped = turn.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        .replacing(quote, with: "\\" + quote)
      return quote + escaped + quote
    }
    return "[" + items.joined(separator: ", ") + "]"
  }
}
