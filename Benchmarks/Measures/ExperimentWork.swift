import Embedding
import Evaluation
import Foundation
import Matrices
import Outcomes
import Parallelism
import Routers
import Routing

/// The paper's grid in domain, with intervals: three KNNs, an SVR, 88 cascades, and two perceptrons.
struct ExperimentWork {
  let table: OutcomeTable
  let features: Matrix
  let recipes: [any Router]

  /// - Parameter isWhole: Whether all tasks take part, or those of fewer than 2,000 prompts.
  init(_ data: BenchData, perceptrons: Bool, isWhole: Bool) throws {
    let options = ReadingOptions(includeResponses: false)
    let whole = try OutcomeReading.read(data.path("outcomes.csv"), options: options).table
    let features = try FeatureFile.read(data.path("features.npy"))
    let rowsOfTasks = Dictionary(grouping: 0..<whole.count) {
      TaskGroups.paper.task(of: whole.evalNames[$0])
    }
    let rows = rowsOfTasks.values.filter { isWhole || $0.count < 2000 }.joined().sorted()
    table = whole.selecting(rows: rows)
    self.features = features.selecting(rows: rows)
    var recipes: [any Router] = [5, 10, 40].map { NearestNeighborsRouter(neighbors: $0) }
    recipes.append(LinearSupportVectorRouter())
    for error in CascadeGrid.paperErrors {
      recipes.append(CascadeRouter(judge: .quality(error: error), threshold: 1))
    }
    if perceptrons {
      recipes += [[100], [100, 100]].map { MultilayerPerceptronRouter(hiddenLayers: $0) }
    }
    self.recipes = recipes
  }

  /// What is timed is the whole; the number that it gives are the seconds, taken before, of what only
  /// deployable curves need: recipes that cannot leave a prompt out otherwise are fitted once a fold.
  func prepare() throws -> Works.Work {
    let experiment = Experiment(recipes)
    let taken = try ContinuousClock().measure { try fold() }
    let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) * 1e-18
    return {
      _ = try experiment.run(on: table, features: features)
      return seconds
    }
  }

  private func fold() throws {
    let tasks = Dictionary(grouping: 0..<table.count) {
      TaskGroups.paper.task(of: table.evalNames[$0])
    }
    for rows in tasks.values {
      let taught = rows.prefix(rows.count * 7 / 10)
      for fold in 0..<5 {
        let inside = taught.filter { $0 % 5 == fold }
        let outside = taught.filter { $0 % 5 != fold }
        let lessons = Lessons(
          table.selecting(rows: outside), features: features.selecting(rows: outside))
        for recipe in recipes {
          if recipe is NearestNeighborsRouter { continue }
          if let router = try recipe.fit(lessons) as? any EstimatingRouter {
            _ = try router.estimates(for: features.selecting(rows: inside))
          }
        }
      }
    }
  }
}
