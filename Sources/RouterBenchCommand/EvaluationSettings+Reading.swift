import Arguments
import CostQuality
import Evaluation
import Outcomes
import Prompts
import Routing

extension EvaluationSettings {
  /// Reads the settings that an invocation gives over these.
  mutating func read(_ invocation: Invocation) throws(ArgumentsError) {
    try readChoice(invocation)
    view = try invocation.choice("view") ?? view
    encoder = invocation.text("encoder") ?? encoder
    features = invocation.text("features") ?? features
    if features != nil, invocation.has("encoder") {
      throw ArgumentsError("--features and --encoder exclude each other; give one of them.")
    }
    if invocation.defines("routers"),
      let names = try invocation.list("routers").map(RouterList.names(joining:))
    {
      for name in names { _ = try RouterList.router(name) }
      routers = names
    }
    try readRouting(invocation)
    if invocation.defines("predictions") { try readForeign(invocation) }
    if invocation.defines("page-prompts") {
      pagePrompts = try invocation.integer("page-prompts", in: 0...100_000) ?? pagePrompts
    }
    try readSplit(invocation)
    if invocation.defines("max-latency") { try readBounds(invocation) }
    if invocation.defines("sampled") {
      sampling = try invocation.integer("sampled", in: 0...Int.max).map { UInt64($0) } ?? sampling
    }
    if invocation.defines("grid"), let typed = invocation.text("grid") {
      grid = SweepGrid.allCases.first { Self.spelling(of: $0) == typed } ?? grid
    }
    if invocation.defines("left") { left = try invocation.choice("left") ?? left }
    if invocation.defines("design") {
      design = try invocation.choice("design") ?? design
    }
    if invocation.defines("select") {
      selection = try invocation.choice("select") ?? selection
    }
    if invocation.defines("resamples") {
      resamples = try invocation.integer("resamples", in: 0...1_000_000) ?? resamples
    }
    confidence =
      try invocation.number(
        "confidence", needed: "a share above 0 and below 1", where: { $0 > 0 && $0 < 1 })
      ?? confidence
    if invocation.defines("detect") {
      detect =
        try invocation.number(
          "detect", needed: "a difference in AIQ above 0 and below 1", where: { $0 > 0 && $0 < 1 })
        ?? detect
    }
    guard invocation.defines("charge-unsolved") else { return }
    if invocation.has("charge-unsolved"), invocation.has("free-when-unsolved") {
      throw ArgumentsError("--charge-unsolved and --free-when-unsolved exclude each other.")
    }
    if invocation.has("charge-unsolved") { charging = .chargeUnsolved }
    if invocation.has("free-when-unsolved") { charging = .freeWhenUnsolved }
  }

  /// What bounds operating points.
  var ceiling: Ceiling { Ceiling(seconds: maxLatency, dollars: maxCost) }

  /// Reads the bounds on latency and dollars.
  mutating func readBounds(_ invocation: Invocation) throws(ArgumentsError) {
    if let bound = try invocation.number(
      "max-cost", needed: "dollars above 0", where: { $0 > 0 })
    {
      if axis == .dollars {
        throw ArgumentsError(
          "--max-cost bounds dollars where quality is traded for something else; give --axis latency or "
            + "calls:MODEL, or read the curve of dollars at that cost.")
      }
      maxCost = bound
    }
    maxLatency =
      try invocation.number("max-latency", needed: "seconds above 0", where: { $0 > 0 })
      ?? maxLatency
  }

  /// Reads how prompts are divided.
  mutating func readSplit(_ invocation: Invocation) throws(ArgumentsError) {
    split = try invocation.choice("split") ?? split
    if let given = try invocation.integers("seeds") {
      if Set(given).count != given.count {
        throw ArgumentsError("--seeds names a seed twice; each repetition needs its own.")
      }
      if split == .numpyLegacy, let large = given.first(where: { $0 > UInt32.max }) {
        throw ArgumentsError("numpyLegacy takes seeds up to \(UInt32.max); \(large) is too large.")
      }
      seeds = given.map { UInt64($0) }
    }
    if invocation.defines("folds") {
      folds = try invocation.integer("folds", in: 2...1000) ?? folds
    }
    if folds != nil {
      if seeds.count > 1 {
        throw ArgumentsError("--folds takes one seed, and --seeds names \(seeds.count).")
      }
      for other in ["train-fraction", "split"] where invocation.has(other) {
        throw ArgumentsError("--folds and --\(other) exclude each other; give one of them.")
      }
    }
    trainFraction =
      try invocation.number(
        "train-fraction", needed: "a share above 0 and below 1", where: { $0 > 0 && $0 < 1 })
      ?? trainFraction
  }

  /// Reads how a file is read.
  mutating func readFile(_ invocation: Invocation) throws(ArgumentsError) {
    if invocation.defines("axis"), let typed = invocation.text("axis") { axis = try Axis(typed) }
    prices = invocation.text("prices") ?? prices
    duplicates = try invocation.choice("duplicates") ?? duplicates
    groups = invocation.text("groups") ?? groups
    evalName = invocation.text("eval-name") ?? evalName
    if let typed = invocation.text("quality-scale") { qualityScale = try Self.scale(typed) }
    numbersRows = numbersRows || invocation.has("number-rows")
  }

  /// Reads which part of the outcomes is used.
  mutating func readChoice(_ invocation: Invocation) throws(ArgumentsError) {
    tasks = try invocation.list("tasks") ?? tasks
    models = try invocation.list("models") ?? models
  }
}
