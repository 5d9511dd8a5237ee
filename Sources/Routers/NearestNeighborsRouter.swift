public import Matrices
import Outcomes
public import Routing

/// K nearest neighbours (KNN): predicts a model's quality as its mean over the most similar prompts.
///
/// Similarity is the cosine; ties go to the lower training index. Neighbours are exact: a matrix
/// product only selects candidates, which are scored again in one fixed order, so a prompt alone and
/// in a batch gets the same neighbours on any number of threads.
///
/// - Source: arXiv:2403.12031, section 5.1.
public struct NearestNeighborsRouter: PredictiveRouter {
  /// The name card.
  public static let card = RouterCard(
    name: "knn", summary: "Mean quality over the k most similar training prompts.",
    source: "arXiv:2403.12031, section 5.1")

  /// How many neighbours vote.
  public let neighbors: Int
  /// How costs are estimated; `predicted` is the mean over the same neighbours.
  public var costEstimation = CostEstimation.trainingMean

  /// Searches that other recipes make as well.
  private var searches: NeighborSearches?

  private enum CodingKeys: String, CodingKey {
    case neighbors, costEstimation
  }

  /// Makes the recipe.
  public init(neighbors: Int) { self.neighbors = neighbors }

  /// One search for all numbers of neighbours.
  public static func sharing(_ recipes: [NearestNeighborsRouter]) -> [NearestNeighborsRouter] {
    if recipes.count < 2 { return recipes }
    let searches = NeighborSearches(widest: recipes.map(\.neighbors).max() ?? 1)
    return recipes.map { recipe in
      var recipe = recipe
      recipe.searches = searches
      return recipe
    }
  }

  /// `knn:` and the number of neighbours, with the estimate of costs.
  public var name: String { "knn:\(neighbors)\(costEstimation.suffix)" }

  /// Keeps the training prompts' directions and qualities.
  public func fit(_ lessons: Lessons) throws(RoutingError) -> Fitted {
    guard neighbors >= 1 else {
      throw .unusableSetting(
        router: Self.card.name, found: "\(neighbors) neighbours", needed: "at least 1")
    }
    guard lessons.count >= neighbors else {
      throw .tooFewLessons(router: name, found: lessons.count, needed: neighbors)
    }
    return Fitted(
      neighbors: neighbors,
      index: searches?.index(of: lessons.features) ?? CosineIndex(lessons.features),
      quality: lessons.table.quality,
      cost: costEstimation == .predicted ? lessons.table.cost : nil,
      costs: try costEstimation.figures(lessons, router: name), name: name, searches: searches)
  }

  /// Leaves out every row of the prompt's own sample.
  public func estimatesWithoutSelf(_ lessons: Lessons) throws(RoutingError) -> Estimates? {
    let fitted = try fit(lessons)
    var group: [String: Int] = [:]
    let groups = lessons.table.sampleIDs.map { id -> Int in
      if let known = group[id] { return known }
      group[id] = group.count
      return group.count - 1
    }
    let largest = groups.reduce(into: [:]) { $0[$1, default: 0] += 1 }.values.max() ?? 0
    guard lessons.count - largest >= neighbors else {
      throw .tooFewLessons(router: name, found: lessons.count, needed: neighbors + largest)
    }
    return fitted.estimates(
      from: searches?.neighborsWithoutGroup(
        neighbors, in: fitted.index, groups: groups, most: lessons.count - largest)
        ?? fitted.index.neighborsWithoutGroup(neighbors, groups: groups))
  }

  /// A fitted KNN.
  public struct Fitted: EstimatingRouter {
    let neighbors: Int
    let index: CosineIndex
    let quality: Grid
    /// The training prompts' costs, where neighbours tell them.
    let cost: Grid?
    /// One figure a model, where they do not.
    let costs: [Double]
    let name: String
    /// Searches that other routers make as well; none once it is saved and loaded.
    var searches: NeighborSearches?

    private enum CodingKeys: String, CodingKey {
      case neighbors, index, quality, cost, costs, name
    }

    /// Mean quality over the neighbours, and what the models are estimated to cost.
    public func estimates(for features: Matrix) throws(RoutingError) -> Estimates {
      guard features.columns == index.dimensions else {
        throw .wrongWidth(router: name, found: features.columns, needed: index.dimensions)
      }
      return estimates(
        from: searches?.neighbors(neighbors, in: index, of: features)
          ?? index.neighbors(neighbors, of: features))
    }

    /// The estimates for several numbers of neighbours, of one search: that of the greatest.
    ///
    /// - Precondition: Every number is at least 1 and at most the training prompts.
    public func estimates(
      for features: Matrix, neighbors counts: [Int]
    ) throws(RoutingError) -> [Estimates] {
      guard features.columns == index.dimensions else {
        throw .wrongWidth(router: name, found: features.columns, needed: index.dimensions)
      }
      let lists = index.neighbors(counts.max() ?? 1, of: features)
      return counts.map { count in estimates(from: lists.map { Array($0.prefix(count)) }) }
    }

    func estimates(from lists: [[Int]]) -> Estimates {
      Estimates(
        quality: Self.means(of: quality, over: lists),
        cost: cost.map { .perPrompt(Self.means(of: $0, over: lists)) } ?? .perModel(costs))
    }

    /// Neighbours' values are summed in the order of their similarity.
    private static func means(of values: Grid, over lists: [[Int]]) -> Grid {
      let models = values.columns
      let means = [Double](unsafeUninitializedCapacity: lists.count * models) {
        means, initialized in
        means.initialize(repeating: 0)
        values.values.withUnsafeBufferPointer { values in
          for (row, list) in lists.enumerated() {
            for neighbor in list {
              for model in 0..<models {
                means[row * models + model] += values[neighbor * models + model]
              }
            }
            for model in 0..<models { means[row * models + model] /= Double(list.count) }
          }
        }
        initialized = lists.count * models
      }
      return Grid(rows: lists.count, columns: models, values: means)
    }
  }
}
