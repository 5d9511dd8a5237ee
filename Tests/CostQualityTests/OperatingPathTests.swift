import Testing

@testable import CostQuality

@Suite("Operating path")
struct OperatingPathTests {
  @Test("takes the best covering segment where costs run backwards")
  func backwards() throws {
    // Up to (2, 0.4), back to (1, 0.8), on to (3, 0.9).
    let path = try OperatingPath(joining: [
      Point(cost: 2, quality: 0.4), Point(cost: 1, quality: 0.8), Point(cost: 3, quality: 0.9),
    ])
    #expect(abs(path.quality(atCost: 0.5) - 0.1) <= 1e-15)
    #expect(abs(path.quality(atCost: 1) - 0.8) <= 1e-15)
    #expect(abs(path.quality(atCost: 2) - 0.85) <= 1e-15)
    #expect(path.quality(atCost: 9) == 0.9)
    let range = try CostRange(lower: 0, upper: 4)
    // 0.1 under the first piece, 1.7 from 1 to 3, 0.9 flat.
    #expect(abs(path.averageImprovementInQuality(over: range) - 2.7 / 4) <= 1e-12)
  }

  @Test("equals a fine Riemann sum", arguments: 0..<12)
  func riemann(seed: Int) throws {
    var state = UInt64(seed) &+ 77
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
    let path = try OperatingPath(
      joining: (0..<9).map { _ in Point(cost: next(), quality: next()) })
    let range = try CostRange(lower: 0.01, upper: 1.2)
    let steps = 200_000
    var sum = 0.0
    for step in 0..<steps {
      sum += path.quality(
        atCost: range.lower + (Double(step) + 0.5) / Double(steps) * range.width)
    }
    #expect(abs(path.averageImprovementInQuality(over: range) - sum / Double(steps)) <= 2e-5)
  }
}
