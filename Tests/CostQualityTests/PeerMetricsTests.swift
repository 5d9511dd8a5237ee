import Testing

@testable import CostQuality

@Suite("Metrics of the peers")
struct PeerMetricsTests {
  private let range = try? CostRange(lower: 1, upper: 5)

  @Test("cost at matched quality and quality at matched cost, by hand")
  func matched() throws {
    let range = try #require(range)
    let path = try OperatingPath(
      joining: [Point(cost: 1, quality: 0.5), Point(cost: 3, quality: 0.9)])
    // Half of the way from 0.5 to 0.9 is 0.7, at cost 2.
    #expect(abs(try #require(path.leastCost(reaching: 0.7, over: range)) - 2) < 1e-12)
    #expect(path.leastCost(reaching: 0.4, over: range) == 1)
    // Sums of the same numbers in another order differ in their last digits.
    #expect(path.leastCost(reaching: 0.9.nextUp, over: range) == 3)
    #expect(path.leastCost(reaching: 0.9 + 1e-9, over: range) == nil)
    #expect(path.leastCost(reaching: 0.95, over: range) == nil)
    let saved = path.costSaved(matching: Point(cost: 4, quality: 0.7), over: range)
    #expect(abs(try #require(saved) - 0.5) < 1e-12)
    #expect(path.costSaved(matching: Point(cost: 4, quality: 0.95), over: range) == nil)
    #expect(abs(path.qualityGained(atCostOf: Point(cost: 4, quality: 0.7)) - 0.2) < 1e-15)
    let gap = path.oracleGapRecovered(
      bestModel: Point(cost: 5, quality: 0.8), oracle: Point(cost: 2, quality: 1), over: range)
    #expect(abs(try #require(gap) - 0.5) < 1e-12)
    #expect(
      path.oracleGapRecovered(
        bestModel: Point(cost: 5, quality: 1), oracle: Point(cost: 2, quality: 1), over: range)
        == nil)
  }

  @Test("mixing the weak and the strong model at random recovers half of the gap on average")
  func gap() throws {
    let (weak, strong) = (Point(cost: 0, quality: 0.6), Point(cost: 1, quality: 0.8))
    let gap = try #require(GapRecovered(weak: weak, strong: strong))
    let random = try OperatingPath(joining: [weak, strong])
    #expect(abs(gap.average(along: random) - 0.5) < 1e-12)
    #expect(abs(try #require(gap.threshold(recovering: 0.8, along: random)) - 0.8) < 1e-12)
    let better = try OperatingPath(joining: [weak, Point(cost: 0.25, quality: 0.8), strong])
    // The triangle before a quarter, then the whole gap.
    #expect(abs(gap.average(along: better) - 0.875) < 1e-12)
    #expect(abs(try #require(gap.threshold(recovering: 0.5, along: better)) - 0.125) < 1e-12)
    #expect(abs(try #require(gap.cost(recovering: 0.5, along: better)) - 0.125) < 1e-12)
    #expect(gap.threshold(recovering: 1.1, along: better) == nil)
    // A rerank that asks both models pays for both.
    let dear = try OperatingPath(joining: [Point(cost: 1.5, quality: 0.9)])
    #expect(abs(try #require(gap.threshold(recovering: 1.5, along: dear)) - 1.5) < 1e-12)
    let range = try CostRange(lower: 0, upper: 1)
    #expect(range.reaching(dear).upper == 1.5 && range.reaching(random) == range)
    #expect(GapRecovered(weak: strong, strong: weak) == nil)
  }

  @Test("RouterArena's score at its two ends and between")
  func arena() throws {
    #expect(ArenaScore.of(Point(cost: 0.2, quality: 0.9)) == 0)
    let cheap = try #require(ArenaScore.of(Point(cost: 0.0044 / 1000, quality: 0.5)))
    #expect(abs(cheap - 1.1 * 0.5 / 1.05) < 1e-12)
    // Computed with the public code: cost 1 dollar for 1,000 prompts, accuracy 0.7.
    let middle = try #require(ArenaScore.of(Point(cost: 0.001, quality: 0.7)))
    #expect(abs(middle - 0.674439419535773) < 1e-12)
    #expect(ArenaScore.of(Point(cost: 1, quality: 0.9)) == nil)
  }

  @Test("entropy of selections")
  func entropy() {
    #expect(SelectionEntropy.bits([5, 0, 0]) == 0)
    #expect(SelectionEntropy.bits([3, 3, 3, 3]) == 2)
    #expect(SelectionEntropy.bits([Int]()) == 0)
    #expect(abs(SelectionEntropy.bits([1, 3]) - 0.8112781244591328) < 1e-12)
  }
}
