import CostQuality
import Evaluation
import Reporting

/// Which words and traits of prompts go with a router's decisions, in a sentence.
enum DecisiveWords {
  /// Words listed for each model.
  private static let most = 4

  /// What holds of a router at the kept point that spreads prompts over models most evenly.
  ///
  /// Only traits that make a model likelier are told, the least likely by chance first.
  ///
  /// - Parameter texts: What the router saw of each prompt, by sample id.
  static func sentence(
    for router: String, on task: TaskResult, in decisions: [Decision], texts: [String: String],
    level: Double
  ) -> String {
    let kept = KeptDecisions(of: router, on: task, in: decisions)
    guard let parameter = kept.mostDividing else {
      return
        "\(task.task), \(router): no kept point divides prompts between models, so that no word "
        + "goes with a decision."
    }
    let made = kept.at(parameter)
    let explanation = Explanation(
      texts: made.map { texts[$0.sampleID] ?? "" }, choices: made.map(\.model), level: level)
    let models = Set(made.map(\.model)).sorted().compactMap { model -> String? in
      let traits = explanation.associations.filter {
        $0.choice == model && $0.holds && $0.logOdds > 0
      }.prefix(most).map { found in
        "\(found.trait) (\(found.chosen) of \(found.prompts), log odds "
          + "\(NumberText.fixed(found.logOdds, decimals: 2)) "
          + "[\(NumberText.fixed(found.interval.lower, decimals: 2)), "
          + "\(NumberText.fixed(found.interval.upper, decimals: 2))])"
      }
      return traits.isEmpty ? nil : "to \(model) go prompts with \(traits.joined(separator: ", "))"
    }
    let place =
      "\(task.task), \(router) at \(NumberText.significant(parameter.value)) dollars per unit of quality, "
      + NumberText.count(made.count, "test prompt")
    return models.isEmpty
      ? "\(place): no word or trait holds among the \(explanation.tried) associations tried."
      : "\(place): \(models.joined(separator: "; "))."
  }
}
