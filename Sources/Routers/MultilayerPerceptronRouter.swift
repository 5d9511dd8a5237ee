public import Matrices
import Outcomes
import Parallelism
public import Routing

/// A multilayer perceptron (MLP) a model: predicts its quality from the prompt's features.
///
/// The recipe is that of scikit-learn's `MLPRegressor`: ReLU, half the squared error, Adam, Glorot's
/// random start, a new order every epoch, and a stop once the training loss no longer improves. It
/// is trained and consulted in 32 bits. Predictions are not clipped, so they may leave [0, 1].
///
/// A model's network depends on the seed, the model's name and the lessons alone: trained with other
/// models or by itself, on any number of threads, it gets the same bits. Processors whose BLAS
/// rounds otherwise give other last bits.
///
/// - Source: arXiv:2403.12031, section 5.1.
public struct MultilayerPerceptronRouter: PredictiveRouter {
  /// The name card.
  public static let card = RouterCard(
    name: "mlp", summary: "A small neural network a model predicts its quality.",
    source: "arXiv:2403.12031, section 5.1; the recipe of scikit-learn's MLPRegressor")

  /// The widths of the hidden layers, from the inputs to the output.
  public var hiddenLayers: [Int]
  /// The seed of weights, orders and validation parts.
  public var seed: UInt64
  /// How far Adam moves at most in a step, about.
  public var learningRate = 0.001
  /// The factor of L2 regularisation, divided by the rows of a batch (alpha).
  public var penalty = 1e-4
  /// How many prompts make a batch; all of them when there are fewer.
  public var batchSize = 200
  /// The greatest number of passes over the lessons.
  public var epochs = 200
  /// How many epochs in a row may pass without an improvement.
  public var patience = 10
  /// What counts as an improvement, of the loss or of the validation score.
  public var tolerance = 1e-4
  /// The share of lessons held back to decide when to stop, by R squared; nil, the default, decides by
  /// the training loss.
  public var validationShare: Double?
  /// How costs are estimated; `predicted` trains a second network a model, on costs over their mean.
  public var costEstimation = CostEstimation.trainingMean

  /// Makes the recipe; all else is as in scikit-learn until it is set.
  public init(hiddenLayers: [Int] = [100], seed: UInt64 = 0) {
    self.hiddenLayers = hiddenLayers
    self.seed = seed
  }

  /// `mlp:`, the widths of the hidden layers and what is not usual: `mlp:100,100` or `mlp:100,alpha=0.01`.
  public var name: String {
    let usual = MultilayerPerceptronRouter()
    var parts = hiddenLayers.map(String.init)
    if learningRate != usual.learningRate { parts.append("rate=\(learningRate)") }
    if penalty != usual.penalty { parts.append("alpha=\(penalty)") }
    if batchSize != usual.batchSize { parts.append("batch=\(batchSize)") }
    if epochs != usual.epochs { parts.append("epochs=\(epochs)") }
    if patience != usual.patience { parts.append("patience=\(patience)") }
    if tolerance != usual.tolerance { parts.append("tolerance=\(tolerance)") }
    if let validationShare { parts.append("validation=\(validationShare)") }
    return "mlp:" + parts.joined(separator: ",") + costEstimation.suffix
  }

