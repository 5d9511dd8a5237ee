import RouterBenchTesting
import Routers
import Testing

@testable import Evaluation

@Suite("Progress of an experiment")
struct ExperimentProgressTests {
  @Test("every step is told once before it begins: router, validation and intervals, fold by fold")
  func steps() throws {
    let fixture = Fixture(prompts: 90, models: 3, seed: 4)
    var experiment = Experiment([
      NearestNeighborsRouter(neighbors: 2), NearestNeighborsRouter(neighbors: 5),
    ])
    experiment.bootstrap = nil
    experiment.selection = .validation
    experiment.folds = 2
    var told: [ExperimentProgress] = []
    let task = try #require(
      experiment.run(on: fixture.table, features: fixture.features) { told.append($0) }.tasks.first
    ).task
    #expect(told.map(\.done) == Array(0..<9))
    #expect(told.allSatisfy { $0.total == 9 && $0.task == task })
    #expect(
      told.map(\.description) == [
        "\(task), fold 1 of 2, knn:2", "\(task), fold 1 of 2, knn:5",
        "\(task), fold 1 of 2, knn:2 on the validation part",
        "\(task), fold 1 of 2, knn:5 on the validation part",
        "\(task), fold 2 of 2, knn:2", "\(task), fold 2 of 2, knn:5",
        "\(task), fold 2 of 2, knn:2 on the validation part",
        "\(task), fold 2 of 2, knn:5 on the validation part", "\(task), intervals",
      ])
  }

  @Test("one of several experiments counts as a share of them all")
  func within() {
    let step = ExperimentProgress(
      done: 3, total: 4, task: "t", part: nil, work: .examining(router: "r"))
    let second = step.within(1, of: 2)
    #expect(second.done == 7 && second.total == 8 && second.description == "t, r")
  }
}
