import Matrices
import Outcomes

/// How a predictive router estimates what a model will cost: the cost_j of lambda P - cost_j.
///
/// It decides which model is asked; what is asked is always paid for as recorded. Another scale of
/// costs only stretches lambda.
///
/// - Source: arXiv:2403.12031, section 5.1.
public enum CostEstimation: Sendable, Hashable, Codable {
  /// The mean cost of the model over the training prompts.
  case trainingMean
  /// Dollars per token by the model's name, the same for every prompt: the paper's choice.
  ///
  /// Without prices they are the dollars over the recorded tokens of the training prompts.
  case tokenPrice(prices: [String: Double]?)
  /// A cost for each prompt, by the same method as quality.
  ///
  /// Networks and support vector machines do not clip it, so it may be negative.
  case predicted

  /// The estimate's name, as commands and files spell it.
  public var name: String {
    switch self {
    case .trainingMean: "trainingMean"
    case .tokenPrice: "tokenPrice"
    case .predicted: "predicted"
    }
  }

  /// What it adds to a router's name: nothing for the training mean, else such as `@predicted`.
  public var suffix: String { self == .trainingMean ? "" : "@\(name)" }

  /// One figure a model: the estimate itself or, for `predicted`, the cost that counts as 1 in learning.
  ///
  /// That is the model's mean cost, so that hyperparameters mean the same for costs as for qualities.
  ///
  /// - Parameter router: The router's name, for sentences.
  /// - Throws: When a model has no usable price.
  public func figures(_ lessons: Lessons, router: String) throws(RoutingError) -> [Double] {
    switch self {
    case .trainingMean, .predicted: return lessons.meanCosts
    case .tokenPrice(prices: nil): return try recordedPrices(lessons, router: router)
    case .tokenPrice(let prices?):
      var figures: [Double] = []
      for model in lessons.table.models {
        guard let price = prices[model.name], price >= 0, price.isFinite else {
          throw .unusableSetting(
            router: router,
            found: prices[model.name].map { "the price \($0) for a token of \(model.name)" }
              ?? "no price for a token of \(model.name)",
            needed: "finite dollars of at least 0 for each model")
        }
        figures.append(price)
      }
      return figures
    }
  }

  /// Dollars over tokens, read or written, of the training prompts.
  private func recordedPrices(
    _ lessons: Lessons, router: String
  ) throws(RoutingError) -> [Double] {
    guard let read = lessons.table.inputTokens, let written = lessons.table.outputTokens else {
      throw .unusableSetting(
        router: router, found: "outcomes without tokens",
        needed: "columns input_tokens and output_tokens for each model, or a file of prices")
    }
    let tokens = zip(read.columnMeans(), written.columnMeans()).map { $0 + $1 }
    guard tokens.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .unusableSetting(
        router: router, found: "answers whose tokens are missing or none",
        needed: "the tokens of every answer that is learned from, or a file of prices")
    }
    return zip(lessons.meanCosts, tokens).map { $0 / $1 }
  }
}
