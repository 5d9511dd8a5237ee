import Matrices
import Outcomes
import Parallelism
import RouterBenchTesting
import Routing
import Testing

@testable import Evaluation

@Suite("Pool value")
struct PoolValueTests {
  private let table = Fixture(prompts: 60, models: 5, seed: 8).table

  private func losses(_ value: PoolValue) throws -> [Double] {
    try PoolWorth(value, keeping: [], groups: .paper, bootstrap: nil).losses.map(\.value)
  }

  @Test("a model that never helps is worth nothing to a router that knows every answer")
  func useless() throws {
    // Model 1 is model 0 at twice the price.
    var quality = Grid(rows: 4, columns: 3, repeating: 0)
    var cost = Grid(rows: 4, columns: 3, repeating: 0)
    for row in 0..<4 {
      quality[row, 0] = row < 2 ? 1 : 0
      quality[row, 1] = quality[row, 0]
      quality[row, 2] = 1
      (cost[row, 0], cost[row, 1], cost[row, 2]) = (1, 2, 4)
    }
    let table = OutcomeTable(
      models: ["a", "b", "c"].map { ModelID($0) }, sampleIDs: ["1", "2", "3", "4"],
      evalNames: ["t", "t", "t", "t"], prompts: ["1", "2", "3", "4"], quality: quality, cost: cost)
    for system in [PoolValue.System.zero, .clairvoyant] {
      let value = try PoolValue(table, system: system)
      let losses = try losses(value)
      #expect(abs(losses[1]) < 1e-12)
      #expect(losses[0] > 0.01 && losses[2] > 0.01)
      let subset = try value.smallest(keeping: 1)
      #expect(subset.models == [0, 2] && subset.isSmallest && abs(subset.share - 1) < 1e-12)
    }
  }

  @Test("more models never lower what can be reached; the smallest subset is found by trying all")
  func monotone() throws {
    for system in [PoolValue.System.zero, .clairvoyant] {
      let value = try PoolValue(table, system: system)
      let all = Array(0..<5)
      let whole = try value.aiq(of: all)
      for loss in try losses(value) { #expect(loss >= -1e-12) }
      for share in [0.9, 0.97, 1.0] {
        let found = try value.smallest(keeping: share)
        let sizes = try (1..<32).compactMap { bits -> Int? in
          let subset = all.filter { bits & (1 << $0) != 0 }
          return try value.aiq(of: subset) >= share * whole * (1 - 1e-12) ? subset.count : nil
        }
        #expect(found.models.count == sizes.min())
        #expect(found.share >= share * (1 - 1e-12))
      }
    }
  }

  @Test("intervals hold their numbers, are the same on any threads, and narrow with more prompts")
  func intervals() throws {
    let systems: [(PoolValue.System, String)] = [(.zero, "zero"), (.clairvoyant, "clairvoyant")]
    for (system, name) in systems {
      func worth(prompts: Int, threads: Int) throws -> PoolWorth {
        let table = Fixture(prompts: prompts, models: 5, seed: 8).table
        return try PoolWorth(
          PoolValue(table, system: system), keeping: [0, 4], groups: .paper,
          bootstrap: Bootstrap(resamples: 200), threads: Threads(threads))
      }
      let few = try worth(prompts: 60, threads: 1)
      let again = try worth(prompts: 60, threads: 3)
      let many = try worth(prompts: 6_000, threads: 2)
      #expect(few.losses == again.losses && few.share == again.share)
      func width(_ measure: PoolWorth.Measure) throws -> Double {
        let interval = try #require(measure.interval)
        #expect(interval.contains(measure.value), "\(name)")
        return interval.upper - interval.lower
      }
      #expect(try width(many.share) < width(few.share))
      #expect(try width(few.share) > 0)
      #expect(
        try many.losses.map(width).reduce(0, +) < few.losses.map(width).reduce(0, +) / 3)
    }
  }

  @Test("a resample's loss is the loss on a table of the drawn prompts")
  func resample() throws {
    let fixture = Fixture(prompts: 40, models: 4, seed: 3)
    let estimates = Estimates(
      quality: fixture.table.quality, cost: .perModel(fixture.table.cost.columnMeans()))
    let bootstrap = Bootstrap(resamples: 1)
    let counts = bootstrap.counts(resample: 0, strata: [Array(0..<40)], prompts: 40)
    let rows = counts.enumerated().flatMap { row, count in Array(repeating: row, count: Int(count))
    }
    for system in [PoolValue.System.zero, .clairvoyant, .estimates(estimates)] {
      let pool = try PoolValue(fixture.table, system: system)
      let worth = try PoolWorth(
        pool, keeping: [0, 1], groups: .paper, bootstrap: bootstrap)
      let drawn = fixture.table.selecting(rows: rows)
      let own: PoolValue.System =
        if case .estimates = system {
          .estimates(
            Estimates(
              quality: estimates.quality.selecting(rows: rows),
              cost: .perModel(fixture.table.cost.columnMeans())))
        } else {
          system
        }
      let twin = try PoolValue(drawn, system: own)
      for model in 0..<4 {
        let all = Array(0..<4)
        let aiqs = try [all, all.filter { $0 != model }].map {
          let once = PromptDraws(Grid(rows: 1, columns: 40, repeating: 1))
          return try pool.aiq(of: twin.swept($0).points(in: once)[0])
        }
        let interval = try #require(worth.losses[model].interval)
        #expect(abs(interval.lower - (aiqs[0] - aiqs[1])) < 1e-12)
      }
    }
  }
}
