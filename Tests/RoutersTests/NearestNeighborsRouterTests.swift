import Matrices
import Outcomes
import Parallelism
import RouterBenchTesting
import Routing
import Testing

@testable import Routers

@Suite("Nearest neighbours")
struct NearestNeighborsRouterTests {
  /// The plain twin: sort every training row by its cosine in 64 bits.
  private func plain(_ count: Int, _ query: [Float], _ rows: Matrix, without: Set<Int> = [])
    -> [Int]
  {
    func norm(_ v: [Float]) -> Double {
      v.map { Double($0) * Double($0) }.reduce(0, +).squareRoot()
    }
    let scored = (0..<rows.rows).filter { !without.contains($0) }.map { row -> (Double, Int) in
      let other = rows[row: row]
      let length = norm(query) * norm(other)
      let dot = zip(query, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      return (length > 0 ? dot / length : 0, row)
    }
    return scored.sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 }.prefix(count).map(\.1)
  }

  @Test("neighbours equal the plain twin's, ties and zero vectors included", arguments: [1, 5, 40])
  func twin(count: Int) {
    let rows = Fixture(prompts: 150, models: 2, seed: 5).features
    let queries = Fixture(prompts: 140, models: 2, seed: 6).features
    let index = CosineIndex(rows)
    for threads in [1, 2, 5] {
      let found = index.neighbors(count, of: queries, threads: Threads(threads))
      for row in 0..<queries.rows {
        #expect(found[row] == plain(count, queries[row: row], rows))
      }
      let own = index.neighbors(count, of: rows, threads: Threads(threads))
      for row in 0..<rows.rows { #expect(own[row] == plain(count, rows[row: row], rows)) }
    }
  }

  @Test("neighbours are the same across blocks of queries, tiles and shares of the index")
  func parts() {
    let rows = Fixture(prompts: 2 * CosineIndex.tileRows + 30, models: 1, seed: 5).features
    let queries = Fixture(prompts: CosineIndex.blockRows + 3, models: 1, seed: 6).features
    let index = CosineIndex(rows)
    let edges = [0, 1, CosineIndex.blockRows - 1, CosineIndex.blockRows, queries.rows - 1]
    let expected = edges.map { plain(40, queries[row: $0], rows) }
    for threads in [1, 2, 5] {
      let all = index.neighbors(40, of: queries, threads: Threads(threads))
      #expect(edges.map { all[$0] } == expected)
      // Few queries share out the index; one alone takes another product.
      let few = index.neighbors(40, of: queries.selecting(rows: edges), threads: Threads(threads))
      #expect(few == expected)
      for (place, row) in edges.enumerated() {
        let one = index.neighbors(
          40, of: queries.selecting(rows: [row]), threads: Threads(threads))
        #expect(one == [expected[place]])
      }
    }
  }

  @Test("very many equal rows go to the lowest, in any number of parts")
  func ties() {
    let rows = Matrix(rows: 3 * CosineIndex.tileRows, columns: 4) { $0.update(repeating: 0.5) }
    for threads in [1, 2, 5] {
      let found = CosineIndex(rows)
        .neighbors(7, of: rows.selecting(rows: [9]), threads: Threads(threads))
      #expect(found == [Array(0..<7)])
    }
  }

  @Test("several numbers of neighbours in one search give what each gives by itself")
  func together() throws {
    let (lessons, queries) = (
      Fixture(prompts: 90, models: 3, seed: 8), Fixture(prompts: 20, models: 3, seed: 9)
    )
    func fitted(_ count: Int) throws -> NearestNeighborsRouter.Fitted {
      try NearestNeighborsRouter(neighbors: count)
        .fit(Lessons(lessons.table, features: lessons.features))
    }
    let together = try fitted(3).estimates(for: queries.features, neighbors: [5, 40, 1])
    #expect(together == (try [5, 40, 1].map { try fitted($0).estimates(for: queries.features) }))
  }

  @Test("recipes that share their searches give what each gives by itself")
  func sharing() throws {
    let counts = [5, 40, 1, 61]
    let shared = NearestNeighborsRouter.sharing(
      counts.map { NearestNeighborsRouter(neighbors: $0) })
    #expect(shared.map(\.neighbors) == counts)
    let queries = [9, 10].map { Fixture(prompts: 20, models: 3, seed: $0).features }
    // The second lessons are fewer than the greatest number, and each of their samples has two rows.
    for (prompts, isDoubled) in [(90, false), (60, true), (90, false)] {
      let fixture = Fixture(prompts: prompts, models: 3, seed: UInt64(prompts))
      let rows = isDoubled ? (0..<prompts).map { $0 / 2 } : Array(0..<prompts)
      let lessons = Lessons(
        fixture.table.selecting(rows: rows), features: fixture.features.selecting(rows: rows))
      for (recipe, count) in zip(shared, counts) where count <= prompts - 2 {
        let alone = NearestNeighborsRouter(neighbors: count)
        let (one, other) = (try recipe.fit(lessons), try alone.fit(lessons))
        for query in queries {
          #expect(try one.estimates(for: query) == other.estimates(for: query))
        }
        #expect(
          try recipe.estimatesWithoutSelf(lessons) == alone.estimatesWithoutSelf(lessons))
      }
      #expect(throws: RoutingError.self) {
        try shared[3].estimatesWithoutSelf(lessons.selecting(rows: Array(0..<40)))
      }
    }
  }

  @Test("without itself, a prompt never meets a row of its own sample")
  func withoutSelf() {
    let rows = Fixture(prompts: 90, models: 2, seed: 7).features
    let groups = (0..<90).map { $0 / 2 }
    let found = CosineIndex(rows).neighborsWithoutGroup(9, groups: groups)
    for row in 0..<90 {
      let own = Set([row / 2 * 2, row / 2 * 2 + 1])
      #expect(found[row] == plain(9, rows[row: row], rows, without: own))
    }
  }

  @Test("k equal to all lessons predicts the mean quality of each model")
  func everyone() throws {
    let fixture = Fixture(prompts: 30, models: 3, seed: 8)
    let lessons = Lessons(fixture.table, features: fixture.features)
    let estimates = try NearestNeighborsRouter(neighbors: 30).fit(lessons)
      .estimates(for: fixture.features)
    let means = fixture.table.quality.columnMeans()
    for row in 0..<30 {
      for model in 0..<3 { #expect(abs(estimates.quality[row, model] - means[model]) <= 1e-12) }
    }
  }
}
