import Matrices
import Outcomes
import RouterBenchTesting
import Testing

@testable import Routing

@Suite("Overgenerate and rerank")
struct RerankTests {
  @Test("equals the sum over every combination of errors, ties included", arguments: 1...4)
  func bruteForce(count: Int) throws {
    let table = Fixture(prompts: 60, models: 4, seed: 22).table
    let outcomes = RecordedOutcomes(table)
    for error in [0, 0.1, 0.5, 0.8, 1] {
      let rerank = Rerank(
        models: Array([3, 1, 0, 2].prefix(count)), judge: .quality(error: error))
      for row in 0..<table.count {
        let found = try rerank.expectation(row: row, in: outcomes)
        let expected = Brute.rerank(rerank, error: error, row: row, table: table)
        #expect(abs(found.cost - expected.cost) <= 1e-12)
        #expect(abs(found.quality - expected.quality) <= 1e-12)
      }
    }
  }

  @Test("ties within the tolerance go to the model named first")
  func ties() throws {
    let table = OutcomeTable(
      models: ["x", "y"], sampleIDs: ["a"], evalNames: ["a"], prompts: ["a"],
      quality: Grid(rows: 1, columns: 2, values: [0.1, 1 - 0.9]),
      cost: Grid(rows: 1, columns: 2, repeating: 1))
    for models in [[0, 1], [1, 0]] {
      let found = try Rerank(models: models, judge: .quality(error: 0))
        .expectation(row: 0, in: RecordedOutcomes(table))
      #expect(found.quality == table.quality[0, models[0]])
    }
  }

  @Test("pays for every call and consultation, and for none where there is one answer")
  func price() throws {
    let table = Fixture(prompts: 3, models: 3, seed: 1).table
    let judge = Judge(.quality(error: 0.2), dollars: 0.25)
    let outcomes = RecordedOutcomes(table)
    let three = try Rerank(models: [0, 1, 2], judge: judge).expectation(row: 1, in: outcomes)
    #expect(abs(three.cost - table.cost[row: 1].reduce(0.75, +)) <= 1e-12)
    let one = try Rerank(models: [2], judge: judge).expectation(row: 1, in: outcomes)
    #expect(one.cost == table.cost[1, 2] && one.quality == table.quality[1, 2])
  }
}
