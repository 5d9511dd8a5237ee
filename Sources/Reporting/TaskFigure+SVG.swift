import CostQuality
import Evaluation
import Foundation
import Words

extension TaskFigure {
  /// The file's text.
  func svg() -> String {
    var canvas = SVGCanvas()
    let overlap = CurveOverlap(
      systems.map { Self.deployable($0.system, split, geometry) })
    let hulls = CurveOverlap(systems.map { Self.testHull($0.system, split, geometry, hullAIQ) })
    let caption = captionLines(overlap, hulls)
    let legend = legendEnd
    let bottom = max(Self.frame.maxY + 62 + Double(caption.count) * 16, legend + 16)
    let size = "\(SVGCanvas.number(Self.width)) \(SVGCanvas.number(bottom))"
    canvas.raw(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\" role=\"img\" "
        + "aria-labelledby=\"\(slug)-title \(slug)-desc\">")
    canvas.raw("<title id=\"\(slug)-title\">\(PlainText.xml(heading))</title>")
    canvas.raw("<desc id=\"\(slug)-desc\">\(PlainText.xml(summary))</desc>")
    canvas.raw("<style>\n\(FigureStyle.sheet)\n</style>")
    let frame = Self.frame
    canvas.raw(
      "<clipPath id=\"\(slug)-clip\"><rect x=\"\(SVGCanvas.number(frame.minX))\" "
        + "y=\"\(SVGCanvas.number(frame.minY))\" "
        + "width=\"\(SVGCanvas.number(frame.maxX - frame.minX))\" "
        + "height=\"\(SVGCanvas.number(frame.maxY - frame.minY))\"/></clipPath>")
    canvas.box(Box(minX: 0, minY: 0, maxX: Self.width, maxY: bottom), class: "page")
    let counted = ": \(NumberText.count(split.testCount, "test prompt"))"
    let room = Self.width - 40 - TextWidth.of(counted, size: 18)
    let name = TextWidth.fitting(PlainText.line(task.task), size: 18, room: room)
    canvas.text(name + counted, x: 20, y: 32, class: "title")
    canvas.text(
      "Quality against cost of single models, and of systems that choose among them", x: 20, y: 53,
      class: "muted")
    drawAxes(&canvas)
    drawCurves(overlap, hulls, &canvas)
    drawReferences(&canvas)
    drawKept(&canvas)
    drawLegend(&canvas)
    for (index, line) in caption.enumerated() {
      canvas.text(line, x: 20, y: frame.maxY + 66 + Double(index) * 16, class: "muted")
    }
    canvas.raw("</svg>")
    return canvas.lines.joined(separator: "\n") + "\n"
  }

  private var heading: String {
    "\(task.task): \(NumberText.count(split.testCount, "test prompt"))"
  }

  private var summary: String {
    let models = split.references.count { $0.role == .model }
    let isOriginal = hullAIQ == .originalCode
    let scores = task.summaries.map {
      "\($0.name) \((isOriginal ? $0.reference : $0.deployable).text)"
    }
    return
      "Quality against \(axis == .dollars ? "dollars per prompt" : axis.sentence) of \(NumberText.count(models, "model")) and "
      + "\(NumberText.count(split.systems.count, "system")) on \(task.task). \(isOriginal ? "The original code's" : "Deployable") AIQ: "
      + "\(scores.joined(separator: ", "))."
  }

  private func captionLines(_ overlap: CurveOverlap, _ hulls: CurveOverlap) -> [String] {
    let signs =
      "Solid: deployable, chosen on training prompts. Thin and dashed: hull of the test points, "
      + "optimistic. Dots: swept points. "
    var sentences =
      hullAIQ == .sharedRange
      ? [signs + "Curves cover the range of the AIQ."]
      : [
        signs + "Curves cover the range from the cheapest to the dearest model.",
        "The original code's AIQ is of the test hull, from each hull's own cheapest point, over the system's own "
          + "greatest cost; it does not compare with the deployable one.",
      ]
    if geometry.cost.holdsZero {
      sentences.append(
        "Costs are logarithmic right of the break; left of it they run straight down to "
          + "\(axis.prefix)0.")
    }
    let unservable = split.systems.filter { $0.needsRecordedQuality == true }.map(\.name)
    if !unservable.isEmpty {
      sentences.append(
        "Not servable, since the judge knows the recorded quality: "
          + unservable.map(PlainText.line).joined(separator: "; ") + ".")
    }
    sentences += overlapSentences(overlap, hulls) + outsideSentences(overlap)
    if task.splits.count > 1 {
      sentences.append(
        "Drawn: the first of \(task.splits.count) splits (seed \(split.seed)); the AIQs are means ± "
          + "standard deviations over all of them.")
    } else {
      let hasIntervals = task.summaries.contains { $0.intervals != nil }
      sentences.append(
        "One split (seed \(split.seed))"
          + (hasIntervals
            ? "; intervals of the AIQs are in the tables, of the points in their file."
            : ": how much the AIQs vary is not known."))
    }
    let hidden = placements.count { $0 == nil }
    if hidden > 0 {
      sentences.append(
        "\(NumberText.count(hidden, "label")) found no room; points.csv names every point.")
    }
    if let warning = task.featureWarning { sentences.append("Warning: " + warning) }
    sentences += notices.map { "Note: " + $0 }
    return sentences.flatMap {
      TextWidth.lines(PlainText.line($0), size: 12, room: Self.width - 40)
    }
  }

