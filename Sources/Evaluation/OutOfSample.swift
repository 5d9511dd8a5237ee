import CostQuality
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

  /// Fits once a fold on the other folds.
  static func foldedEstimates(
    _ recipe: some Router, _ lessons: Lessons, folds: Int
  ) throws -> Estimates {
    var quality = Grid(rows: lessons.count, columns: lessons.table.models.count)
    var cost = Grid(rows: lessons.count, columns: lessons.table.models.count)
    for (inside, outside) in parts(lessons, folds: folds) {
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

  /// The points of a router with settings of its own, each prompt's plan by a router without it.
  ///
  /// For routers that have learned from the very answers they would judge. Settings of the same place
  /// correspond.
  static func stops(
    _ recipe: some Router, _ lessons: Lessons, settings: [Double], overhead: Overhead = .none,
    folds: Int
  ) throws -> [SweptPoint] {
    var cost = [ExactSum](repeating: ExactSum(), count: settings.count)
    var quality = cost
    var dollars = cost
    var seconds = cost
    var (hasDollars, hasSeconds) = (true, true)
    for (inside, outside) in parts(lessons, folds: folds) {
      let part = lessons.selecting(rows: inside)
      let stops = try Exam.stops(
        of: recipe.fit(lessons.selecting(rows: outside)), part.features, part.table,
        overhead: overhead)
      for index in settings.indices {
        guard let stop = stops.indices.contains(index) ? stops[index] : stops.last else { continue }
        cost[index].add(stop.point.cost * Double(inside.count))
        quality[index].add(stop.point.quality * Double(inside.count))
        if let each = stop.dollars {
          dollars[index].add(each * Double(inside.count))
        } else {
          hasDollars = false
        }
        if let each = stop.seconds {
          seconds[index].add(each * Double(inside.count))
        } else {
          hasSeconds = false
        }
      }
    }
    let count = Double(lessons.count)
    return settings.indices.map { index in
      SweptPoint(
        parameter: Parameter(settings[index]),
        point: Point(cost: cost[index].value / count, quality: quality[index].value / count),
        dollars: hasDollars ? dollars[index].value / count : nil,
        seconds: hasSeconds ? seconds[index].value / count : nil)
    }
  }

  /// Rows in folds: rows of one sample share a fold, and samples are dealt in turn.
  static func folds(of sampleIDs: [String], count: Int) -> [[Int]] {
    var foldOf: [String: Int] = [:]
    for id in sampleIDs where foldOf[id] == nil { foldOf[id] = foldOf.count % max(2, count) }
    var folds = [[Int]](repeating: [], count: min(max(2, count), foldOf.count))
    for (row, id) in sampleIDs.enumerated() { folds[foldOf[id] ?? 0].append(row) }
    return folds
  }

  /// The rows of each fold and all others.
  private static func parts(
    _ lessons: Lessons, folds: Int
  ) -> [(inside: [Int], outside: [Int])] {
    Self.folds(of: lessons.table.sampleIDs, count: folds).map { inside in
      let held = Set(inside)
      return (inside, (0..<lessons.count).filter { !held.contains($0) })
    }
  }
}
