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
public struct NearestNeighborsRouter: Router {
  /// The name card.
  public static let card = RouterCard(
    name: "knn", summary: "Mean quality over the k most similar training prompts.",
    source: "arXiv:2403.12031, section 5.1")

  /// How many neighbours vote.
  public let neighbors: Int

  /// Makes the recipe.
  public init(neighbors: Int) { self.neighbors = neighbors }

  /// `knn:` and the number of neighbours.
  public var name: String { "knn:\(neighbors)" }

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
      neighbors: neighbors, index: CosineIndex(lessons.features), quality: lessons.table.quality,
      costs: lessons.meanCosts, name: name)
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
    return fitted.estimates(from: fitted.index.neighborsWithoutGroup(neighbors, groups: groups))
  }

  /// A fitted KNN.
  public struct Fitted: EstimatingRouter {
    let neighbors: Int
    let index: CosineIndex
    let quality: Grid
    let costs: [Double]
    let name: String

    /// Mean quality over the neighbours, and the models' mean training costs.
    public func estimates(for features: Matrix) throws(RoutingError) -> Estimates {
      guard features.columns == index.dimensions else {
        throw .wrongWidth(router: name, found: features.columns, needed: index.dimensions)
      }
      return estimates(from: index.neighbors(neighbors, of: features))
    }

    /// Neighbours' qualities are summed in the order of their similarity.
    func estimates(from lists: [[Int]]) -> Estimates {
      var means = Grid(rows: lists.count, columns: quality.columns, repeating: 0)
      for (row, list) in lists.enumerated() {
        for neighbor in list {
          for model in 0..<quality.columns { means[row, model] += quality[neighbor, model] }
        }
        for model in 0..<quality.columns { means[row, model] /= Double(list.count) }
      }
      return Estimates(quality: means, cost: .perModel(costs))
    }
  }
}
