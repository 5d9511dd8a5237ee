import Matrices
import Outcomes
import RouterBenchTesting
import Testing

@testable import Evaluation

@Suite("Pool value")
struct PoolValueTests {
  private let table = Fixture(prompts: 60, models: 5, seed: 8).table

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
      let losses = try value.lossWithout()
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
      for loss in try value.lossWithout() { #expect(loss >= -1e-12) }
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
}
