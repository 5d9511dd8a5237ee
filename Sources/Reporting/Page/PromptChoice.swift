public import Evaluation
public import Outcomes
import Matrices
import Parallelism
import Prompts

/// Which test prompts a page can show, chosen before the routers are examined.
public struct PromptChoice: Sendable {
  /// The bytes of text that a page may hold; a sample is taken where all prompts are more.
  public static let byteLimit = 3_000_000

  /// The ids of the chosen prompts.
  public let sampleIDs: Set<String>
  private let rows: [Int]
  private let tested: Int
  private let seed: UInt64

  /// Draws prompts of the first split's test parts, turn by turn among the tasks.
  ///
  /// - Parameters:
  ///   - count: At most so many.
  ///   - table: Complete outcomes, with the answers' texts where they are to be shown.
  ///   - groups: Which task a prompt belongs to.
  ///   - experiment: How prompts are divided.
  public init(
    atMost count: Int, of table: OutcomeTable, groups: TaskGroups, in experiment: Experiment
  ) {
    var queues: [String: [Int]] = [:]
    var order: [String] = []
    var seen: Set<Int> = []
    let divisions = experiment.divisions(of: table)
    seed = divisions.first?.seed ?? 0
    for division in divisions where division.seed == seed {
      for row in division.test where seen.insert(row).inserted {
        let task = groups.task(of: table.evalNames[row])
        if queues[task] == nil { order.append(task) }
        queues[task, default: []].append(row)
      }
    }
    tested = seen.count
    for (index, task) in order.enumerated() {
      var generator = SeededGenerator(seed: seed, stream: UInt64(index))
      queues[task].map { queue in
        var queue = queue
        generator.shuffle(&queue)
        queues[task] = queue
      }
    }
    var chosen: [Int] = []
    var bytes = 0
    var turn = 0
    while chosen.count < count, bytes < Self.byteLimit,
      order.contains(where: { turn < queues[$0]?.count ?? 0 })
    {
      for task in order {
        guard let queue = queues[task], turn < queue.count, chosen.count < count else { continue }
        chosen.append(queue[turn])
        bytes += Self.bytes(of: queue[turn], in: table)
      }
      turn += 1
    }
    rows = chosen.sorted()
    sampleIDs = Set(rows.map { table.sampleIDs[$0] })
  }

  private static func bytes(of row: Int, in table: OutcomeTable) -> Int {
    let answers = table.responses?[row: row] ?? []
    return answers.reduce(min(table.prompts[row].utf8.count, PromptSamples.textLimit)) {
      $0 + min($1?.utf8.count ?? 0, PromptSamples.textLimit)
    }
  }

  /// The chosen prompts with what became of them.
  ///
  /// - Parameters:
  ///   - outcome: What the experiment gave, with these prompts watched.
  ///   - table: The same outcomes as before.
  ///   - groups: Which task a prompt belongs to.
  public func samples(
    from outcome: Experiment.Outcome, of table: OutcomeTable, groups: TaskGroups
  ) -> PromptSamples {
    struct Key: Hashable {
      let task: String
      let sampleID: String
    }
    var choices: [Key: [(system: String, choices: [PromptSamples.Choice])]] = [:]
    for decision in outcome.decisions
    where decision.seed == seed && sampleIDs.contains(decision.sampleID) {
      let key = Key(task: decision.task, sampleID: decision.sampleID)
      let choice = PromptSamples.Choice(
        from: decision.from, through: decision.through, plan: decision.model,
        quality: decision.quality, cost: decision.cost)
      var systems = choices[key] ?? []
      if let place = systems.firstIndex(where: { $0.system == decision.system }) {
        systems[place].choices.append(choice)
      } else {
        systems.append((decision.system, [choice]))
      }
      choices[key] = systems
    }
    var estimates: [Key: [String: PromptEstimates]] = [:]
    for each in outcome.estimates {
      estimates[Key(task: each.task, sampleID: each.sampleID), default: [:]][each.system] = each
    }
    var cut = 0
    func clipped(_ text: String) -> String {
      if text.utf8.count <= PromptSamples.textLimit { return text }
      let short = String(text.prefix(PromptSamples.textLimit))
      if short == text { return text }
      cut += 1
      return short + "…"
    }
    let samples = rows.map { row in
      let key = Key(
        task: groups.task(of: table.evalNames[row]), sampleID: table.sampleIDs[row])
      return PromptSamples.Sample(
        id: key.sampleID, task: key.task, prompt: clipped(PromptText(table.prompts[row]).text),
        answers: table.models.indices.map { model in
          PromptSamples.Answer(
            text: table.responses?[row, model].map(clipped), quality: table.quality[row, model],
            cost: table.cost[row, model])
        },
        routing: (choices[key] ?? []).map { system, choices in
          let estimate = estimates[key]?[system]
          return PromptSamples.Routing(
            system: system, choices: choices,
            predictedQuality: estimate?.quality.map(Self.rounded),
            predictedCost: estimate?.cost.map(Self.rounded))
        })
    }
    return PromptSamples(seed: seed, tested: tested, cut: cut, samples: samples)
  }

  /// Six significant digits: predictions are shown, never computed with.
  private static func rounded(_ value: Double) -> Double {
    Double(NumberText.significant(value, digits: 6)) ?? value
  }
}
