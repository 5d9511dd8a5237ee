import CostQuality
import Embedding
import Matrices
import Outcomes
import Routers
import Testing

@testable import Evaluation

@Suite("Published Winogrande rows")
struct WinograndeTests {
  @Test("models, Oracle and Zero equal the golden values to 1e-12")
  func references() throws {
    guard let table = try Shared.winogrande(),
      let golden = try Shared.json(GoldenModels.self, "golden/winogrande_all.json")
    else { return }
    let exam = try Exam(table, features: Matrix(rows: table.count, columns: 0, values: []))
    for (model, point) in zip(table.models, exam.modelPoints) {
      let expected = try #require(golden.models[model.name])
      #expect(abs(point.quality - expected.quality) <= 1e-12)
      #expect(abs(point.cost - expected.cost_per_prompt) <= 1e-12)
    }
    let oracle = Oracle(table)
    #expect(abs(oracle.point.quality - golden.oracle.quality) <= 1e-12)
    #expect(abs(oracle.point.cost - golden.oracle.cost_per_prompt) <= 1e-12)
    #expect(
      abs(oracle.pointFreeWhenUnsolved.cost - golden.oracle.cost_per_prompt_free_when_unsolved)
        <= 1e-12)
    let hull = try NonDecreasingHull(of: exam.modelPoints)
    #expect(hull.vertices.count == golden.zero_hull.count)
    for (vertex, expected) in zip(hull.vertices, golden.zero_hull) {
      #expect(abs(vertex.cost - expected[0]) <= 1e-12)
      #expect(abs(vertex.quality - expected[1]) <= 1e-12)
    }
    #expect(abs(exam.costRange.lower - golden.range[0]) <= 1e-15)
    let aiq = hull.averageImprovementInQuality(over: exam.costRange)
    #expect(abs(aiq - golden.zero_aiq_nullMixture) <= 1e-12)
  }

  @Test("KNN's two curves equal the golden values over ten numpy splits to 1e-6")
  func neighbors() throws {
    guard let table = try Shared.winogrande(),
      let golden = try Shared.json(GoldenNeighbors.self, "golden/winogrande_knn.json"),
      let path = Shared.path("golden/winogrande_question_MiniLM-L6.npy")
    else { return }
    let features = try FeatureFile.read(path)
    var experiment = Experiment([5, 10, 40, 100].map(NearestNeighborsRouter.init))
    experiment.method = .numpyLegacy
    experiment.seeds = golden.seeds.map(\.seed)
    experiment.grid = .logarithmic
    let gridded = try experiment.run(on: table, features: features)
    experiment.grid = .exact
    let exact = try experiment.run(on: table, features: features)
    #expect(gridded.tasks.count == 1)
    #expect(gridded.tasks[0].featureWarning == nil)
    for (index, expected) in golden.seeds.enumerated() {
      let split = gridded.tasks[0].splits[index]
      #expect(split.trainingCount == expected.train && split.testCount == expected.test)
      #expect(abs(split.range.lower - expected.range[0]) <= 1e-12)
      #expect(abs(split.systems[0].testHullAIQ - expected.zero) <= 1e-6)
      #expect(abs(split.systems[0].deployableAIQ - expected.zero_trained) <= 1e-6)
      for (position, curves) in [expected.knn5, expected.knn10, expected.knn40, expected.knn100]
        .enumerated()
      {
        let system = split.systems[position + 1]
        #expect(abs(system.testHullAIQ - curves.testHull) <= 1e-6)
        #expect(abs(system.deployableAIQ - curves.deployable) <= 1e-6)
        let sharper = exact.tasks[0].splits[index].systems[position + 1]
        #expect(sharper.testHullAIQ >= curves.testHull - 1e-12, "the exact sweep misses nothing")
      }
    }
  }

  @Test("one vector for all prompts is warned about, and no KNN then beats Zero")
  func collapse() throws {
    guard let table = try Shared.winogrande() else { return }
    var experiment = Experiment([NearestNeighborsRouter(neighbors: 40)])
    experiment.seeds = [1, 2]
    let same = Matrix(
      rows: table.count, columns: 2, values: [Float](repeating: 1, count: table.count * 2))
    let task = try experiment.run(on: table, features: same).tasks[0]
    #expect(task.distinctFeatures == 1)
    #expect(
      task.featureWarning
        == "1267 different prompts have only 1 distinct feature vector, so routers cannot tell them "
        + "apart; try another view (such as question) or an encoder that reads longer texts.")
    for split in task.splits {
      #expect(split.systems[1].testHullAIQ <= split.systems[0].testHullAIQ + 1e-12)
    }
  }
}
