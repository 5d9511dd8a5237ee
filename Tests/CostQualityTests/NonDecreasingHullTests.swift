import Foundation
import Parallelism
import Testing

@testable import CostQuality

@Suite("Non-decreasing convex hull")
struct NonDecreasingHullTests {
  @Test("equals the golden hulls and AIQs to 1e-12")
  func golden() throws {
    guard let cases = try GoldenCase.all() else { return }
    #expect(cases.count == 47)
    for golden in cases {
      let points = golden.points.map { Point(cost: $0[0], quality: $0[1]) }
      let hull = try NonDecreasingHull(of: points)
      expect(hull.vertices, golden.hull)
      expect(hull.withNull.vertices, golden.hull_with_null)
      for ranged in [golden.own, golden.wider].compactMap({ $0 }) {
        let range = try CostRange(lower: ranged.range[0], upper: ranged.range[1])
        for (side, value) in [
          (LeftExtension.nullMixture, ranged.nullMixture), (.zero, ranged.zero),
        ] {
          let ours = hull.averageImprovementInQuality(over: range, extendedLeft: side)
          #expect(abs(ours - value) <= 1e-12)
          let path = hull.path(extendedLeft: side).averageImprovementInQuality(over: range)
          #expect(abs(path - value) <= 1e-12, "the path integral is the hull's twin")
        }
      }
      let greatest = points.map(\.cost).max() ?? 0
      let reference = hull.referenceAverageImprovementInQuality(greatestCost: greatest)
      #expect(abs(reference - golden.reference) <= 1e-12)
    }
  }

  private func expect(_ vertices: [Point], _ golden: [[Double]]) {
    #expect(vertices.count == golden.count)
    for (vertex, expected) in zip(vertices, golden) {
      #expect(abs(vertex.cost - expected[0]) <= 1e-12)
      #expect(abs(vertex.quality - expected[1]) <= 1e-12)
    }
  }

