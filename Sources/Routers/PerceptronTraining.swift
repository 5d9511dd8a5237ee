import Matrices
import Parallelism

/// How one perceptron is taught: from random weights until nothing improves any more.
struct PerceptronTraining {
  let recipe: MultilayerPerceptronRouter

  /// Fits one network; everything random comes from the generator.
  ///
  /// - Returns: The network, and how many passes over the rows it took.
  func network(
    features: Matrix, targets: [Float], generator: SeededGenerator
  ) -> (network: PerceptronNetwork, epochs: Int) {
    var generator = generator
    let start = PerceptronNetwork.random(
      widths: [features.columns] + recipe.hiddenLayers + [1], generator: &generator)
    var order = Array(0..<features.rows)
    var validation: [Int] = []
    if let share = recipe.validationShare {
      generator.shuffle(&order)
      let count = Self.validationCount(of: features.rows, share: share)
      validation = Array(order[..<count])
      order.removeFirst(count)
    }
    let trainer = PerceptronTrainer(
      start: start, features: features, targets: targets,
      batchRows: max(1, min(recipe.batchSize, order.count)), learningRate: recipe.learningRate,
      penalty: recipe.penalty)
    var patience = Patience(tolerance: recipe.tolerance, epochs: recipe.patience)
    var best = start
    var epochs = 0
    while epochs < recipe.epochs {
      epochs += 1
      generator.shuffle(&order)
      let loss = trainer.epoch(order: order)
      if validation.isEmpty {
        if patience.isExhausted(by: loss) { break }
      } else {
        let (error, known) = (-trainer.score(rows: validation), patience.least)
        let isOver = patience.isExhausted(by: error)
        if error < known { best = trainer.network }
        if isOver { break }
      }
    }
    return (validation.isEmpty ? trainer.network : best, epochs)
  }

  /// How many rows are held back for validation: the share, rounded up.
  static func validationCount(of rows: Int, share: Double) -> Int {
    Int((Double(rows) * share).rounded(.up))
  }

  /// Counts epochs without an improvement, by scikit-learn's rule: a small improvement moves the mark
  /// but does not reset the count.
  struct Patience {
    let tolerance: Double
    let epochs: Int
    /// The least value so far.
    private(set) var least = Double.infinity
    private var count = 0

    init(tolerance: Double, epochs: Int) {
      self.tolerance = tolerance
      self.epochs = epochs
    }

    /// Whether training should stop after an epoch that ended with this value.
    mutating func isExhausted(by value: Double) -> Bool {
      count = value > least - tolerance ? count + 1 : 0
      least = min(least, value)
      return count > epochs
    }
  }
}
