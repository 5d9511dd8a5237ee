import Arguments
import CostQuality
import Evaluation
import Outcomes
import Prompts
import Routing

/// Every choice that the numbers of an evaluation depend on; a manifest keeps it.
struct EvaluationSettings: Equatable {
  /// Where outcomes come from.
  enum Source: Equatable {
    /// A file.
    case file(String)
    /// The synthetic stand-in.
    case standIn(prompts: Int, seed: UInt64)
    /// The synthetic stand-in for the retrieval-augmented prompts, which the paper kept.
    case retrievalStandIn(prompts: Int, seed: UInt64)
  }

  var source: Source
  var view = PromptView.question
  /// `builtin`, a model's name or a directory.
  var encoder = "builtin"
  /// A file of features to use instead of an encoder.
  var features: String?
  var routers = ["knn:5", "knn:10", "knn:40"]
  /// Files of predictions by routers made elsewhere.
  var predictions: [ForeignSource] = []
  /// Command lines of routers that are programs.
  var commands: [ForeignSource] = []
  var split = Split.Method.seeded
  var seeds: [UInt64] = [42]
  var trainFraction = 0.7
  /// Folds instead of a split a seed; nil for splits.
  var folds: Int?
  var grid = SweepGrid.exact
  var left = LeftExtension.nullMixture
  var design = Experiment.Design.inDomain
  /// How the best of the routers is chosen as one more system.
  var selection: SelectionRule?
  /// How often test prompts are drawn anew for intervals; 0 for none.
  var resamples = 1000
  var confidence = 0.95
  /// The difference in AIQ for which the report tells how many prompts would show it.
  var detect = 0.01
  var duplicates = DuplicateChoice.drop
  /// A file of task groups; the paper's when nil.
  var groups: String?
  /// The task of every row, for a file that does not say.
  var evalName: String?
  /// Whether rows of a file without ids are numbered.
  var numbersRows = false
  /// The scores of the worst and of the best answer.
  var qualityScale = 0.0...1.0
  /// Tasks to examine; all when nil.
  var tasks: [String]?
  /// Models to compare; all when nil.
  var models: [String]?
  var charging = Charging.chargeUnsolved
  /// A file of token prices; recorded dollars when nil.
  var prices: String?
  /// How many test prompts the page can show with their answers.
  var pagePrompts = 300
  /// Whether answers are read even where no judge needs them.
  var readsResponses = false
  /// What quality is traded for.
  var axis = Axis.dollars
  /// What predictive routers take a model to cost.
  var costEstimate = CostChoice.trainingMean
  /// A file of the prices of tokens for such estimates; that of `prices` when nil.
  var tokenPrices: String?
  /// The most seconds a prompt on average; nil for no bound. Rows without a latency of every answer are
  /// left out where there is one.
  var maxLatency: Double?
  /// The most dollars a prompt on average where quality is traded for something else; nil for no bound, as above.
  var maxCost: Double?
  /// The seed of one drawn run a test prompt; nil for exact expectations.
  var sampling: UInt64?
  /// What a router takes itself for each prompt.
  var overhead = Overhead.none
  /// What a judge takes for each answer, where a router's name does not say.
  var judging = Overhead.none

  /// Which Oracle the pictures show.
  enum Charging: String, CaseIterable {
    /// A prompt that nobody solves costs what the cheapest model takes.
    case chargeUnsolved = "charge-unsolved"
    /// It costs nothing, as in the original code.
    case freeWhenUnsolved = "free-when-unsolved"
  }

  init(source: Source) { self.source = source }

  /// A grid as it is typed.
  static func spelling(of grid: SweepGrid) -> String {
    grid == .logarithmic ? "log" : grid.rawValue
  }

  /// The options that say how prompts are divided.
  static let splitOptions: [CommandOption] = [
    CommandOption(
      "split", "METHOD", .oneOf(Split.Method.allCases.map(\.rawValue)),
      summary: "How prompts are divided: seeded keeps near-duplicates on one side (the default), "
        + "numpyLegacy reproduces splits made in Python.", section: "EXPERIMENT"),
    CommandOption(
      "seeds", "LIST", summary: "One repetition a seed, such as 0-9 or 1,4; 42 by default.",
      section: "EXPERIMENT"),
    CommandOption(
      "folds", "K",
      summary: "For small data: K folds instead of one split, so that every prompt is tested once.",
      section: "EXPERIMENT"),
    CommandOption(
      "train-fraction", "SHARE",
      summary: "The share of prompts routers learn from; 0.7 by default.",
      section: "EXPERIMENT"),
  ]

