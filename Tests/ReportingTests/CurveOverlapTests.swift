import CostQuality
import Evaluation
import Foundation
import Testing

@testable import Reporting

@Suite("Curves that coincide")
struct CurveOverlapTests {
  private typealias Place = CurveOverlap.Place

  @Test("curves apart, and curves that cross, are drawn whole")
  func apart() {
    let flat: [Place] = [(0, 100), (200, 100)]
    let steep: [Place] = [(100, 0), (110, 200)]
    let found = CurveOverlap([flat, steep, [(0, 150), (200, 150)]])
    #expect(found.stretches.map { $0.map(\.beneath) } == [[0], [0], [0]])
    #expect(found.same.isEmpty)
    #expect(found.stretches[1][0].points.map(\.x) == [100, 110])
  }

  @Test("the shared part alone counts what lies beneath, and corners stay")
  func shared() throws {
    let low: [Place] = [(0, 100), (100, 50), (200, 50)]
    let high: [Place] = [(0, 200), (100, 50), (150, 50), (200, 0)]
    let found = CurveOverlap([low, high])
    #expect(found.stretches[0].map(\.beneath) == [0])
    #expect(found.stretches[1].map(\.beneath) == [0, 1, 0])
    #expect(found.same.isEmpty)
    let middle = try #require(found.stretches[1].dropFirst().first).points
    #expect(middle.contains { $0 == (100, 50) } && middle.contains { $0 == (150, 50) })
    // The parts join to the whole.
    for (left, right) in zip(found.stretches[1], found.stretches[1].dropFirst()) {
      let (end, start) = (try #require(left.points.last), try #require(right.points.first))
      #expect(end == start)
    }
  }

  @Test("equal curves are named together, each over all before it")
  func equal() {
    let one: [Place] = [(0, 100), (100, 50)]
    let found = CurveOverlap([one, [(0, 10), (100, 10)], one, one])
    #expect(found.same == [[0, 2, 3]])
    #expect(found.stretches.map { $0.map(\.beneath) } == [[0], [0], [1], [2]])
    // A part of a curve is not the curve.
    #expect(CurveOverlap([one, [(0, 100), (50, 75)]]).same.isEmpty)
    #expect(CurveOverlap([[], [(1, 1)]]).stretches.map(\.count) == [0, 0])
  }

  private func figure(_ references: [ReferencePoint], _ systems: [(String, [Point])]) throws
    -> TaskFigure
  {
    let split = try Reports.split(
      references: references, systems: systems.map { ($0.0, $0.1, $0.1) })
    return try #require(TaskFigure(Reports.task("t", [split]), notices: [], slug: "t"))
  }

  private func models(_ points: [(String, Double, Double)]) -> [ReferencePoint] {
    points.map {
      ReferencePoint(name: $0.0, role: .model, point: Point(cost: $0.1, quality: $0.2))
    }
  }

  @Test("equal systems are drawn in turns and named in the caption")
  func caption() throws {
    let three = models([("a", 0.001, 0.5), ("b", 0.002, 0.7), ("c", 0.004, 0.9)])
    let own = [Point(cost: 0.001, quality: 0.5), Point(cost: 0.003, quality: 0.95)]
    let svg = try figure(
      three, [("zero", three.map(\.point)), ("knn:5", own), ("selected", own)]
    ).svg()
    #expect(svg.contains("The same curve: knn:5 = selected."))
    #expect(svg.contains("class=\"curve over c1\" stroke-dasharray=\"9 9\""))
    #expect(svg.contains("Where curves coincide"))
    #expect(svg.contains("Where test hulls coincide, their dashes take turns."))
    #expect(svg.contains("The same test hull: knn:5 = selected."))
    #expect(svg.contains("class=\"turns c1\" stroke-dasharray=\"5 11\""))
    let other = [Point(cost: 0.001, quality: 0.6), Point(cost: 0.003, quality: 0.95)]
    let apart = try figure(three, [("zero", three.map(\.point)), ("knn:5", other)]).svg()
    #expect(!apart.contains("coincide") && !apart.contains("stroke-dasharray=\"9"))
    #expect(!apart.contains("class=\"turns"))
  }

  @Test("a name too long to stand beside its numbers has a line of its own, and is whole")
  func longNames() throws {
    let three = models([("a", 0.001, 0.5), ("b", 0.002, 0.7), ("c", 0.004, 0.9)])
    let own = [Point(cost: 0.001, quality: 0.6), Point(cost: 0.003, quality: 0.95)]
    func legend(_ name: String) throws -> (figure: TaskFigure, svg: String) {
      let drawn = try figure(three, [("zero", three.map(\.point)), (name, own)])
      return (drawn, drawn.svg())
    }
    let (long, short) = (try legend("cascade:e=0.01,t=1.0,rule=reference"), try legend("knn:5"))
    #expect(long.svg.contains(">cascade:e=0.01,t=1.0,rule=reference</text>"))
    #expect(long.figure.legendEnd == short.figure.legendEnd + 15)
  }

  @Test("a model far below all else stands at the foot as an arrow, one that Zero begins at too")
  func far() throws {
    let usual = [("a", 0.001, 0.8), ("b", 0.002, 0.85), ("c", 0.004, 0.9)]
    let zero = models(usual).map(\.point)
    let drawn = try figure(models(usual + [("broken", 0.003, 0.05)]), [("zero", zero)])
    #expect(drawn.outside.map(\.name) == ["broken"])
    #expect(drawn.geometry.quality.lower > 0.7)
    #expect(
      drawn.svg().contains(
        "Far below the frame (arrows): broken, quality 0.0500, $0.003000 per prompt."))
    // A stray point of a sweep saves no model from it, and is counted.
    let swept = [Point(cost: 0.001, quality: 0.8), Point(cost: 0.002, quality: 0.3)]
    let split = try Reports.split(
      references: models(usual + [("broken", 0.003, 0.05)]),
      systems: [("zero", zero, zero), ("knn:5", swept, [swept[0]])])
    let strayed = try #require(TaskFigure(Reports.task("t", [split]), notices: [], slug: "t"))
    #expect(strayed.outside.map(\.name) == ["broken"])
    let near = try figure(models(usual + [("weak", 0.003, 0.75)]), [("zero", zero)])
    #expect(near.outside.isEmpty && !near.svg().contains("Far below"))
    #expect(!drawn.svg().contains("come in from below"))
    let two = [("worse", 0.0015, 0.02), ("broken", 0.003, 0.05)]
    #expect(
      try figure(models(usual + two), [("zero", zero)]).outside.map(\.name) == ["worse", "broken"])
    // Less than half of the axis, and wider than all else by far; then not by so much.
    func outside(_ qualities: [Double]) throws -> [String] {
      let some = models(
        qualities.enumerated().map { ("\($1)", 0.001 * Double($0 + 1), $1) })
      return try figure(some, [("zero", some.map(\.point))]).outside.map(\.name)
    }
    #expect(try outside([0.2, 0.55, 0.65, 0.75, 0.85, 0.95]) == ["0.2"])
    #expect(try outside([0.2, 0.55, 0.7, 0.85, 0.95]).isEmpty)
    #expect(try outside([0.2, 0.4, 0.6, 0.8]).isEmpty)
    // What is left must be two qualities at least.
    let pair = models([("a", 0.001, 0.05), ("b", 0.002, 0.85)])
    #expect(try figure(pair, [("zero", pair.map(\.point))]).outside.isEmpty)
    let first = models([("broken", 0.0005, 0.05)] + usual)
    // A router that asks it only stands on its spot, but for rounding.
    let rounded = Point(cost: 0.0005, quality: 0.05.nextUp)
    let begins = try figure(
      first, [("zero", first.map(\.point)), ("knn:5", [rounded, first[3].point])])
    #expect(begins.outside.map(\.name) == ["broken"])
    #expect(begins.geometry.quality.lower > 0.7)
    #expect(
      begins.svg().contains(
        "Curves come in from below where they begin at such a model, or at a mixture with "))
  }

  @Test("one dear model does not squeeze the others to the side: costs are logarithmic then")
  func squeezed() throws {
    func isLogarithmic(_ costs: [Double]) throws -> Bool {
      let some = models(costs.enumerated().map { ("m\($0)", $1, 0.5 + 0.05 * Double($0)) })
      return try figure(some, [("zero", some.map(\.point))]).geometry.cost.isLogarithmic
    }
    #expect(try isLogarithmic([1, 1.1, 1.3, 6]))
    #expect(try !isLogarithmic([1, 1.1, 1.3, 3]))
    #expect(try !isLogarithmic([1, 3, 4, 6]))
    #expect(try isLogarithmic([1, 10, 15, 21]))
  }

  @Test("routers' points far off the models' costs do not squeeze the axis, and are counted")
  func dear() throws {
    let three = models([("a", 0.001, 0.8), ("b", 0.002, 0.85), ("c", 0.004, 0.9)])
    let own = [Point(cost: 0.001, quality: 0.8), Point(cost: 0.05, quality: 0.95)]
    let drawn = try figure(three, [("zero", three.map(\.point)), ("rerank", own)])
    #expect(drawn.geometry.cost.upper < 0.006)
    let svg = drawn.svg()
    #expect(svg.contains("1 point of routers lies outside the frame, at $0.05000 per prompt."))
    #expect(!svg.contains("Curves leave the frame"))
  }

  @Test("curves that fall out of the frame are explained")
  func falling() throws {
    let three = models([("a", 0.001, 0.8), ("b", 0.002, 0.85), ("c", 0.004, 0.9)])
    let late = [Point(cost: 0.003, quality: 0.9), Point(cost: 0.004, quality: 0.95)]
    let svg = try figure(three, [("zero", three.map(\.point)), ("mlp:9", late)]).svg()
    #expect(svg.contains("Curves leave the frame left of their cheapest point"))
  }
}
