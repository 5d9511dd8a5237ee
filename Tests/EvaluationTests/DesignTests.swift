import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routers
import Testing

@testable import Evaluation

@Suite("Experiment designs")
struct DesignTests {
  /// Three tasks of 40 prompts each.
  private func data() -> (table: OutcomeTable, features: Matrix) {
    let fixture = Fixture(prompts: 120, models: 3, seed: 31)
    let whole = fixture.table
    return (
      OutcomeTable(
        models: whole.models, sampleIDs: whole.sampleIDs,
        evalNames: (0..<120).map { ["a", "b", "c"][$0 % 3] }, prompts: whole.prompts,
        quality: whole.quality, cost: whole.cost), fixture.features
    )
  }

  private func experiment(_ design: Experiment.Design) -> Experiment {
    var experiment = Experiment([NearestNeighborsRouter(neighbors: 3)])
    experiment.design = design
    experiment.groups = .none
    experiment.seeds = [1, 2]
    experiment.bootstrap = Bootstrap(resamples: 20)
    return experiment
  }

  @Test("what a run leaves out is known before it: small tasks, equal costs, single folds")
  func omissions() throws {
    let (whole, features) = data()
    var cost = whole.cost
    for row in 0..<120 where row % 3 < 2 {
      // In a the models differ on one prompt, in b nowhere.
      for model in 0..<3 { cost[row, model] = row == 0 ? Double(model + 1) : 1 }
    }
    var names = whole.evalNames
    names[2] = "lone"
    let table = OutcomeTable(
      models: whole.models, sampleIDs: whole.sampleIDs, evalNames: names, prompts: whole.prompts,
      quality: whole.quality, cost: cost)
    var experiment = experiment(.inDomain)
    experiment.seeds = [1]
    experiment.folds = 4
    let known = experiment.omissions(of: table)
    #expect(known.map(\.task) == ["lone", "a", "a", "a", "b"])
    #expect(known.map(\.count) == [1, 10, 10, 10, 40])
    #expect(known[0].reason == "too few prompts to split")
    #expect(known[4].reason == "models do not differ in cost")
    for omission in known[1...3] {
      #expect(
        omission.reason.hasPrefix("models do not differ in cost, in fold ")
          && omission.reason.hasSuffix(" of 4"))
    }
    let outcome = try experiment.run(on: table, features: features)
    #expect(outcome.omissions == known)
    #expect(outcome.tasks.map { $0.splits.count } == [1, 4])
    #expect(outcome.absences.isEmpty)
  }

  @Test("every design tests the same prompts of a task, and never one it was taught on")
  func sittings() {
    let (table, _) = data()
    let tests = Experiment.Design.allCases.map { design in
      Sitting.all(of: experiment(design), on: table).list
    }
    for sitting in tests.flatMap({ $0 }) {
      let taught = Set(sitting.training)
      for (_, rows) in sitting.tests { #expect(taught.isDisjoint(with: rows)) }
    }
    func rows(_ list: [Sitting], _ task: String) -> [[Int]] {
      list.flatMap { $0.tests.filter { $0.task == task }.map(\.rows) }
    }
    for task in ["a", "b", "c"] {
      let expected = rows(tests[0], task)
      #expect(expected.count == 2)
      #expect(tests.allSatisfy { rows($0, task) == expected })
    }
  }

  @Test("out of domain, a router is taught on all prompts of the other tasks alone")
  func outOfDomain() {
    let (table, _) = data()
    for sitting in Sitting.all(of: experiment(.outOfDomain), on: table).list {
      let tested = Set(sitting.tests.map(\.task))
      #expect(sitting.training.count == 80)
      #expect(sitting.training.allSatisfy { !tested.contains(table.evalNames[$0]) })
    }
  }

  @Test("a share of the training prompts is a share of other tasks' too")
  func shares() {
    let (table, _) = data()
    for design in Experiment.Design.allCases {
      var half = experiment(design)
      half.teachingShare = 0.5
      let whole = Sitting.all(of: experiment(design), on: table).list
      for (sitting, all) in zip(Sitting.all(of: half, on: table).list, whole) {
        #expect(Set(sitting.training).isSubset(of: all.training))
        #expect(abs(sitting.training.count - all.training.count / 2) <= 3, "\(design)")
      }
    }
  }

  @Test("pooled, all tasks together come first and are the tasks' mean")
  func pooled() throws {
    let (table, features) = data()
    let outcome = try experiment(.pooled).run(on: table, features: features)
    #expect(outcome.tasks.map(\.task) == [Experiment.allTasks, "a", "b", "c"])
    for position in 0..<2 {
      let splits = outcome.tasks.map { $0.splits[position] }
      #expect(splits[0].testCount == splits.dropFirst().reduce(0) { $0 + $1.testCount })
      for (index, reference) in splits[0].references.enumerated() {
        let sum = splits.dropFirst().reduce(0.0) {
          $0 + $1.references[index].point.quality * Double($1.testCount)
        }
        #expect(abs(reference.point.quality * Double(splits[0].testCount) - sum) < 1e-9)
      }
    }
    #expect(outcome.tasks.allSatisfy { $0.summaries.allSatisfy { $0.intervals != nil } })
  }

  @Test("one task alone has no other to learn from, and says so")
  func alone() throws {
    let fixture = Fixture(prompts: 40, models: 3, seed: 2)
    let outcome = try experiment(.outOfDomain).run(on: fixture.table, features: fixture.features)
    #expect(outcome.tasks.isEmpty)
    #expect(outcome.omissions.map(\.reason) == ["there is no other task to learn from"])
  }

  @Test("sampled runs are the prompts' own: all tasks together are still the tasks' mean")
  func sampled() throws {
    let (table, features) = data()
    var experiment = experiment(.pooled)
    experiment.recipes = [
      CascadeRouter(judge: .quality(error: 0.3)), RerankRouter(judge: .quality(error: 0.3)),
    ]
    experiment.sampling = 11
    experiment.bootstrap = nil
    let outcome = try experiment.run(on: table, features: features)
    for position in 0..<2 {
      let splits = outcome.tasks.map { $0.splits[position] }
      for system in 1...2 {
        for kept in splits[0].systems[system].kept.indices {
          let sum = splits.dropFirst().reduce(0.0) {
            $0 + $1.systems[system].kept[kept].test.quality * Double($1.testCount)
          }
          let whole = splits[0].systems[system].kept[kept].test.quality
          #expect(abs(whole * Double(splits[0].testCount) - sum) < 1e-9)
        }
      }
    }
  }

  @Test(
    "what is tested is not taught under another task's name, and how much that leaves out is told")
  func twins() throws {
    let (table, features) = data()
    // Each prompt of a has its twin in b, at another place; prompts of c are alone.
    let keys = (0..<120).map { $0 % 3 == 2 ? "" : "\(($0 / 3 + 7 * ($0 % 3)) % 40)" }
    for design in [Experiment.Design.pooled, .outOfDomain] {
      var experiment = experiment(design)
      experiment.keepingTogether = [keys]
      for sitting in Sitting.all(of: experiment, on: table).list {
        let tested = Set(sitting.tests.flatMap { $0.rows.map { keys[$0] } })
        #expect(sitting.training.allSatisfy { keys[$0].isEmpty || !tested.contains(keys[$0]) })
        let plain = Sitting.all(of: self.experiment(design), on: table).list
          .first { $0.seed == sitting.seed && $0.tests.map(\.task) == sitting.tests.map(\.task) }
        #expect(sitting.twins == (plain?.training.count ?? 0) - sitting.training.count)
      }
      let outcome = try experiment.run(on: table, features: features)
      let sittings = Sitting.all(of: experiment, on: table).list
      let told = outcome.tasks.flatMap { task in
        task.notes.filter { $0.contains("not taught on") }.map { "\(task.task): \($0)" }
      }
      // Once a sitting: pooled, with all tasks; out of domain, with the task that is tested.
      #expect(
        told.sorted()
          == sittings.filter { $0.twins > 0 }.map {
            "\($0.tests[0].task): \($0.twins) training prompts were not taught on in seed \($0.seed), since "
              + "another task tests their text or question."
          }.sorted())
      #expect(told.count == (design == .pooled ? 2 : 4))
      #expect(experiment.teachingNotes(of: table).count == told.count)
    }
    var legacy = experiment(.pooled)
    (legacy.keepingTogether, legacy.method) = ([keys], .numpyLegacy)
    #expect(Sitting.all(of: legacy, on: table).list.allSatisfy { $0.twins == 0 })
  }

  @Test("a task whose every teacher is tested under its own name is left out for that reason")
  func onlyTwins() throws {
    let (table, features) = data()
    var experiment = experiment(.outOfDomain)
    experiment.seeds = [1]
    experiment.trainingFraction = 0.05
    let plain = Sitting.all(of: experiment, on: table).list
    let tested = try #require(plain.first { $0.tests[0].task == "a" }).tests[0].rows
    // What b and c have, a has too, and tests.
    experiment.keepingTogether = [
      (0..<120).map { $0 % 3 == 0 ? "\($0)" : "\(tested[$0 / 3 % tested.count])" }
    ]
    let known = experiment.omissions(of: table).first { $0.task == "a" }
    #expect(known?.reason == "every prompt that could teach has its text or question tested")
    #expect(known?.count == 40)
    let outcome = try experiment.run(on: table, features: features)
    #expect(
      !outcome.tasks.contains { $0.task == "a" } && outcome.omissions.contains { $0 == known })
    #expect(!experiment.divisions(of: table).contains { $0.task == "a" })
  }

  @Test("near-duplicates do not straddle the part that recipes are chosen on")
  func selection() throws {
    // Each prompt has a twin of the same features and outcomes; nothing else tells which model is right.
    let half = Fixture(prompts: 120, models: 3, seed: 9)
    let rows = (0..<240).map { $0 / 2 }
    let twice = half.table.selecting(rows: rows)
    let table = OutcomeTable(
      models: twice.models, sampleIDs: (0..<240).map(String.init), evalNames: twice.evalNames,
      prompts: twice.prompts, quality: twice.quality, cost: twice.cost)
    let features = half.features.selecting(rows: rows)
    var experiment = Experiment([
      NearestNeighborsRouter(neighbors: 1), NearestNeighborsRouter(neighbors: 60),
    ])
    (experiment.selection, experiment.bootstrap) = (.validation, nil)
    func promised() throws -> Double {
      let note = try experiment.run(on: table, features: features).tasks[0].notes.joined()
      let number = note.split(separator: "AIQ of ").last?.prefix { $0 != " " } ?? ""
      return try #require(Double(number), "\(note)")
    }
    let straddling = try promised()
    experiment.keepingTogether = [rows.map(String.init)]
    #expect(try promised() < straddling - 0.1)
  }
}