  /// Which curves are hard to tell apart because they are equal.
  private func overlapSentences(_ overlap: CurveOverlap, _ hulls: CurveOverlap) -> [String] {
    let names = split.systems.map { $0.name == "zero" ? "Zero" : PlainText.line($0.name) }
    func sentences(_ overlap: CurveOverlap, _ what: String, _ rule: String) -> [String] {
      guard overlap.stretches.joined().contains(where: { $0.beneath > 0 }) else { return [] }
      let groups = overlap.same.map { group in
        group.map { names[$0] }.joined(separator: " = ")
      }
      return [rule]
        + (groups.isEmpty ? [] : ["The same \(what): \(groups.joined(separator: "; "))."])
    }
    return sentences(
      overlap, "curve",
      "Where curves coincide, the later is dashed over the earlier in broad dashes.")
      + sentences(hulls, "test hull", "Where test hulls coincide, their dashes take turns.")
  }

  /// What the frame leaves out.
  private func outsideSentences(_ overlap: CurveOverlap) -> [String] {
    var sentences: [String] = []
    if !outside.isEmpty {
      sentences.append(
        "Far below the frame (arrows): "
          + outside.map { "\(PlainText.line($0.name)), \(describe($0.point))" }
          .joined(separator: "; ") + ".")
    }
    let moving = split.systems.filter { $0.name != "zero" }.flatMap { system in
      (system.swept.map(\.point) + system.kept.map(\.test)).filter { $0 != .null }
    }
    let hidden = Set(moving.filter { geometry.place($0) == nil })
    if let dearest = hidden.map(\.cost).max(), let cheapest = hidden.map(\.cost).min() {
      let costs = [cheapest, dearest].map { NumberText.cost($0, in: axis) }
      sentences.append(
        "\(NumberText.count(hidden.count, "point")) of routers lie\(hidden.count == 1 ? "s" : "") outside the "
          + "frame, at \(costs[0])\(costs[0] == costs[1] ? "" : " to \(costs[1])") per prompt.")
    }
    let lowest = overlap.stretches.joined().flatMap(\.points).map(\.y).max() ?? 0
    if lowest > Self.frame.maxY + 1 {
      sentences.append(
        outside.contains { isMixed($0.point) }
          ? "Curves come in from below where they begin at such a model, or at a mixture with answering "
            + "nothing."
          : "Curves leave the frame left of their cheapest point, where AIQ counts mixtures with "
            + "answering nothing.")
    }
    return sentences
  }

  /// Whether Zero begins at a point, or goes through it.
  private func isMixed(_ point: Point) -> Bool {
    guard let zero = split.systems.first(where: { $0.name == "zero" }) else { return false }
    return zero.kept.contains { $0.test == point } || zero.testHull.vertices.contains(point)
  }

  private func drawAxes(_ canvas: inout SVGCanvas) {
    let frame = Self.frame
    let costs = geometry.cost.ticks(
      width: { TextWidth.of($0, size: 12) + 12 }, label: { axis.prefix + NumberText.plain($0) })
    for tick in costs {
      let x = geometry.cost.position(of: tick.value)
      canvas.line(
        x, frame.minY, x, frame.maxY, class: tick.label == nil ? "faint" : "gridline")
      if let label = tick.label { canvas.text(label, x: x, y: frame.maxY + 18, class: "middle") }
    }
    let qualities = geometry.quality.ticks(width: { _ in 30 }, label: { NumberText.plain($0) })
    for tick in qualities where tick.value >= 0 && tick.value <= 1 {
      let y = geometry.quality.position(of: tick.value)
      canvas.line(frame.minX, y, frame.maxX, y, class: "gridline")
      if let label = tick.label {
        canvas.text(label, x: frame.minX - 8, y: y + 4, class: "end")
      }
    }
    canvas.box(frame, class: "frame")
    if geometry.cost.holdsZero {
      let (x, y) = (geometry.cost.position(of: geometry.cost.lower), frame.maxY)
      canvas.line(x, frame.minY, x, y, class: "faint")
      canvas.line(x - 2, y, x + 2, y, class: "gap")
      for middle in [x - 2, x + 2] {
        canvas.line(middle - 3, y + 7, middle + 3, y - 7, class: "frame")
      }
    }
    let scale =
      geometry.cost.holdsZero
      ? ", logarithmic right of the break" : geometry.cost.isLogarithmic ? ", logarithmic" : ""
    canvas.text(
      "\(axis.title)\(scale)", x: (frame.minX + frame.maxX) / 2, y: frame.maxY + 38,
      class: "middle")
    let middle = (frame.minY + frame.maxY) / 2
    canvas.raw(
      "<text class=\"middle\" transform=\"translate(22 \(SVGCanvas.number(middle))) rotate(-90)\">"
        + "Quality, mean over the test prompts</text>")
  }

