import Matrices
import Routing

/// A fitted router of the catalogue: one that can tell whether it is usable after it was read from a file.
///
/// A file with a right checksum may still hold anything, such as neighbours that are not there.
protocol LoadableRouter: FittedRouter {
  /// Whether it makes sound plans for so many models from features of so many dimensions.
  func isSound(models: Int, dimensions: Int) -> Bool
}

extension NullRouter.Constant: LoadableRouter {
  func isSound(models: Int, dimensions: Int) -> Bool {
    !plans.isEmpty && plans.allSatisfy { $0.isSound(models: models) }
  }
}

extension NearestNeighborsRouter.Fitted: LoadableRouter {
  func isSound(models: Int, dimensions: Int) -> Bool {
    func fits(_ grid: Grid) -> Bool {
      grid.rows == index.rows && grid.columns == models && grid.values.allSatisfy(\.isFinite)
    }
    return index.dimensions == dimensions && index.isFinite
      && (1...max(1, index.rows)).contains(neighbors)
      && index.rows > 0 && fits(quality) && cost.map(fits) ?? true
      && costs.count == models && costs.allSatisfy(\.isFinite)
  }
}

extension MultilayerPerceptronRouter.Fitted: LoadableRouter {
  func isSound(models: Int, dimensions: Int) -> Bool {
    costs.count == models && costs.allSatisfy(\.isFinite) && networks.allSatisfy(\.isFinite)
      && networks.first?.inputs == dimensions
  }
}

extension LinearSupportVectorRouter.Fitted: LoadableRouter {
  func isSound(models: Int, dimensions: Int) -> Bool {
    costs.count == models && costs.allSatisfy(\.isFinite) && weights.rows - 1 == dimensions
      && weights.withUnsafeBufferPointer { $0.allSatisfy(\.isFinite) }
  }
}

extension CascadeRouter.Fitted: LoadableRouter {
  func isSound(models count: Int, dimensions: Int) -> Bool {
    !models.isEmpty && !thresholds.isEmpty && !thresholds.contains(where: \.isNaN)
      && !budgets.isEmpty
      && budgets.allSatisfy { $0 >= 0 } && thresholds.count <= 10_000 && budgets.count <= 10_000
      && thresholds.count * budgets.count <= 1_000_000
      && Plan.cascade(Cascade(models: models, threshold: 0, judge: judge)).isSound(models: count)
  }
}
