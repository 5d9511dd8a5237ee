public import Matrices
public import Outcomes
public import Routing

/// What a predictive router takes a call to cost when it weighs quality against it.
///
/// - Source: arXiv:2403.12031, section 5.1, takes the price per token.
public enum CostEstimate: String, Sendable, Codable, CaseIterable {
  /// A model's mean dollars over the training prompts; the default.
  case trainingMean
  /// A model's dollars per token, read or written, over the training prompts: the same for all prompts.
  ///
  /// Only the ratios between models matter, since the willingness to pay is swept over.
  case tokenPrice
  /// The dollars of each prompt, predicted by the same method as quality.
  ///
  /// A method that does not clip may predict less than 0 dollars; the order of models is what counts.
  case predicted
}

/// A predictive router that weighs quality against another estimate of cost than the training mean.
public struct CostedRouter<Base: Router>: Router where Base.Fitted: EstimatingRouter {
  /// The name card of its kind.
  public static var card: RouterCard {
    RouterCard(
      name: "\(Base.card.name)@cost", summary: Base.card.summary + " Costs are estimated too.",
      source: Base.card.source)
  }

  /// What predicts quality and, for `predicted`, cost.
  public let base: Base
  /// How costs are estimated.
  public let estimate: CostEstimate

  /// Makes the recipe.
  public init(_ base: Base, estimate: CostEstimate) {
    self.base = base
    self.estimate = estimate
  }

  /// The base's name with the estimate's: `knn:40@predicted`.
  public var name: String { "\(base.name)@\(estimate.rawValue)" }

  /// What the base needs.
  public var needs: Set<OutcomePart> { base.needs }

  /// Fits the base on qualities and, for `predicted`, once more on costs.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> Fitted {
    let scale = try scale(lessons)
    return Fitted(
      quality: try base.fit(lessons),
      cost: estimate == .predicted ? try base.fit(lessons.learningCosts(scale)) : nil, scale: scale)
  }

  /// The base's estimates without self, of quality and of cost.
  public func estimatesWithoutSelf(_ lessons: Lessons) throws(RoutingError) -> Estimates? {
    let scale = try scale(lessons)
    guard let quality = try base.estimatesWithoutSelf(lessons) else { return nil }
    guard estimate == .predicted else {
      return Estimates(quality: quality.quality, cost: .perModel(scale))
    }
    guard let cost = try base.estimatesWithoutSelf(lessons.learningCosts(scale)) else { return nil }
    return Estimates(quality: quality.quality, cost: .perPrompt(cost.quality.scaled(by: scale)))
  }

  /// The costs by themselves, or what predicted costs are counted in: their training means.
  private func scale(_ lessons: Lessons) throws(RoutingError) -> [Double] {
    let means = lessons.meanCosts
    guard estimate == .tokenPrice else { return means }
    guard let read = lessons.table.inputTokens, let written = lessons.table.outputTokens else {
      throw .unusableSetting(
        router: name, found: "outcomes without tokens",
        needed: "columns input_tokens and output_tokens for each model")
    }
    let tokens = zip(read.columnMeans(), written.columnMeans()).map { $0 + $1 }
    guard tokens.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .unusableSetting(
        router: name, found: "answers whose tokens are missing or none",
        needed: "the tokens of every answer that is learned from")
    }
    return zip(means, tokens).map { $0 / $1 }
  }

  /// A fitted base with its costs.
  public struct Fitted: EstimatingRouter {
    let quality: Base.Fitted
    let cost: Base.Fitted?
    let scale: [Double]

    /// Predicted quality and cost.
    public func estimates(for features: Matrix) throws(RoutingError) -> Estimates {
      let predicted = try quality.estimates(for: features).quality
      guard let cost else { return Estimates(quality: predicted, cost: .perModel(scale)) }
      let share = try cost.estimates(for: features).quality
      return Estimates(quality: predicted, cost: .perPrompt(share.scaled(by: scale)))
    }
  }
}

extension Lessons {
  /// The same prompts with costs to predict in the place of quality, in units of a model's mean, so that
  /// hyperparameters mean what they mean for quality.
  fileprivate func learningCosts(_ means: [Double]) -> Lessons {
    var shares = table.cost
    for row in 0..<table.count {
      for (model, mean) in means.enumerated() {
        shares[row, model] = mean > 0 ? shares[row, model] / mean : 0
      }
    }
    return Lessons(table.replacingQuality(with: shares), features: features)
  }
}

extension Grid {
  /// Every column times its own factor.
  fileprivate func scaled(by factors: [Double]) -> Grid {
    var product = self
    for row in 0..<rows {
      for (column, factor) in factors.enumerated() { product[row, column] *= factor }
    }
    return product
  }
}
