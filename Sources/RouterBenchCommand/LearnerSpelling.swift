import Arguments
import Routers

/// Perceptrons and support vector machines as they are typed: `mlp:100,100,alpha=0.01`, `svr:C=10`.
enum LearnerSpelling {
  private static let layerWidths = 1...10_000

  /// The recipe behind `mlp`, its widths and its settings.
  static func perceptron(
    _ typed: String, _ items: [Substring]
  ) throws(ArgumentsError) -> MultilayerPerceptronRouter {
    guard !items.isEmpty else {
      throw ArgumentsError(
        "mlp needs the widths of its hidden layers, such as mlp:100 or mlp:100,100.")
    }
    let widths = items.prefix { !$0.contains("=") }
    guard !widths.isEmpty,
      widths.allSatisfy({ Int($0).map(layerWidths.contains) == true })
    else {
      throw ArgumentsError(
        "mlp needs hidden layers of \(layerWidths.lowerBound) to \(layerWidths.upperBound) units, "
          + "such as mlp:100 or mlp:100,100; '\(typed)' was given.")
    }
    let read = try SpelledSettings(
      typed, name: "mlp", Array(items.dropFirst(widths.count)),
      keys: ["rate", "alpha", "batch", "epochs", "patience", "tolerance", "validation"],
      such: "mlp:100,alpha=0.01")
    var recipe = MultilayerPerceptronRouter(hiddenLayers: widths.compactMap { Int($0) })
    recipe.learningRate =
      try read.number("rate", needed: "a positive number") { $0 > 0 } ?? recipe.learningRate
    recipe.penalty = try read.atLeastZero("alpha") ?? recipe.penalty
    recipe.batchSize = try read.whole("batch", from: 1) ?? recipe.batchSize
    recipe.epochs = try read.whole("epochs", from: 1) ?? recipe.epochs
    recipe.patience = try read.whole("patience", from: 0) ?? recipe.patience
    recipe.tolerance = try read.atLeastZero("tolerance") ?? recipe.tolerance
    recipe.validationShare =
      try read.number("validation", needed: "a share from 0.01 to 0.99") {
        (0.01...0.99).contains($0)
      }
    return recipe
  }

  /// The recipe behind `svr` and its settings.
  static func supportVectors(
    _ typed: String, _ items: [Substring]
  ) throws(ArgumentsError) -> LinearSupportVectorRouter {
    let read = try SpelledSettings(
      typed, name: "svr", items, keys: ["C", "epsilon", "tolerance", "passes"], such: "svr:C=10")
    var recipe = LinearSupportVectorRouter()
    recipe.cost = try read.number("C", needed: "a positive number") { $0 > 0 } ?? recipe.cost
    recipe.epsilon = try read.atLeastZero("epsilon") ?? recipe.epsilon
    recipe.tolerance = try read.atLeastZero("tolerance") ?? recipe.tolerance
    recipe.passes = try read.whole("passes", from: 1) ?? recipe.passes
    return recipe
  }
}

extension SpelledSettings {
  fileprivate func atLeastZero(_ key: String) throws(ArgumentsError) -> Double? {
    try number(key, needed: "a number of at least 0") { $0 >= 0 }
  }

  fileprivate func whole(_ key: String, from least: Int) throws(ArgumentsError) -> Int? {
    try number(key, needed: "a whole number of at least \(least)") {
      Int(exactly: $0).map { $0 >= least && $0 <= 1_000_000_000 } == true
    }.map { Int($0) }
  }
}