  /// Trains one network a model, or two where costs are predicted.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> Fitted {
    try fit(lessons, threads: .machine)
  }

  func fit(_ lessons: Lessons, threads: Threads) throws(RoutingError) -> Fitted {
    try check(lessons)
    let figures = try costEstimation.figures(lessons, router: name)
    let training = PerceptronTraining(recipe: self)
    let networks = threads.map(count: lessons.columns(costEstimation)) { column in
      training.network(
        features: lessons.features,
        targets: lessons.targets(ofColumn: column, figures: figures).map { Float($0) },
        generator: lessons.generator(ofColumn: column, seed: seed))
    }
    guard networks.allSatisfy(\.network.isFinite) else {
      throw .unusableSetting(
        router: name, found: "features or a learning rate that make the weights overflow",
        needed: "finite features of moderate size and a smaller learning rate")
    }
    return Fitted(
      name: name, networks: networks.map(\.network), costs: figures, epochs: networks.map(\.epochs))
  }

  private func check(_ lessons: Lessons) throws(RoutingError) {
    func require(_ isUsable: Bool, _ found: String, _ needed: String) throws(RoutingError) {
      if !isUsable {
        throw RoutingError.unusableSetting(router: Self.card.name, found: found, needed: needed)
      }
    }
    try require(
      !hiddenLayers.isEmpty && hiddenLayers.allSatisfy { $0 >= 1 },
      "hidden layers of widths \(hiddenLayers)", "one hidden layer or more, each of at least 1")
    try require(
      learningRate > 0 && learningRate.isFinite, "the learning rate \(learningRate)",
      "a positive one")
    try require(penalty >= 0 && penalty.isFinite, "the penalty \(penalty)", "one of at least 0")
    try require(batchSize >= 1, "batches of \(batchSize)", "batches of at least 1")
    try require(epochs >= 1, "\(epochs) epochs", "at least 1")
    try require(patience >= 0, "a patience of \(patience) epochs", "at least 0")
    try require(tolerance >= 0, "the tolerance \(tolerance)", "one of at least 0")
    if let share = validationShare {
      try require(
        share >= 0.01 && share <= 0.99, "the validation share \(share)", "one from 0.01 to 0.99")
    }
    let needed = fewestLessons
    guard lessons.count >= needed else {
      throw .tooFewLessons(router: name, found: lessons.count, needed: needed)
    }
    try require(
      lessons.features.columns >= 1, "features of no dimension", "features of at least 1")
    try require(!lessons.table.models.isEmpty, "outcomes of no model", "at least 1 model")
  }

  /// One prompt to learn from, and two to validate on.
  private var fewestLessons: Int {
    guard let share = validationShare else { return 1 }
    return (3...200).first { count in
      let held = PerceptronTraining.validationCount(of: count, share: share)
      return held >= 2 && count > held
    } ?? 200
  }

  /// A trained network a model, or two.
  public struct Fitted: EstimatingRouter {
    let name: String
    /// Each model's quality; then, where costs are predicted, each model's cost.
    let networks: [PerceptronNetwork]
    /// A figure a model: its estimated cost, or what its predicted cost is multiplied by.
    let costs: [Double]
    /// How many passes over the lessons each network took; none for a router that was loaded.
    public let epochs: [Int]
    private let predictor: PerceptronPredictor

    init(name: String, networks: [PerceptronNetwork], costs: [Double], epochs: [Int] = []) {
      self.name = name
      self.epochs = epochs
      self.networks = networks
      self.costs = costs
      predictor = PerceptronPredictor(networks)
    }

    /// Predicted quality, not clipped to [0, 1], and estimated costs; predicted ones may be negative.
    public func estimates(for features: Matrix) throws(RoutingError) -> Estimates {
      try estimates(for: features, threads: .machine)
    }

    func estimates(for features: Matrix, threads: Threads) throws(RoutingError) -> Estimates {
      guard features.columns == predictor.inputs else {
        throw .wrongWidth(router: name, found: features.columns, needed: predictor.inputs)
      }
      return Estimates(predictions: predictor.predict(features, threads: threads), costs: costs)
    }
  }
}

extension MultilayerPerceptronRouter.Fitted {
  private enum CodingKeys: String, CodingKey {
    case name, networks, costs
  }

  /// Reads the networks, and refuses those that differ in shape.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let networks = try container.decode([PerceptronNetwork].self, forKey: .networks)
    let costs = try container.decode([Double].self, forKey: .costs)
    guard let first = networks.first,
      [1, 2].contains(where: { networks.count == $0 * costs.count }),
      networks.allSatisfy({ $0.hidden == first.hidden && $0.inputs == first.inputs }),
      !first.hidden.isEmpty
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .networks, in: container,
        debugDescription: "A fitted perceptron needs a network of one shape and a cost a model.")
    }
    self.init(
      name: try container.decode(String.self, forKey: .name), networks: networks, costs: costs)
  }

  /// Writes the networks; how they are laid out for prediction follows from them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(networks, forKey: .networks)
    try container.encode(costs, forKey: .costs)
  }
}
