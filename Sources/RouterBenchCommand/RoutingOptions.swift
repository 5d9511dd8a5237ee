import Arguments
import Evaluation
import Outcomes
import Reporting
import Routers
import Routing

/// The options that hold for all routers of a command: what they take a model to cost.
extension EvaluationSettings {
  /// How predictive routers estimate costs, as it is typed.
  enum CostChoice: String, CaseIterable {
    case trainingMean, tokenPrice, predicted
  }

  static let routingOptions: [CommandOption] = [
    CommandOption(
      "cost-estimate", "ESTIMATE", .oneOf(CostChoice.allCases.map(\.rawValue)),
      summary: "What predictive routers take a model to cost when they decide: its mean on the "
        + "training prompts (trainingMean, the default), its price of a token (tokenPrice), or a cost "
        + "predicted for each prompt (predicted). What they ask is paid for as recorded.",
      section: "EXPERIMENT"),
    CommandOption(
      "token-prices", "FILE", .file,
      summary:
        "The prices of tokenPrice: CSV with the columns model and price, or model, input and "
        + "output, of which the mean is taken (dollars per million tokens); the file of --prices by "
        + "default.", section: "EXPERIMENT"),
  ]

  /// Reads the options, after those of the file.
  mutating func readRouting(_ invocation: Invocation) throws(ArgumentsError) {
    costEstimate = try invocation.choice("cost-estimate") ?? costEstimate
    tokenPrices = invocation.text("token-prices") ?? tokenPrices
    guard costEstimate == .tokenPrice else {
      if tokenPrices != nil {
        throw ArgumentsError(
          "--token-prices is for --cost-estimate tokenPrice, and --cost-estimate is "
            + "\(costEstimate.rawValue); give both or neither.")
      }
      return
    }
    if tokenPrices == nil, prices == nil {
      throw ArgumentsError(
        "--cost-estimate tokenPrice needs the prices of tokens; give a file with --token-prices.")
    }
    if axis != .dollars {
      throw ArgumentsError(
        "--cost-estimate tokenPrice is in dollars and --axis \(axis.typed) is not; use another "
          + "estimate there.")
    }
  }

  /// The recipes of all routers but `zero`, which every exam draws by itself.
  ///
  /// - Throws: When a model has no price of which a token's is wanted.
  func recipes(models: [ModelID]) throws -> [any Router] {
    let estimation = try costEstimation(models)
    return try routers.compactMap { name in
      let recipe = try RouterList.router(name)
      return (recipe as? any PredictiveRouter)?.estimatingCosts(by: estimation) ?? recipe
    }
  }

  private func costEstimation(_ models: [ModelID]) throws -> CostEstimation {
    switch costEstimate {
    case .trainingMean: return .trainingMean
    case .predicted: return .predicted
    case .tokenPrice:
      guard let file = tokenPrices ?? prices else { return .trainingMean }
      return .tokenPrice(try PriceFile.dollarsPerToken(file, models: models))
    }
  }

  /// The choices as a report shows them.
  var routingPairs: [(String, String)] {
    [
      ("cost-estimate", costEstimate.rawValue),
      ("token-prices", costEstimate == .tokenPrice ? tokenPrices ?? prices ?? "none" : "none"),
    ]
  }

  /// The choices as a manifest holds them.
  var routingManifest: [String: OptionValue] {
    var options: [String: OptionValue] = ["cost-estimate": .text(costEstimate.rawValue)]
    if let tokenPrices { options["token-prices"] = .text(tokenPrices) }
    return options
  }
}
