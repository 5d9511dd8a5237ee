import CostQuality
import Matrices
import Outcomes
import Parallelism
import RouterBenchTesting
import Routers
import Routing
import Testing

@testable import Evaluation

@Suite("Bootstrap")
struct BootstrapTests {
  @Test("each stratum is drawn as often as it has prompts")
  func strata() {
    let strata = [[0, 1, 2], [3], [4, 5, 6, 7]]
    for resample in 0..<50 {
      let counts = Bootstrap(seed: 9).counts(resample: resample, strata: strata, prompts: 8)
      for stratum in strata {
        #expect(stratum.map { counts[$0] }.reduce(0, +) == Double(stratum.count))
      }
    }
  }

  @Test("Holm's correction on a worked example")
  func holm() {
    let adjusted = HolmCorrection.adjusted([0.01, 0.04, 0.03, 0.005])
    for (found, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(abs(found - expected) < 1e-15)
    }
    #expect(HolmCorrection.adjusted([]) == [])
    #expect(HolmCorrection.adjusted([0.9, 0.8]) == [1, 1])
  }

  @Test("as many resamples as are said to be needed suffice, and one less does not")
  func resamplesNeeded() {
    for level in [0.5, 0.9, 0.95, 0.99, 0.999] {
      for claims in [1, 2, 3, 7, 40] {
        let needed = HolmCorrection.resamplesNeeded(claims: claims, level: level)
        func adjusted(_ resamples: Int) -> Double {
          let sure = BootstrapSample([Double](repeating: 1, count: resamples), prompts: 100).pValue
          return HolmCorrection.adjusted([sure] + [Double](repeating: 1, count: claims - 1))[0]
        }
        #expect(adjusted(needed) <= 1 - level, "\(claims) claims at \(level)")
        #expect(needed == 1 || adjusted(needed - 1) > 1 - level, "\(claims) claims at \(level)")
      }
    }
    #expect(HolmCorrection.resamplesNeeded(claims: 6, level: 0.95) == 239)
  }

  @Test("normal quantiles")
  func quantiles() {
    #expect(abs(Normal.quantile(0.975) - 1.959963984540054) < 1e-12)
    #expect(Normal.quantile(0.5) == 0 || abs(Normal.quantile(0.5)) < 1e-12)
  }

  @Test("many draws at once give each draw's own weighted means", arguments: [1, 7, 33])
  func draws(count: Int) {
    let strata = [Array(0..<150), Array(150..<203)]
    let counts = (0..<count).map {
      Bootstrap(seed: 2).counts(resample: $0, strata: strata, prompts: 203)
    }
    let values = Fixture(prompts: 203, models: 5, seed: 3).table.cost
    let means = PromptDraws(Grid(rows: count, columns: 203, values: counts.flatMap { $0 }))
      .means(of: values)
    for draw in 0..<count {
      for column in 0..<5 {
        var sum = 0.0
        for row in 0..<203 { sum += counts[draw][row] * values[row, column] }
        #expect(abs(means[draw, column] - sum / 203) < 1e-15 * 203)
      }
    }
  }

  private func run(threads: Int) -> ([[[Double]]], [[[Double]]], [[PointIntervals]]) {
    let fixture = Fixture(prompts: 90, models: 4, seed: 21)
    let lessons = Lessons(
      fixture.table.selecting(rows: Array(0..<50)),
      features: fixture.features.selecting(rows: Array(0..<50)))
    let rows = Array(50..<90)
    guard
      let exam = try? Exam(
        fixture.table.selecting(rows: rows), features: fixture.features.selecting(rows: rows)),
      let zero = try? exam.sitZero(taughtBy: lessons),
      let rehearsal = try? Rehearsal(NearestNeighborsRouter(neighbors: 5), taughtBy: lessons),
      let knn = try? exam.sit(rehearsal)
    else { return ([], [], []) }
    let part = BootstrapRun.Part(
      prompts: Array(0..<40), range: exam.costRange, leftExtension: .nullMixture,
      examinations: [zero, knn],
      references: PromptOutcomes(models: [0, 1, 2, 3], of: exam.table))
    let outcome = BootstrapRun(
      settings: Bootstrap(resamples: 60, seed: 4), parts: [part], strata: [Array(0..<40)],
      threads: Threads(threads)
    ).run()
    return (outcome.deployable, outcome.testHull, outcome.points)
  }

