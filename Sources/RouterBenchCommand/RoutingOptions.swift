import Arguments
import Outcomes
import Reporting
import Routers
import Routing

/// The options that hold for all routers of a command: what they take a model to cost, and what they
/// take themselves.
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
    CommandOption(
      "router-cost", "DOLLARS",
      summary: "What a router takes itself for each prompt that it looks at (embedding, deciding); "
        + "counted in its costs, 0 by default.", section: "EXPERIMENT"),
    CommandOption(
      "router-latency", "MS",
      summary: "The same in milliseconds; counted in latencies, 0 by default.",
      section: "EXPERIMENT"),
    CommandOption(
      "judge-cost", "DOLLARS",
      summary: "What the judge of a cascade or rerank takes for each answer that it judges, where "
        + "the router's own dollars= does not say; 0 by default.", section: "EXPERIMENT"),
    CommandOption(
      "judge-latency", "MS",
      summary: "The same in milliseconds, where ms= does not say; 0 by default.",
      section: "EXPERIMENT"),
  ]

  /// Reads the options, after those of the file.
  mutating func readRouting(_ invocation: Invocation) throws(ArgumentsError) {
    overhead = try Self.overhead("router", over: overhead, invocation)
    judging = try Self.overhead("judge", over: judging, invocation)
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

  private static func overhead(
    _ whose: String, over known: Overhead, _ invocation: Invocation
  ) throws(ArgumentsError) -> Overhead {
    Overhead(
      dollars: try invocation.number(
        "\(whose)-cost", needed: "dollars of at least 0",
        where: { $0 >= 0 }) ?? known.dollars,
      milliseconds: try invocation.number(
        "\(whose)-latency", needed: "milliseconds of at least 0",
        where: { $0 >= 0 }) ?? known.milliseconds)
  }

  /// The recipes of all routers but `zero`, which every exam draws by itself.
  ///
  /// - Throws: When a model has no price of which a token's is wanted.
  func recipes(models: [ModelID]) throws -> [any Router] {
    let estimation = try costEstimation(models)
    return try routers.compactMap { name in
      let recipe = try RouterList.router(name, judging: judging)
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
      ("router-cost", "\(overhead.dollars)"), ("router-latency", "\(overhead.milliseconds)"),
      ("judge-cost", "\(judging.dollars)"), ("judge-latency", "\(judging.milliseconds)"),
      ("cost-estimate", costEstimate.rawValue),
      ("token-prices", costEstimate == .tokenPrice ? tokenPrices ?? prices ?? "none" : "none"),
    ]
  }

  /// The choices as a manifest holds them.
  var routingManifest: [String: OptionValue] {
    var options: [String: OptionValue] = [
      "cost-estimate": .text(costEstimate.rawValue),
      "router-cost": .number(overhead.dollars), "router-latency": .number(overhead.milliseconds),
      "judge-cost": .number(judging.dollars), "judge-latency": .number(judging.milliseconds),
    ]
    if let tokenPrices { options["token-prices"] = .text(tokenPrices) }
    return options
  }
}
