import Foundation
import Matrices
import Parallelism

/// Qualities and costs of eleven models on the prompts of one task.
///
/// A model answers with probability logistic(offset + affinity to the topic - slope x difficulty -
/// togetherness x a hardness that no prompt shows). The offset is found by bisection, so that the
/// mean over the prompts is Table 1's.
struct StandInAnswers {
  let quality: Grid
  let cost: Grid

  init(task: StandInTask, prompts: [StandInPrompt], seed: UInt64, threads: Threads) {
    let columns = threads.map(count: PublishedModel.all.count) { model in
      Self.column(task: task, prompts: prompts, model: model, seed: seed)
    }
    var quality = Grid(rows: prompts.count, columns: columns.count)
    var cost = quality
    for (model, column) in columns.enumerated() {
      for row in prompts.indices {
        quality[row, model] = column.quality[row]
        cost[row, model] = column.cost[row]
      }
    }
    self.quality = quality
    self.cost = cost
  }

  private static func column(
    task: StandInTask, prompts: [StandInPrompt], model: Int, seed: UInt64
  ) -> (quality: [Double], cost: [Double]) {
    let published = PublishedModel.all[model]
    let logits = prompts.map { prompt in
      affinity(model: model, task: task, topic: prompt.topic) - published.slope * prompt.difficulty
        - task.togetherness * prompt.hardness
    }
    let offset = Calibration.offset(for: published.quality[task.place], logits)
    var quality: [Double] = []
    var weights: [Double] = []
    for (row, prompt) in prompts.enumerated() {
      var generator = StandInGenerator(seed, [2, task.place, model, row])
      let probability = Calibration.logistic(logits[row] + offset)
      // A judge's ten steps for conversations, right or wrong for the rest.
      let steps = task == .mtBench ? 10 : 1
      let reached = (0..<steps).reduce(0) { sum, _ in
        sum + (generator.uniform() < probability ? 1 : 0)
      }
      quality.append(Double(reached) / Double(steps))
      let length = task.exampleCharacters + Double(prompt.text.utf8.count)
      let answer = exp(0.4 * prompt.verbosity + 0.2 * prompt.difficulty + 0.3 * generator.normal())
      weights.append(length)
      weights.append(answer)
    }
    return (quality, costs(weights, share: task.promptShare, mean: published.costPerPrompt(task)))
  }

  /// Costs whose mean is exact, from pairs of a prompt's and an answer's length.
  private static func costs(_ pairs: [Double], share: Double, mean: Double) -> [Double] {
    let count = pairs.count / 2
    var sums = (prompt: 0.0, answer: 0.0)
    for row in 0..<count {
      sums.prompt += pairs[2 * row]
      sums.answer += pairs[2 * row + 1]
    }
    let scale = (prompt: Double(count) / sums.prompt, answer: Double(count) / sums.answer)
    return (0..<count).map { row in
      let weight =
        share * pairs[2 * row] * scale.prompt + (1 - share) * pairs[2 * row + 1] * scale.answer
      return mean * weight
    }
  }

  /// How much better or worse a model is at one topic; the same for every seed.
  private static func affinity(model: Int, task: StandInTask, topic: Int) -> Double {
    var generator = StandInGenerator(0, [3, task.place, model, topic])
    return 0.7 * generator.normal()
  }
}
