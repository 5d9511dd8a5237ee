public import Matrices
import Outcomes
import Parallelism
public import Routing

/// Linear support vector regression (SVR) a model: predicts its quality as a weighted sum of features.
///
/// Minimises half the squared weights plus C times the absolute errors beyond epsilon, as
/// scikit-learn's `LinearSVR` does; the intercept counts as a weight. Solved in 64 bits, consulted in
/// 32. Predictions are not clipped, so they may leave [0, 1]. With absolute errors they lean
/// to medians: a model that is right on most prompts like these is predicted near 1.
///
/// A model's weights depend on the seed and the lessons alone, on any machine and any number of threads;
/// they are those of scikit-learn under the same `random_state`.
///
/// - Source: The public code of arXiv:2403.12031; the paper does not report it.
public struct LinearSupportVectorRouter: PredictiveRouter {
  /// The name card.
  public static let card = RouterCard(
    name: "svr", summary: "A linear support vector machine a model predicts its quality.",
    source: "The public code of arXiv:2403.12031; scikit-learn's LinearSVR")

  /// What an error costs, against the squared weights (C).
  public var cost = 1.0
  /// The errors that cost nothing.
  public var epsilon = 0.0
  /// When to stop: the share of the first pass's violations of optimality that may remain.
  public var tolerance = 1e-4
  /// The greatest number of passes over the lessons.
  public var passes = 1000
  /// The seed of the order in which prompts are visited; scikit-learn's `random_state`.
  public var seed: UInt64
  /// How costs are estimated; `predicted` solves a second machine a model, on costs over their mean.
  public var costEstimation = CostEstimation.trainingMean

  /// `svr`, what is not usual and the estimate of costs: `svr:C=10@predicted`.
  public var name: String {
    let usual = LinearSupportVectorRouter()
    var parts: [String] = []
    if cost != usual.cost { parts.append("C=\(cost)") }
    if epsilon != usual.epsilon { parts.append("epsilon=\(epsilon)") }
    if tolerance != usual.tolerance { parts.append("tolerance=\(tolerance)") }
    if passes != usual.passes { parts.append("passes=\(passes)") }
    return Self.card.name + (parts.isEmpty ? "" : ":" + parts.joined(separator: ","))
      + costEstimation.suffix
  }

  /// Makes the recipe; all else is as in scikit-learn until it is set.
  public init(seed: UInt64 = 0) { self.seed = seed }

  /// Solves one machine a model, or two where costs are predicted.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> Fitted {
    try fit(lessons, threads: .machine)
  }

  func fit(_ lessons: Lessons, threads: Threads) throws(RoutingError) -> Fitted {
    try check(lessons)
    let figures = try costEstimation.figures(lessons, router: name)
    let columns = lessons.columns(costEstimation)
    let solutions = threads.map(count: columns) { column in
      lessons.features.withUnsafeBufferPointer { values -> [Double] in
        guard let base = values.baseAddress else { return [] }
        let descent = DualCoordinateDescent(
          features: base, width: lessons.features.columns,
          targets: lessons.targets(ofColumn: column, figures: figures), cost: cost,
          epsilon: epsilon)
        descent.solve(
          tolerance: tolerance, passes: passes, visiting: LiblinearOrder(randomState: seed))
        return descent.solution
      }
    }
    let weights = Matrix(rows: lessons.features.columns + 1, columns: columns) { values in
      for (column, solution) in solutions.enumerated() {
        for (row, weight) in solution.enumerated() {
          values[row * columns + column] = Float(weight)
        }
      }
    }
    guard weights.withUnsafeBufferPointer({ $0.allSatisfy(\.isFinite) }) else {
      throw .unusableSetting(
        router: name, found: "features that make the weights overflow",
        needed: "finite features of moderate size")
    }
    return Fitted(name: name, weights: weights, costs: figures)
  }

  private func check(_ lessons: Lessons) throws(RoutingError) {
    let rules = [
      (cost > 0 && cost.isFinite, "the cost of errors \(cost)", "a positive one"),
      (epsilon >= 0 && epsilon.isFinite, "the epsilon \(epsilon)", "one of at least 0"),
      (tolerance >= 0, "the tolerance \(tolerance)", "one of at least 0"),
      (passes >= 1, "\(passes) passes", "at least 1"),
      (lessons.features.columns >= 1, "features of no dimension", "features of at least 1"),
      (!lessons.table.models.isEmpty, "outcomes of no model", "at least 1 model"),
    ]
    for (isUsable, found, needed) in rules where !isUsable {
      throw .unusableSetting(router: Self.card.name, found: found, needed: needed)
    }
    guard lessons.count >= 1 else {
      throw .tooFewLessons(router: name, found: lessons.count, needed: 1)
    }
  }

  /// The weights of a machine a model, or two.
  public struct Fitted: EstimatingRouter {
    let name: String
    /// A row a feature, then the intercepts as a last row; a column a model's quality and then, where
    /// costs are predicted, a column a model's cost.
    let weights: Matrix
    /// A figure a model: its estimated cost, or what its predicted cost is multiplied by.
    let costs: [Double]
    private let layer: PanelLayer

    init(name: String, weights: Matrix, costs: [Double]) {
      self.name = name
      self.weights = weights
      self.costs = costs
      layer = PanelLayer(
        inputs: weights.rows - 1, outputs: weights.columns, weight: { weights[$0, $1] },
        intercept: { weights[weights.rows - 1, $0] })
    }

    /// Predicted quality, not clipped to [0, 1], and estimated costs; predicted ones may be negative.
    public func estimates(for features: Matrix) throws(RoutingError) -> Estimates {
      guard features.columns == layer.inputs else {
        throw .wrongWidth(router: name, found: features.columns, needed: layer.inputs)
      }
      let memory = FloatArena(sizes: [features.rows * layer.paddedOutputs])
      features.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        layer.apply(
          to: base, stride: layer.inputs, rows: features.rows, isRectified: false,
          into: memory.blocks[0], stride: layer.paddedOutputs)
      }
      var predictions = Grid(rows: features.rows, columns: layer.outputs)
      for row in 0..<features.rows {
        for column in 0..<layer.outputs {
          predictions[row, column] = Double(memory.blocks[0][row * layer.paddedOutputs + column])
        }
      }
      withExtendedLifetime(memory) {}
      return Estimates(predictions: predictions, costs: costs)
    }
  }
}

extension LinearSupportVectorRouter.Fitted {
  private enum CodingKeys: String, CodingKey {
    case name, weights, costs
  }

  /// Reads the weights, and refuses those of another number of models than there are costs.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let weights = try container.decode(Matrix.self, forKey: .weights)
    let costs = try container.decode([Double].self, forKey: .costs)
    guard weights.rows >= 2, weights.columns >= 1,
      [1, 2].contains(where: { weights.columns == $0 * costs.count })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .weights, in: container,
        debugDescription: "Fitted support vector machines need weights and a cost for each model.")
    }
    self.init(
      name: try container.decode(String.self, forKey: .name), weights: weights, costs: costs)
  }

  /// Writes the weights; how they are laid out for prediction follows from them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(weights, forKey: .weights)
    try container.encode(costs, forKey: .costs)
  }
}