  @Test("the number of threads changes no bit", arguments: [2, 5])
  func threads(count: Int) {
    let (one, many) = (run(threads: 1), run(threads: count))
    #expect(!one.0.isEmpty)
    #expect(one.0 == many.0 && one.1 == many.1 && one.2 == many.2)
  }

  @Test("a resample that draws every prompt once gives the point estimates")
  func identity() throws {
    let fixture = Fixture(prompts: 80, models: 4, seed: 5)
    let half = Array(0..<40)
    let lessons = Lessons(
      fixture.table.selecting(rows: half), features: fixture.features.selecting(rows: half))
    let rows = Array(40..<80)
    for grid in [SweepGrid.exact, .logarithmic, .reference] {
      var exam = try Exam(
        fixture.table.selecting(rows: rows), features: fixture.features.selecting(rows: rows))
      exam.grid = grid
      let rehearsal = try Rehearsal(
        NearestNeighborsRouter(neighbors: 7), taughtBy: lessons, grid: grid)
      let held = try exam.sit(rehearsal)
      let draws = PromptDraws(Grid(rows: 1, columns: 40, repeating: 1))
      guard case .sweep = held.swept else { continue }
      let points = held.swept.points(in: draws)[0]
      #expect(points.count == held.result.swept.count)
      for (point, stop) in zip(points, held.result.swept) {
        #expect(abs(point.cost - stop.point.cost) < 1e-12)
        #expect(abs(point.quality - stop.point.quality) < 1e-12)
      }
      let kept = held.kept.points(in: draws)[0]
      #expect(kept.count == held.result.kept.count && !kept.isEmpty)
      for (point, kept) in zip(kept, held.result.kept) {
        #expect(abs(point.cost - kept.test.cost) < 1e-12)
      }
    }
  }

  /// Many small samples of one large population, whose true values are known.
  @Test(
    "95% intervals of points, deployable AIQ and its lead on Zero cover the truth within 2 points")
  func coverage() throws {
    let population = Fixture(prompts: 60_000, models: 3, seed: 77)
    let lessons = Lessons(
      population.table.selecting(rows: Array(0..<300)),
      features: population.features.selecting(rows: Array(0..<300)))
    // A frozen router: what is covered is its own truth, as the bootstrap promises.
    let rehearsal = try Rehearsal(NearestNeighborsRouter(neighbors: 30), taughtBy: lessons)
    let whole = Array(300..<60_000)
    let truthExam = try Exam(
      population.table.selecting(rows: whole), features: population.features.selecting(rows: whole))
    let truth = try truthExam.sit(rehearsal).result
    let zero = try truthExam.sitZero(taughtBy: lessons).result
    let vertices = [truth.kept.count / 2, truth.kept.count - 1]
    let range = truthExam.costRange
    let settings = Bootstrap(resamples: 400, level: 0.95, seed: 3)
    let simulations = 1000
    let size = 120
    let hits = Threads.machine.map(count: simulations) { simulation -> [Bool] in
      var generator = SeededGenerator(seed: 11, stream: UInt64(simulation))
      let rows = (0..<size).map { _ in 300 + generator.integer(below: whole.count) }
      guard
        let exam = try? Exam(
          population.table.selecting(rows: rows),
          features: population.features.selecting(rows: rows)),
        let mixture = try? exam.sitZero(taughtBy: lessons),
        let held = try? exam.sit(rehearsal)
      else { return [] }
      let part = BootstrapRun.Part(
        prompts: Array(0..<size), range: range, leftExtension: .nullMixture,
        examinations: [mixture, held],
        references: PromptOutcomes(models: [1], of: exam.table))
      let outcome = BootstrapRun(
        settings: settings, parts: [part], strata: [Array(0..<size)], threads: Threads(1)
      ).run()
      func interval(_ draws: [Double]) -> Interval {
        BootstrapSample(draws, prompts: size).interval(level: 0.95)
      }
      let (base, router) = (outcome.deployable[0][0], outcome.deployable[0][1])
      let lead = interval(zip(router, base).map { $0 - $1 })
      // The single model, then Zero's vertices, then the router's.
      let points = outcome.points[0]
      let named =
        [(points[0], truthExam.modelPoints[1])]
        + vertices.map { (points[1 + zero.kept.count + $0], truth.kept[$0].test) }
      return [
        interval(outcome.testHull[0][1]).contains(truth.testHullAIQ),
        interval(router).contains(truth.deployableAIQ),
        lead.contains(truth.deployableAIQ - zero.deployableAIQ),
      ]
        + named.flatMap { found, truth in
          [found.cost.contains(truth.cost), found.quality.contains(truth.quality)]
        }
    }
    let names = [
      "test hull (biased, told only)", "deployable", "lead on Zero", "a model's cost",
      "its quality",
      "a middle vertex's cost", "its quality", "the last vertex's cost", "its quality",
    ]
    #expect(hits.allSatisfy { $0.count == names.count })
    for (index, name) in names.enumerated() {
      let share = Double(hits.count { $0[index] }) / Double(simulations)
      print("coverage: \(name) \(share)")
      if index > 0 { #expect(abs(share - 0.95) <= 0.02, "\(name): \(share)") }
    }
  }

  @Test("verdicts need an interval that excludes 0 and a p-value that survives the correction")
  func findings() {
    func finding(_ lower: Double, _ upper: Double, _ p: Double) -> Finding {
      let interval = Interval(lower: lower, upper: upper)
      return Comparison(
        deployable: interval, testHull: interval, standardError: 0, pValue: p, adjustedPValue: p,
        level: 0.95
      ).finding
    }
    #expect(finding(0.01, 0.02, 0.01) == .better)
    #expect(finding(-0.02, -0.01, 0.01) == .worse)
    #expect(finding(-0.01, 0.02, 0.01) == .noEvidence)
    #expect(finding(0.01, 0.02, 0.06) == .noEvidence)
  }

  @Test("the prompts needed grow with the square of what must be told apart")
  func power() throws {
    func plan(_ difference: Double) throws -> Detection {
      try #require(
        Detection(of: difference, standardError: 0.01, testPrompts: 400, level: 0.95))
    }
    // (1.95996 + 0.84162) x 0.01
    let own = try plan(0.0280158)
    #expect(abs(own.smallestDifference - 0.0280158) < 1e-6)
    #expect((400...401).contains(own.neededPrompts))
    #expect(try plan(0.014007927).neededPrompts == 1600)
    #expect(Detection(of: 0.01, standardError: 0, testPrompts: 400, level: 0.95) == nil)
  }

