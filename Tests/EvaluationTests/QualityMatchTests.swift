import CostQuality
import Matrices
import Outcomes
import RouterBenchTesting
import Routers
import Routing
import Testing

@testable import Evaluation

@Suite("What a page needs of each system")
struct QualityMatchTests {
  @Test("the cost of the best model's quality, by hand")
  func byHand() throws {
    let range = try CostRange(lower: 1, upper: 10)
    let path = try OperatingPath(joining: [
      Point(cost: 2, quality: 0.6), Point(cost: 6, quality: 0.8),
    ])
    func share(_ cost: Double, _ quality: Double) -> Double? {
      QualityMatch.share(of: path, matching: Point(cost: cost, quality: quality), range: range)
    }
    // Half-way along the second piece, and half-way along the mixture with doing nothing.
    #expect(abs((share(8, 0.7) ?? 0) - 0.5) < 1e-12)
    #expect(abs((share(10, 0.3) ?? 0) - 0.1) < 1e-12)
    #expect(share(8, 0.9) == .infinity)
    #expect(share(0, 0.9) == nil)
  }

  @Test("an experiment tells it with its interval, and how often it was reached")
  func experiment() throws {
    let fixture = Fixture(prompts: 80, models: 3, seed: 11)
    var experiment = Experiment([NearestNeighborsRouter(neighbors: 5)])
    experiment.seeds = [1, 2]
    experiment.bootstrap = Bootstrap(resamples: 100)
    experiment.watchedSamples = [fixture.table.sampleIDs[0], fixture.table.sampleIDs[1]]
    let outcome = try experiment.run(on: fixture.table, features: fixture.features)
    let task = try #require(outcome.tasks.first)
    #expect(task.summaries[0].match == nil)
    let match = try #require(task.summaries[1].match)
    let reached = try #require(match.reached)
    #expect((0...1).contains(reached))
    if let interval = match.interval { #expect(reached > 0.9 && interval.lower > 0) }
    let shares = task.splits.map { split in
      split.systems[0].kept.last.flatMap {
        QualityMatch.share(
          of: split.systems[1].deployable, matching: $0.test, range: split.range)
      } ?? 0
    }
    let mean = shares.reduce(0, +) / 2
    #expect(match.costShare == (mean.isFinite ? mean : nil))
    // What is watched is on the first split's test part, or it is not there.
    for each in outcome.estimates {
      #expect(experiment.watchedSamples.contains(each.sampleID))
      #expect(each.quality.count == 3 && each.cost.count == 3)
    }
    for system in task.splits[0].systems {
      for kept in system.kept {
        #expect(kept.calls?.reduce(0, +) == Double(task.splits[0].testCount))
      }
      let bins = system.calibration?.map(\.count).reduce(0, +)
      #expect(bins == (system.name == "zero" ? nil : 3 * task.splits[0].testCount))
    }
  }

  @Test("bins hold every prediction, those beyond 0 and 1 at the ends")
  func bins() {
    let quality = Grid(rows: 2, columns: 2, values: [0, 1, 1, 0.5])
    let table = OutcomeTable(
      models: [ModelID("a"), ModelID("b")], sampleIDs: ["x", "y"], evalNames: ["t", "t"],
      prompts: ["x", "y"], quality: quality, cost: quality)
    let estimates = Estimates(
      quality: Grid(rows: 2, columns: 2, values: [-0.5, 0.05, 1.5, 0.95]), cost: .perModel([1, 2]))
    #expect(
      CalibrationBin.bins(of: estimates, on: table) == [
        CalibrationBin(count: 2, predicted: -0.225, recorded: 0.5),
        CalibrationBin(count: 2, predicted: 1.225, recorded: 0.75),
      ])
  }
}
