/// What scoring a store came to.
public struct Scoring: Sendable, Hashable {
  /// How often one rule read the answers of a task.
  public struct Reading: Sendable, Hashable {
    /// The task.
    public let task: String
    /// The scorer.
    public let scorer: String
    /// The rule; `none` where the answers could not be read.
    public let rule: String
    /// Answers that it read.
    public internal(set) var count = 0
    /// The sum of their scores.
    public internal(set) var sum = 0.0
  }

  /// What became of one model's answers.
  public struct ModelAnswers: Sendable, Hashable {
    /// The model's name.
    public let model: String
    /// Answers in all.
    public internal(set) var answers = 0
    /// Answers with a score.
    public internal(set) var scored = 0
    /// The sum of the scores.
    public internal(set) var sum = 0.0
    /// Scored answers in which nothing was found to compare.
    public internal(set) var unread = 0
    /// Answers that refuse, by kind; a label, whatever their score.
    public internal(set) var refusals: [Refusal: Int] = [:]
    /// Answers cut off for their length.
    public internal(set) var cutOff = 0

    /// The mean score; nil where there is none.
    public var mean: Double? { scored > 0 ? sum / Double(scored) : nil }
  }

  /// Answers that got a score.
  public internal(set) var scored = 0
  /// Answers that their scorer gave none, by the reason.
  public internal(set) var unscorable: [String: Int] = [:]
  /// Answers to questions that name no scorer.
  public internal(set) var withoutScorer = 0
  /// Answers whose scorer was not asked for, by its name.
  public internal(set) var notRun: [String: Int] = [:]
  /// The rules, in the order of tasks and then by how often they read.
  public internal(set) var readings: [Reading] = []
  /// The models, in the store's order.
  public internal(set) var models: [ModelAnswers] = []

  mutating func add(_ score: Score, task: String, scorer: String, model: Int) {
    guard let value = score.value else {
      unscorable[score.reason ?? "", default: 0] += 1
      return
    }
    scored += 1
    models[model].scored += 1
    models[model].sum += value
    let rule = score.extraction.rule
    if score.extraction.isNothing { models[model].unread += 1 }
    let place =
      readings.firstIndex { $0.task == task && $0.scorer == scorer && $0.rule == rule }
      ?? readings.endIndex
    if place == readings.endIndex {
      readings.append(Reading(task: task, scorer: scorer, rule: rule))
    }
    readings[place].count += 1
    readings[place].sum += value
  }
}