  /// The bound on latency.
  static let latencyOption = CommandOption(
    "max-latency", "SECONDS",
    summary: "Keep only operating points of at most that many seconds a prompt on average, on the "
      + "training prompts; costs are swept under that bound.", section: "EXPERIMENT")

  /// The bound on dollars.
  static let costOption = CommandOption(
    "max-cost", "DOLLARS",
    summary:
      "With another --axis: keep only operating points of at most that many dollars a prompt on "
      + "average, on the training prompts; latency or calls are swept under that bound.",
    section: "EXPERIMENT")

  /// Drawn runs instead of expectations.
  static let sampledOption = CommandOption(
    "sampled", "SEED",
    summary:
      "Draw mixtures and judges' errors once a test prompt, as the paper does, instead of taking the exact "
      + "expectations: to check them.", section: "EXPERIMENT")

  /// The options of `evaluate` that these settings are read from.
  static let options: [CommandOption] =
    [
      CommandOption(
        "view", "VIEW", .oneOf(PromptView.allCases.map(\.rawValue)),
        summary:
          "Which part of a prompt routers see; question (the last question alone) by default.",
        section: "FEATURES"),
      CommandOption(
        "encoder", "NAME", .suggestions(["builtin", "all-MiniLM-L6-v2", "all-mpnet-base-v2"]),
        summary:
          "What turns prompts into features: builtin (the default; needs no download), the name "
          + "of a pulled model, a model's directory, or an embeddings endpoint such as "
          + "https://host/v1#model (key from EMBEDDING_API_KEY). A model's name with :bfloat16 behind "
          + "it is faster on processors that can, its vectors close to the others but not equal.",
        section: "FEATURES"),
      CommandOption(
        "features", "FILE", .file,
        summary:
          "Features made elsewhere, instead of an encoder: .npy or .safetensors, one row for "
          + "each prompt in the order of the data, or one for each row of the file.",
        section: "FEATURES"),
      CommandOption(
        "routers", "LIST", .suggestions(RouterList.examples),
        summary: "Routers with their settings; knn:5,knn:10,knn:40 by default. Known: "
          + "\(RouterList.known).", isRepeated: true, section: "EXPERIMENT"),
    ] + routingOptions + splitOptions + [
      CommandOption(
        "design", "DESIGN", .oneOf(Experiment.Design.allCases.map(\.rawValue)),
        summary: "What routers learn from: part of the task itself (in-domain, the default), one "
          + "router for all tasks (pooled), or the other tasks (out-of-domain).",
        section: "EXPERIMENT"),
      CommandOption(
        "select", "RULE", .oneOf(SelectionRule.allCases.map(\.rawValue)),
        summary:
          "Add the best of the routers as one more system: chosen on a validation part of the "
          + "training prompts, or on the test prompts as the original code does (optimistic).",
        section: "EXPERIMENT"),
      CommandOption(
        "resamples", "N",
        summary:
          "How often test prompts are drawn anew for intervals; 1000 by default, 0 for none.",
        section: "EXPERIMENT"),
      CommandOption(
        "confidence", "LEVEL", summary: "The intervals' confidence; 0.95 by default.",
        section: "EXPERIMENT"),
      CommandOption(
        "detect", "SIZE",
        summary:
          "Tell how many test prompts would show a true difference of this size from Zero, in AIQ, "
          + "four times in five; 0.01 by default.", section: "EXPERIMENT"),
      CommandOption(
        "grid", "GRID", .oneOf(SweepGrid.allCases.map(spelling)),
        summary: "Which values of willingness to pay to try: every one that matters (exact, the "
          + "default), 400 on a logarithmic grid, or the original code's 32.", section: "EXPERIMENT"
      ),
      CommandOption(
        "left", "RULE", .oneOf(LeftExtension.allCases.map(\.rawValue)),
        summary: "How curves go on below their cheapest point: as mixtures with doing nothing "
          + "(nullMixture, the default) or at zero.", section: "EXPERIMENT"),
      .flag(
        "charge-unsolved",
        summary: "The Oracle pays for prompts that no model solves (the default).",
        section: "EXPERIMENT"),
      .flag(
        "free-when-unsolved", summary: "The Oracle does not pay for them, as in the original code.",
        section: "EXPERIMENT"),
    ]