  /// A mean of normal draws, whose power is known: the planned size must find what it promises.
  @Test("the planned number of prompts finds the difference four times in five")
  func plannedPower() throws {
    var generator = SeededGenerator(seed: 5)
    func uniform() -> Double { Double(generator.integer(below: 1 << 30)) / Double(1 << 30) }
    // Differences of one prompt are -1, 0 or 1, as those of two right-or-wrong models are.
    func mean(_ count: Int) -> (mean: Double, standardError: Double) {
      var (sum, squares) = (0.0, 0.0)
      for _ in 0..<count {
        let draw = uniform()
        let value = draw < 0.25 ? 1.0 : draw < 0.40 ? -1 : 0
        sum += value
        squares += value * value
      }
      let mean = sum / Double(count)
      return (mean, ((squares / Double(count) - mean * mean) / Double(count)).squareRoot())
    }
    let pilot = mean(4_000)
    let plan = try #require(
      Detection(
        of: 0.1, standardError: pilot.standardError, testPrompts: 4_000, level: 0.95))
    let found = (0..<2_000).count { _ in
      let sample = mean(plan.neededPrompts)
      return abs(sample.mean) > 1.959963984540054 * sample.standardError
    }
    #expect(abs(Double(found) / 2_000 - 0.8) < 0.04)
  }

  @Test("claims that rest on the same numbers count once in Holm's correction")
  func sameClaims() {
    let (one, two, three) = ([0.1, 0.2], [0.1, 0.3], [-0.1, 0.2])
    // Three claims: 0.01 x 3, 0.02 x 2, 0.5.
    let adjusted = HolmCorrection.adjusted(
      [0.01, 0.02, 0.01, 0.5, 0.02], sameClaims: [one, two, one, three, two])
    for (found, expected) in zip(adjusted, [0.03, 0.04, 0.03, 0.5, 0.04]) {
      #expect(abs(found - expected) < 1e-15)
    }
    // What differs in the last bit is another claim.
    let tenth = 0.1
    let near = HolmCorrection.adjusted([0.01, 0.01], sameClaims: [[tenth], [tenth.nextUp]])
    #expect(near == [0.02, 0.02])
  }

  @Test("a chosen router beside its candidates makes no verdict stricter")
  func chosen() throws {
    let fixture = Fixture(prompts: 160, models: 4, seed: 31)
    var experiment = Experiment([
      NearestNeighborsRouter(neighbors: 3), NearestNeighborsRouter(neighbors: 15),
    ])
    experiment.bootstrap = Bootstrap(resamples: 200)
    func adjusted(_ experiment: Experiment) throws -> [String: Double] {
      let outcome = try experiment.run(on: fixture.table, features: fixture.features)
      let task = try #require(outcome.tasks.first)
      // Every router has decisions, the chosen one under its own name.
      let systems = task.summaries.map(\.name).filter { $0 != "zero" }
      #expect(Set(outcome.decisions.map(\.system)) == Set(systems))
      return task.summaries.reduce(into: [:]) {
        $0[$1.name] = $1.intervals?.comparison?.adjustedPValue
      }
    }
    let alone = try adjusted(experiment)
    experiment.selection = .validation
    let beside = try adjusted(experiment)
    #expect(alone.count == 2 && beside.count == 3)
    for (name, value) in alone { #expect(beside[name] == value) }
    #expect(alone.values.contains { $0 == beside["selected"] })
  }

  @Test("resamples that miss a fold are counted, and too few of them give no interval")
  func tinyFolds() throws {
    let fixture = Fixture(prompts: 60, models: 3, seed: 4)
    func task(folds: Int) throws -> TaskResult {
      var experiment = Experiment([RandomRouter()])
      (experiment.folds, experiment.bootstrap) = (folds, Bootstrap(resamples: 100))
      return try experiment.run(on: fixture.table, features: fixture.features).tasks[0]
    }
    #expect(try task(folds: 3).notes.isEmpty)
    let tiny = try task(folds: 30)
    #expect(
      tiny.notes.contains {
        $0.hasSuffix(
          " of 100 resamples had no prompt of some split and were not used, so there are no intervals; let "
            + "splits test more prompts (fewer folds or seeds).")
      }, "\(tiny.notes)")
    #expect(tiny.summaries.allSatisfy { $0.intervals == nil })
    #expect(tiny.splits.allSatisfy { $0.references.allSatisfy { $0.intervals == nil } })
  }

  @Test("routers that cannot serve cost those that can nothing in the correction")
  func unservable() throws {
    // The feature tells which of two models is right, so that knn:3 is surely better than mixing them.
    let whole = Fixture(prompts: 200, models: 2, seed: 12).table
    let right = (0..<200).map { $0 * 7 % 5 < 2 ? 1.0 : 0 }
    let table = OutcomeTable(
      models: whole.models, sampleIDs: whole.sampleIDs, evalNames: whole.evalNames,
      prompts: whole.prompts,
      quality: Grid(rows: 200, columns: 2, values: right.flatMap { [$0, 1 - $0] }),
      cost: Grid(rows: 200, columns: 2, values: (0..<200).flatMap { _ in [1, 2] as [Double] }))
    let features = Matrix(rows: 200, columns: 2, values: right.flatMap { [Float($0), 1] })
    func adjusted(_ more: [any Router]) throws -> [String: Double?] {
      var experiment = Experiment([NearestNeighborsRouter(neighbors: 3)] + more)
      experiment.bootstrap = Bootstrap(resamples: 200)
      let task = try experiment.run(on: table, features: features).tasks[0]
      return Dictionary(
        uniqueKeysWithValues: task.summaries.map {
          ($0.name, $0.intervals?.comparison?.adjustedPValue)
        })
    }
    let alone = try adjusted([])
    let beside = try adjusted(
      [0.1, 0.2, 0.3].map { CascadeRouter(judge: .quality(error: $0)) })
    #expect(beside["knn:3"] == alone["knn:3"] && beside.count == 5)
    // Rivals that can serve do weigh on it.
    let own = try #require(alone["knn:3"] ?? nil)
    let rivals = try adjusted([RandomRouter(), RandomRouter(weights: [1, 0, 2])])
    #expect(try #require(rivals["knn:3"] ?? nil) > own)
  }
}
