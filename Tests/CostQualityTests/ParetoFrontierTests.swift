import CostQuality
import Testing

@Suite("The Pareto frontier")
struct ParetoFrontierTests {
  @Test("keeps what nothing dominates, in order, and ties once")
  func frontier() {
    let points = [(3, 0.9), (1, 0.5), (2, 0.4), (1, 0.2), (4, 0.9), (2, 0.7), (1, 0.5)]
      .map { Point(cost: $0, quality: $1) }
    let expected = [(1, 0.5), (2, 0.7), (3, 0.9)].map { Point(cost: $0, quality: $1) }
    #expect(ParetoFrontier(of: points).points == expected)
    #expect(ParetoFrontier(of: points.reversed()).points == expected)
  }

  @Test("is at distance 0 from its own points, and counts both axes in their units")
  func distance() throws {
    let frontier = ParetoFrontier(of: [Point(cost: 1, quality: 0.5), Point(cost: 5, quality: 0.9)])
    #expect(frontier.distance(from: Point(cost: 5, quality: 0.9), cost: 4, quality: 0.4) == 0)
    // A quarter of the costs' range and half of the qualities' away from the cheaper.
    let found = try #require(
      frontier.distance(from: Point(cost: 2, quality: 0.3), cost: 4, quality: 0.4))
    #expect(abs(found - (0.25 * 0.25 + 0.5 * 0.5).squareRoot()) < 1e-12)
    #expect(ParetoFrontier(of: []).distance(from: .null, cost: 1, quality: 1) == nil)
  }
}