  /// How many prompts the page of an evaluation holds.
  static let pageOptions: [CommandOption] = [
    CommandOption(
      "page-prompts", "N",
      summary:
        "How many test prompts can be searched in report.html, with answers and decisions; 300 "
        + "by default, fewer where their texts are long, 0 for none.", section: "OUTPUT")
  ]

  /// The options that say how a file of outcomes is read.
  static let fileOptions: [CommandOption] = [
    CommandOption(
      "axis", "AXIS",
      summary:
        "What quality is traded for: dollars (the default), latency, or calls:MODEL, the share "
        + "of prompts that go to that model.", section: "DATA"),
    CommandOption(
      "prices", "FILE", .file,
      summary:
        "Cost the recorded tokens at these prices instead: CSV with the columns model, input, "
        + "output (dollars per million tokens) and, if there is one, request (dollars).",
      section: "DATA"),
    CommandOption(
      "duplicates", "RULE", .oneOf(DuplicateChoice.allCases.map(\.rawValue)),
      summary: "What to do with rows of one sample_id: drop all of them (the default), merge what "
        + "they say, or keep the first.", section: "DATA"),
    CommandOption(
      "groups", "FILE", .file,
      summary: "Which task names make up a task, as JSON; the paper's eight by default.",
      section: "DATA"),
    CommandOption(
      "eval-name", "NAME",
      summary: "The task of every row, for a file without an eval_name column.",
      section: "DATA"),
    .flag(
      "number-rows", summary: "Use row numbers as ids, for a file without a sample_id column.",
      section: "DATA"),
    CommandOption(
      "quality-scale", "A..B",
      summary:
        "The scores of the worst and the best answer, such as 0..10, 1..5 or -1..1; 0..1 by "
        + "default.", section: "DATA"),
  ]

  /// The options that say which part of the outcomes is used.
  static let choiceOptions: [CommandOption] = [
    CommandOption(
      "tasks", "LIST", summary: "Only these tasks.", isRepeated: true, section: "DATA"),
    CommandOption(
      "models", "LIST", summary: "Only these models.", isRepeated: true, section: "DATA"),
  ]

  /// Both.
  static let dataOptions = fileOptions + choiceOptions

  /// The choices as a report shows them.
  var reportOptions: [ExperimentReport.Option] {
    var pairs: [(String, String)] = [("view", view.rawValue)]
    if let features {
      pairs.append(("features", features))
    } else {
      pairs.append(("encoder", encoder))
    }
    pairs += [
      ("routers", routers.joined(separator: ","))
    ]
    pairs += routingPairs
    pairs += [
      ("split", split.rawValue),
      ("seeds", seeds.map(String.init).joined(separator: ",")),
      ("folds", folds.map { "\($0)" } ?? "none"), ("train-fraction", "\(trainFraction)"),
      ("grid", Self.spelling(of: grid)),
      ("left", left.rawValue), ("design", design.rawValue), ("axis", axis.typed),
      ("prices", prices ?? "recorded"),
      ("select", selection?.rawValue ?? "none"),
      ("max-latency", maxLatency.map { "\($0)" } ?? "none"),
      ("max-cost", maxCost.map { "\($0)" } ?? "none"),
      ("sampled", sampling.map { "seed \($0)" } ?? "no"),
      ("resamples", "\(resamples)"),
      ("confidence", "\(confidence)"),
      ("detect", "\(detect)"),
      ("oracle", charging.rawValue), ("duplicates", duplicates.rawValue),
      ("groups", groups ?? "paper"), ("tasks", tasks?.joined(separator: ",") ?? "all"),
      ("models", models?.joined(separator: ",") ?? "all"),
    ]
    if qualityScale != 0...1 {
      pairs.append(("quality-scale", Self.spelling(of: qualityScale)))
    }
    if !predictions.isEmpty {
      pairs.append(("predictions", predictions.map(\.typed).joined(separator: ", ")))
    }
    if !commands.isEmpty {
      pairs.append(("command", commands.map(\.typed).joined(separator: ", ")))
    }
    switch source {
    case .file: break
    case .standIn(let prompts, let seed), .retrievalStandIn(let prompts, let seed):
      pairs += [("prompts", "\(prompts)"), ("stand-in seed", "\(seed)")]
    }
    return pairs.map { ExperimentReport.Option(name: $0.0, value: $0.1) }
  }
}
