import CostQuality
import Evaluation
import Foundation
import Words

/// The picture of one task: quality against cost per prompt, as SVG.
struct TaskFigure {
  let task: TaskResult
  let split: SplitResult
  let notices: [String]
  let axis: CostUnit
  /// Which AIQ of test hulls is shown.
  let hullAIQ: AIQDefinition
  /// A prefix for the ids inside, so that several pictures can stand in one page.
  let slug: String

  let geometry: PlaneGeometry
  let requests: [LabelPlacer.Request]
  let labels: [String]
  /// Single models that lie so far below the rest that they stand at the frame as arrows.
  let outside: [ReferencePoint]
  let placements: [LabelPlacer.Placement?]

  static let width = 1080.0
  static let labelSize = 12.0
  static let frame = Box(minX: 72, minY: 70, maxX: 712, maxY: 520)

  /// Lays a task's first split out; nil when nothing was examined.
  init?(
    _ task: TaskResult, axis: CostUnit = .dollars, hullAIQ: AIQDefinition = .sharedRange,
    notices: [String], slug: String
  ) {
    guard let split = task.splits.first else { return nil }
    self.task = task
    self.split = split
    self.notices = notices
    self.axis = axis
    self.hullAIQ = hullAIQ
    self.slug = slug
    let geometry = PlaneGeometry(split, frame: Self.frame)
    self.geometry = geometry
    let shown = Self.labelled(split, geometry)
    let names = Self.shortNames(shown.map { $0.role == .oracle ? "Oracle" : $0.name })
    labels = names
    outside = shown.filter { geometry.isBelow($0.point) }
    let kept = Self.keptPlaces(split, geometry)
    requests = zip(shown, names).map { reference, name in
      let place = geometry.placeInside(reference.point)
      let isKept = kept.contains { abs($0.x - place.x) < 3 && abs($0.y - place.y) < 3 }
      return LabelPlacer.Request(
        // A ring around the markers of what stands on the same spot.
        x: place.x, y: place.y, radius: reference.role == .oracle ? 9 : isKept ? 7 : 4.5,
        width: TextWidth.of(name, size: Self.labelSize), height: 14)
    }
    let placer = LabelPlacer(
      frame: Self.frame, curves: Self.curves(split, geometry, hullAIQ),
      dots: Self.dots(split, geometry),
      marks: kept.map { Box(minX: $0.x - 5, minY: $0.y - 5, maxX: $0.x + 5, maxY: $0.y + 5) })
    placements = placer.place(requests)
  }

  /// The reference points that are drawn with a label: models, random, Oracle.
  static func labelled(_ split: SplitResult, _ geometry: PlaneGeometry) -> [ReferencePoint] {
    split.references.filter {
      $0.role != .oracleFreeWhenUnsolved
        && (geometry.place($0.point) != nil || geometry.isBelow($0.point))
    }
  }

  /// Names without their provider where they are long and stay different, and never too long.
  static func shortNames(_ names: [String]) -> [String] {
    let full = names.map(PlainText.line)
    var short = full.map { name in
      guard name.count > 16, let slash = name.lastIndex(of: "/") else { return name }
      let tail = String(name[name.index(after: slash)...])
      return tail.isEmpty ? name : tail
    }
    for index in short.indices where short.count(where: { $0 == short[index] }) > 1 {
      short[index] = full[index]
    }
    return short.map { name in
      name.count <= 30 ? name : String(name.prefix(18)) + "…" + String(name.suffix(11))
    }
  }

  private static func curves(
    _ split: SplitResult, _ geometry: PlaneGeometry, _ hullAIQ: AIQDefinition
  ) -> Ink {
    var ink = Ink(frame: frame)
    for system in split.systems {
      let hull = testHull(system, split, geometry, hullAIQ)
      for line in [deployable(system, split, geometry), hull] {
        for (from, to) in zip(line, line.dropFirst()) {
          ink.mark(fromX: from.x, fromY: from.y, toX: to.x, toY: to.y)
        }
      }
    }
    ink.seal()
    return ink
  }

  private static func dots(_ split: SplitResult, _ geometry: PlaneGeometry) -> Ink {
    var ink = Ink(frame: frame)
    for system in split.systems where system.name != "zero" {
      for dot in geometry.dots(system.swept.map(\.point)) { ink.mark(x: dot.x, y: dot.y) }
    }
    ink.seal()
    return ink
  }

  private static func keptPlaces(
    _ split: SplitResult, _ geometry: PlaneGeometry
  ) -> [(x: Double, y: Double)] {
    split.systems.filter { $0.name != "zero" }.flatMap(\.kept).compactMap {
      geometry.place($0.test)
    }
  }

  static func deployable(
    _ system: SystemResult, _ split: SplitResult, _ geometry: PlaneGeometry
  ) -> [(x: Double, y: Double)] {
    geometry.trace(system.deployable.polyline(over: split.range))
  }

  static func testHull(
    _ system: SystemResult, _ split: SplitResult, _ geometry: PlaneGeometry,
    _ hullAIQ: AIQDefinition
  ) -> [(x: Double, y: Double)] {
    // The report holds AIQs, not the left extension: the one that gives the AIQ was used. The original
    // code has none.
    let side =
      hullAIQ == .originalCode
      ? .zero
      : LeftExtension.allCases.min { one, other in
        func error(_ side: LeftExtension) -> Double {
          abs(
            system.testHull.averageImprovementInQuality(over: split.range, extendedLeft: side)
              - system.testHullAIQ)
        }
        return error(one) < error(other)
      } ?? .nullMixture
    return geometry.trace(
      system.testHull.path(extendedLeft: side).polyline(over: split.range))
  }

  /// A system's colour class.
  static func style(_ index: Int, _ name: String) -> String {
    name == "zero" ? "zero" : "c\(FigureStyle.pair(index).colour)"
  }

  /// Systems with their place in the order of colours; Zero first, without one.
  var systems: [(system: SystemResult, index: Int)] {
    var next = 0
    return split.systems.map { system in
      if system.name == "zero" { return (system, 0) }
      defer { next += 1 }
      return (system, next)
    }
  }
}
