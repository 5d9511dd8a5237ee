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

  /// Fits once a fold on the other folds. Rows of one sample share a fold; samples are dealt in turn.
  static func foldedEstimates(
    _ recipe: some Router, _ lessons: Lessons, folds: Int
  ) throws -> Estimates {
    var foldOf: [String: Int] = [:]
    for id in lessons.table.sampleIDs where foldOf[id] == nil {
      foldOf[id] = foldOf.count % max(2, folds)
    }
    var quality = Grid(rows: lessons.count, columns: lessons.table.models.count)
    var cost = Grid(rows: lessons.count, columns: lessons.table.models.count)
    for fold in Set(foldOf.values).sorted() {
      let (inside, outside) = lessons.table.sampleIDs.indices.reduce(into: ([Int](), [Int]())) {
        if foldOf[lessons.table.sampleIDs[$1]] == fold { $0.0.append($1) } else { $0.1.append($1) }
      }
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