  /// Points from a small generator with many ties, so that every tie rule is met.
  private func cloud(_ seed: UInt64, count: Int, steps: UInt64) -> [Point] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double((state >> 33) % steps) / Double(steps)
    }
    return (0..<count).map { _ in Point(cost: next(), quality: next()) }
  }

  @Test("is idempotent and unmoved by order and duplication", arguments: 0..<60)
  func invariance(seed: Int) throws {
    let points = cloud(UInt64(seed), count: 1 + seed % 23, steps: seed % 2 == 0 ? 7 : 100_003)
    let hull = try NonDecreasingHull(of: points)
    #expect(try NonDecreasingHull(of: hull.vertices) == hull)
    #expect(try NonDecreasingHull(of: points.reversed() + points) == hull)
    for point in points {
      #expect(hull.quality(atCost: point.cost, extendedLeft: .zero) >= point.quality - 1e-12)
    }
    for (left, right) in zip(hull.vertices, hull.vertices.dropFirst()) {
      #expect(left.cost < right.cost && left.quality < right.quality)
    }
  }

  @Test("AIQ never falls when a point is added, under both extensions", arguments: 0..<60)
  func monotone(seed: Int) throws {
    let points = cloud(UInt64(seed), count: 12, steps: 41)
    let range = try CostRange(lower: 0.05, upper: 1.1)
    for side in LeftExtension.allCases {
      var before = -1.0
      for count in 1...points.count {
        let after = try NonDecreasingHull(of: Array(points.prefix(count)))
          .averageImprovementInQuality(over: range, extendedLeft: side)
        #expect(after >= before - 1e-12)
        before = after
      }
    }
  }

  @Test("scaling dollars by a power of two scales the hull and leaves AIQ alone", arguments: 0..<20)
  func equivariance(seed: Int) throws {
    let points = cloud(UInt64(seed), count: 30, steps: 977)
    let scaled = points.map { Point(cost: $0.cost / 1024, quality: $0.quality) }
    let hull = try NonDecreasingHull(of: points)
    let small = try NonDecreasingHull(of: scaled)
    #expect(
      small.vertices == hull.vertices.map { Point(cost: $0.cost / 1024, quality: $0.quality) })
    let aiq = hull.averageImprovementInQuality(over: try CostRange(lower: 0.1, upper: 0.9))
    let same = small.averageImprovementInQuality(
      over: try CostRange(lower: 0.1 / 1024, upper: 0.9 / 1024))
    #expect(abs(aiq - same) <= 1e-12)
  }

  @Test("a mixture of two operating points realises any point on the hull", arguments: 0..<20)
  func mixtures(seed: Int) throws {
    let hull = try NonDecreasingHull(of: cloud(UInt64(seed), count: 15, steps: 53))
    for step in 0...40 {
      let cost = Double(step) / 40
      let mixture = try hull.mixture(atCost: cost)
      let best = hull.vertices[hull.vertices.count - 1]
      #expect(abs(mixture.point.cost - min(cost, best.cost)) <= 1e-12)
      #expect(abs(mixture.point.quality - hull.quality(atCost: cost)) <= 1e-12)
    }
  }

  @Test("refuses what has no hull, range or mixture, with a sentence")
  func refusals() throws {
    let nan = #expect(throws: CostQualityError.self) {
      try NonDecreasingHull(of: [Point(cost: .nan, quality: 1)])
    }
    #expect(
      nan?.description
        == "The point (nan, 1.0) is not finite; every point needs a cost and a quality. Leave out "
        + "rows with missing cells first.")
    let empty = #expect(throws: CostQualityError.self) { try NonDecreasingHull(of: []) }
    #expect(
      empty?.description == "There are no points; a curve needs at least one (cost, quality).")
    let flat = #expect(throws: CostQualityError.self) { try CostRange(lower: 2, upper: 2) }
    #expect(
      flat?.description
        == "The cost range [2.0, 2.0] has no width; AIQ averages over a range, so the systems "
        + "compared must differ in cost. Give at least two models of different cost.")
    let negative = #expect(throws: CostQualityError.self) {
      try NonDecreasingHull(of: [.null]).mixture(atCost: -1)
    }
    #expect(
      negative?.description
        == "No mixture costs -1.0 dollars a prompt; costs must be finite and at least 0.0.")
  }

  /// The plain twin: sort everything, keep what rises, drop what lies below a chord.
  private func plain(_ points: [Point]) -> [Point] {
    var hull: [Point] = []
    for point in points.sorted(by: { ($0.cost, -$0.quality) < ($1.cost, -$1.quality) }) {
      if let last = hull.last, point.quality <= last.quality { continue }
      while hull.count >= 2 {
        let (left, middle) = (hull[hull.count - 2], hull[hull.count - 1])
        let rise = (middle.quality - left.quality) * (point.cost - left.cost)
        let chord = (point.quality - left.quality) * (middle.cost - left.cost)
        guard rise <= chord + 8 * Double.ulpOfOne * max(abs(rise), abs(chord)) else { break }
        hull.removeLast()
      }
      hull.append(point)
    }
    return hull
  }

  @Test("many points have the plain twin's hull to the bit", arguments: 0..<6)
  func manyPoints(kind: Int) throws {
    var generator = SeededGenerator(seed: UInt64(kind))
    let points = (0..<20_000).map { index -> Point in
      let cost = Double.random(in: 0...1, using: &generator)
      let noise = Double.random(in: 0...1, using: &generator)
      switch kind {
      case 0: return Point(cost: cost, quality: noise)
      case 1: return Point(cost: cost, quality: cost.squareRoot())
      case 2: return Point(cost: (cost * 40).rounded() / 40, quality: (noise * 40).rounded() / 40)
      case 3: return Point(cost: 7, quality: noise)
      case 4: return Point(cost: exp2(cost * 1500 - 1000), quality: cost + noise)
      default: return Point(cost: Double(index), quality: Double(index) * 0.1)
      }
    }
    #expect(try NonDecreasingHull(of: points).vertices == plain(points))
  }
}
