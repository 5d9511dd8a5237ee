import Matrices
import Outcomes
import Routing

/// Predictions for training prompts by routers that have not seen them.
enum OutOfSample {
  /// Estimates for every training prompt without itself: the router's own shorter way, or folds.
  static func estimates(
    _ recipe: some Router, _ lessons: Lessons, folds: Int
  ) throws -> Estimates {
    if let estimates = try recipe.estimatesWithoutSelf(lessons) { return estimates }
    return try foldedEstimates(recipe, lessons, folds: folds)
  }

  /// Rows in folds: rows of one sample share a fold, and samples are dealt in turn.
  static func folds(of sampleIDs: [String], count: Int) -> [[Int]] {
    var foldOf: [String: Int] = [:]
    for id in sampleIDs where foldOf[id] == nil { foldOf[id] = foldOf.count % max(2, count) }
    var folds = [[Int]](repeating: [], count: min(max(2, count), foldOf.count))
    for (row, id) in sampleIDs.enumerated() { folds[foldOf[id] ?? 0].append(row) }
    return folds
  }

  /// Fits once a fold on the other folds.
  static func foldedEstimates(
    _ recipe: some Router, _ lessons: Lessons, folds: Int
  ) throws -> Estimates {
    var quality = Grid(rows: lessons.count, columns: lessons.table.models.count)
    var cost = Grid(rows: lessons.count, columns: lessons.table.models.count)
    for inside in Self.folds(of: lessons.table.sampleIDs, count: folds) {
      let held = Set(inside)
      let outside = (0..<lessons.count).filter { !held.contains($0) }
      let fitted = try recipe.fit(lessons.selecting(rows: outside))
      guard let router = fitted as? any EstimatingRouter else { continue }
      let part = try router.estimates(for: lessons.features.selecting(rows: inside))
      for (position, row) in inside.enumerated() {
        for model in 0..<quality.columns {
          quality[row, model] = part.quality[position, model]
          cost[row, model] = part.cost.dollars(row: position, model: model)
        }
      }
    }
    return Estimates(quality: quality, cost: .perPrompt(cost))
  }
}