  private func drawCurves(
    _ overlap: CurveOverlap, _ hulls: CurveOverlap, _ canvas: inout SVGCanvas
  ) {
    canvas.raw("<g clip-path=\"url(#\(slug)-clip)\">")
    for (system, index) in systems where system.name != "zero" {
      canvas.dots(
        geometry.dots(system.swept.map(\.point)),
        class: "dots \(Self.style(index, system.name))")
    }
    for (place, (system, index)) in systems.enumerated() {
      let style = Self.style(index, system.name)
      for stretch in hulls.stretches[place] {
        // A dash in so many, so that those of all hulls on one way show.
        canvas.polyline(
          stretch.points, class: stretch.beneath > 0 ? "turns \(style)" : "hull \(style)",
          dash: stretch.beneath > 0 ? [5, 3 + 8 * Double(stretch.beneath)] : [])
      }
    }
    for (place, (system, index)) in systems.enumerated() {
      let style = Self.style(index, system.name)
      for stretch in overlap.stretches[place] {
        canvas.polyline(
          stretch.points, class: stretch.beneath > 0 ? "curve over \(style)" : "curve \(style)",
          dash: stretch.beneath > 0 ? [9, 9 * Double(stretch.beneath)] : [])
      }
    }
    canvas.raw("</g>")
  }

  /// The kept points, over the rings of models on the same spots.
  private func drawKept(_ canvas: inout SVGCanvas) {
    canvas.raw("<g clip-path=\"url(#\(slug)-clip)\">")
    let routers = systems.filter { $0.system.name != "zero" }
    let places = routers.map { $0.system.kept.compactMap { geometry.place($0.test) } }
    for (position, (system, index)) in routers.enumerated() {
      for kept in system.kept {
        guard let (x, y) = geometry.place(kept.test) else { continue }
        let setting = kept.meaning ?? kept.parameter.map(PointsTable.text)
        // On one spot the earlier markers are larger, so that they show around the later.
        let later = places[(position + 1)...].count {
          $0.contains { abs($0.x - x) < 2 && abs($0.y - y) < 2 }
        }
        canvas.mark(
          FigureStyle.pair(index).form, x: x, y: y, radius: 4 + 1.5 * Double(min(2, later)),
          class: "mark \(Self.style(index, system.name))",
          title: "\(system.name)\(setting.map { " at " + $0 } ?? ""): " + describe(kept.test))
      }
    }
    canvas.raw("</g>")
  }

  private func describe(_ point: Point) -> String {
    "quality \(NumberText.fixed(point.quality)), \(NumberText.cost(point.cost, in: axis)) per prompt"
  }

  private func drawReferences(_ canvas: inout SVGCanvas) {
    let shown = Self.labelled(split, geometry)
    for case let placement? in placements {
      if let leader = placement.leader {
        canvas.line(leader.fromX, leader.fromY, leader.toX, leader.toY, class: "leader")
      }
    }
    for (reference, request) in zip(shown, requests) {
      let title = "\(reference.name): \(describe(reference.point))"
      if geometry.isBelow(reference.point) {
        canvas.mark(4, x: request.x, y: request.y, radius: 4.5, class: "model", title: title)
        continue
      }
      switch reference.role {
      case .oracle: canvas.star(x: request.x, y: request.y, radius: request.radius, title: title)
      case .random:
        canvas.cross(x: request.x, y: request.y, radius: request.radius - 1, title: title)
      case .model, .oracleFreeWhenUnsolved:
        canvas.circle(
          x: request.x, y: request.y, radius: request.radius, class: "model", title: title)
      }
    }
    for (index, placement) in placements.enumerated() {
      guard let box = placement?.box else { continue }
      // The estimate of a label's width is generous: anchor the text at the side of its point.
      let side = (requests[index].x - box.minX) / (box.maxX - box.minX)
      let isRight = side < 0.2
      let isLeft = side > 0.8
      let x = isRight ? box.minX : isLeft ? box.maxX : (box.minX + box.maxX) / 2
      let anchor = isRight ? "halo" : isLeft ? "halo end" : "halo middle"
      canvas.text(labels[index], x: x, y: box.maxY - 3.2, class: anchor)
    }
  }
}
