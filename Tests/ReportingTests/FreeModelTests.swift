import CostQuality
import Evaluation
import Testing

@testable import Reporting

@Suite("Free models beside dear ones")
struct FreeModelTests {
  /// A figure of models named by their costs, with Zero alone.
  private func figure(_ costs: [Double]) throws -> TaskFigure {
    let models = costs.enumerated().map {
      ReferencePoint(
        name: "m\($0)", role: .model, point: Point(cost: $1, quality: 0.5 + 0.05 * Double($0)))
    }
    let points = models.map(\.point)
    let split = try Reports.split(references: models, systems: [("zero", points, points)])
    return try #require(TaskFigure(Reports.task("t", [split]), notices: [], slug: "t"))
  }

  @Test("costs are logarithmic by what the others cost, and the axis holds zero")
  func rule() throws {
    func scale(_ costs: [Double]) throws -> [Bool] {
      let cost = try figure(costs).geometry.cost
      return [cost.isLogarithmic, cost.holdsZero]
    }
    #expect(try scale([0, 1.1, 1.3, 60]) == [true, true])
    #expect(try scale([0, 1, 1.1, 1.3, 6]) == [true, true])
    #expect(try scale([1, 1.1, 1.3, 60]) == [true, false])
    #expect(try scale([0, 2, 3, 4]) == [false, false])
    // One price alone spans nothing.
    #expect(try scale([0, 5]) == [false, false])
  }

  @Test("an axis that holds zero goes on without a jump or a step back at its break")
  func positions() {
    let axis = Axis(
      lower: 1e-4, upper: 1e-2, isLogarithmic: true, holdsZero: true, start: 72, end: 712)
    #expect(axis.contains(0) && axis.contains(1e-5) && !axis.contains(-1e-5))
    let places = [0, 5e-5, 1e-4, 1e-3, 1e-2].map(axis.position)
    for (place, expected) in zip(places, [91.2, 113.6, 136, 424, 712]) {
      #expect(abs(place - expected) < 1e-9)
    }
    let ticks = axis.ticks(
      width: { TextWidth.of($0, size: 12) + 12 }, label: { "$" + NumberText.plain($0) })
    #expect(ticks.first == Axis.Tick(value: 0, label: "$0"))
    // A label that would touch the one of zero stays away; its line does not.
    let tight = Axis(
      lower: 9e-7, upper: 1e-2, isLogarithmic: true, holdsZero: true, start: 0, end: 300)
    let labels = tight.ticks(
      width: { TextWidth.of($0, size: 12) + 12 }, label: { "$" + NumberText.plain($0) })
    #expect(labels[1].value == 1e-6 && labels[1].label == nil && labels[0].label == "$0")
  }

  @Test("a curve from a free model is straight to the break and bent after it")
  func curve() throws {
    let geometry = try figure([0, 0.001, 0.1]).geometry
    let line = geometry.trace([Point(cost: 0, quality: 0.5), Point(cost: 0.001, quality: 0.55)])
    let start = geometry.cost.lower
    #expect(start > 0 && start < 0.001)
    #expect(line[0].x == geometry.cost.position(of: 0))
    #expect(line[1].x == geometry.cost.position(of: start))
    let quality = 0.5 + 0.05 * start / 0.001
    #expect(abs(line[1].y - geometry.quality.position(of: quality)) < 1e-9)
    for (left, right) in zip(line, line.dropFirst()) { #expect(left.x < right.x) }
  }

  @Test("the picture marks the break and says how costs run on either side")
  func said() throws {
    let svg = try figure([0, 0.001, 0.1]).svg()
    #expect(svg.contains(">$0</text>") && svg.contains("class=\"gap\""))
    #expect(svg.contains("US dollars per prompt, logarithmic right of the break<"))
    #expect(svg.contains("left of it they run straight down to $0."))
    #expect(svg.contains("<title>m0: quality 0.5000, $0 per prompt</title>"))
    let priced = try figure([0.0001, 0.001, 0.1]).svg()
    #expect(!priced.contains("class=\"gap\"") && !priced.contains("the break"))
  }
}
