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
        + "output, of which the mean is taken (dollars per million tokens); by default the file of "
        + "--prices, else the recorded dollars over the recorded tokens.", section: "EXPERIMENT"),
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
    guard usesTokenPrices else {
      if tokenPrices != nil {
        throw ArgumentsError(
          "--token-prices is for the estimate tokenPrice, which no router uses; give "
            + "--cost-estimate tokenPrice or a router such as knn:40@tokenPrice, or leave it out.")
      }
      return
    }
    if axis != .dollars {
      throw ArgumentsError(
        "The estimate tokenPrice is in dollars and --axis \(axis.typed) is not; use another "
          + "estimate there.")
    }
  }

  /// Whether any router takes costs from the prices of tokens.
  private var usesTokenPrices: Bool {
    routers.contains { (RouterList.parts(of: $0).estimate ?? costEstimate) == .tokenPrice }
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
    let file = usesTokenPrices ? tokenPrices ?? prices : nil
    let dollars = try file.map { try PriceFile.dollarsPerToken($0, models: models) }
    // A router's own estimate may be the one that holds for all: two names, one router.
    var names: Set<String> = []
    return try routers.compactMap {
      try RouterList.router($0, estimate: costEstimate, prices: dollars, judging: judging)
    }.filter { names.insert($0.name).inserted }
  }

  /// The choices as a report shows them.
  var routingPairs: [(String, String)] {
    [
      ("router-cost", "\(overhead.dollars)"), ("router-latency", "\(overhead.milliseconds)"),
      ("judge-cost", "\(judging.dollars)"), ("judge-latency", "\(judging.milliseconds)"),
      ("cost-estimate", costEstimate.rawValue),
      ("token-prices", usesTokenPrices ? tokenPrices ?? prices ?? "recorded tokens" : "none"),
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
