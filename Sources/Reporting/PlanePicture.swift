import CostQuality
import Evaluation

/// The cost-quality plane of one task as an SVG picture, in light and dark.
///
/// Models are labelled points, swept points dots, deployable curves solid, test hulls dashed (they are
/// optimistic), Zero grey, and the Oracle a star. With several seeds the first split is drawn.
struct PlanePicture {
  private static let width = 960.0
  private static let plot = Box(x: 74, y: 64, width: 600, height: 470)
  private static let labelHeight = 15.0
  /// Okabe and Ito's palette, which colour-blind readers can tell apart.
  private static let colours = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9",
  ]

  private let task: TaskResult
  private let notices: [String]

  init(_ task: TaskResult, notices: [String]) {
    self.task = task
    self.notices = notices
  }

  var svg: String {
    guard let split = task.splits.first else { return "" }
    let plot = Self.plot
    let points = split.references.map(\.point)
    let cost = Axis(
      lower: points.map(\.cost).filter { $0 > 0 }.min() ?? 0,
      upper: points.map(\.cost).max() ?? 1, from: plot.x, to: plot.x + plot.width,
      allowsLogarithm: true, label: { NumberText.dollars($0, digits: 1) })
    let quality = Axis(
      lower: points.map(\.quality).min() ?? 0, upper: points.map(\.quality).max() ?? 1,
      from: plot.y + plot.height, to: plot.y, allowsLogarithm: false,
      label: { NumberText.fixed($0, decimals: 2) })
    let height = max(610, 120 + Double(split.systems.count) * 54)
    var body: [String] = [Self.head(height: height, title: task.task, description: summary(split))]
    body += grid(cost, quality)
    for (index, system) in split.systems.enumerated() where system.name != "zero" {
      body += swept(system, Self.colours[(index - 1) % Self.colours.count], cost, quality)
    }
    for (index, system) in split.systems.enumerated() {
      let colour =
        system.name == "zero" ? "var(--zero)" : Self.colours[(index - 1) % Self.colours.count]
      body += curves(system, split, colour, cost, quality)
    }
    body += references(split, cost, quality)
    body += legend(split)
    body.append("</svg>\n")
    return body.joined(separator: "\n")
  }

  private static func head(height: Double, title: String, description: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" viewBox="0 0 \
    \(Int(width)) \(Int(height))" width="\(Int(width))" height="\(Int(height))">
    <title id="t">Cost and quality on \(PlainText.xml(title))</title>
    <desc id="d">\(PlainText.xml(description))</desc>
    <style>
    svg { --paper: #ffffff; --ink: #1a1a1a; --soft: #5a5a5a; --grid: #e3e3e3; --zero: #767676; \
    font: 12px Helvetica, Arial, "DejaVu Sans", sans-serif; }
    @media (prefers-color-scheme: dark) { svg { --paper: #14171a; --ink: #ececec; --soft: #a8a8a8; \
    --grid: #30353a; --zero: #a0a0a0; } }
    text { fill: var(--ink); } .soft { fill: var(--soft); }
    .grid { stroke: var(--grid); stroke-width: 1; } .frame { stroke: var(--soft); fill: none; }
    .leader { stroke: var(--soft); stroke-width: 0.8; } .halo { stroke: var(--paper); \
    stroke-width: 3; paint-order: stroke; }
    </style>
    <rect width="100%" height="100%" fill="var(--paper)"/>
    """
  }

  private func summary(_ split: SplitResult) -> String {
    "\(NumberText.count(split.testCount)) test prompts; dollars per prompt against mean quality."
  }

  private func grid(_ cost: Axis, _ quality: Axis) -> [String] {
    let plot = Self.plot
    let bottom = plot.y + plot.height
    var lines = [
      text(plot.x, 26, task.task, size: 18, weight: "bold"),
      text(plot.x, 46, caption, class: "soft"),
    ]
    for tick in cost.ticks {
      let x = cost.position(tick.value)
      lines.append(line(x, plot.y, x, bottom, class: "grid"))
      lines.append(text(x, bottom + 18, tick.label, anchor: "middle", class: "soft"))
    }
    for tick in quality.ticks {
      let y = quality.position(tick.value)
      lines.append(line(plot.x, y, plot.x + plot.width, y, class: "grid"))
      lines.append(text(plot.x - 8, y + 4, tick.label, anchor: "end", class: "soft"))
    }
    lines.append(
      "<rect class=\"frame\" x=\"\(n(plot.x))\" y=\"\(n(plot.y))\" width=\"\(n(plot.width))\" "
        + "height=\"\(n(plot.height))\"/>")
    lines.append(
      text(plot.x + plot.width / 2, bottom + 42, "dollars per prompt", anchor: "middle"))
    lines.append(
      "<text transform=\"translate(22 \(n(plot.y + plot.height / 2))) rotate(-90)\" "
        + "text-anchor=\"middle\">quality</text>")
    return lines
  }

  private var caption: String {
    let seeds = task.splits.count
    let drawn = seeds > 1 ? "the first of \(seeds) splits is drawn; " : ""
    let what = task.splits.first.map { "\(NumberText.count($0.testCount)) test prompts" } ?? ""
    let synthetic = notices.contains { $0.lowercased().contains("synthetic") } ? "SYNTHETIC; " : ""
    return synthetic + drawn + what
  }

  private func swept(
    _ system: SystemResult, _ colour: String, _ cost: Axis, _ quality: Axis
  ) -> [String] {
    // Many points share a pixel; each pixel is drawn once, so nothing visible is lost.
    var seen: Set<[Int]> = []
    var path = ""
    for stop in system.swept where isInside(stop.point, cost, quality) {
      let (x, y) = (cost.position(stop.point.cost), quality.position(stop.point.quality))
      guard seen.insert([Int((x * 2).rounded()), Int((y * 2).rounded())]).inserted else { continue }
      path += "M\(n(x)) \(n(y))h0"
    }
    return [
      "<path d=\"\(path)\" stroke=\"\(colour)\" stroke-width=\"3\" stroke-linecap=\"round\" "
        + "opacity=\"0.35\" fill=\"none\"/>"
    ]
  }

  private func curves(
    _ system: SystemResult, _ split: SplitResult, _ colour: String, _ cost: Axis, _ quality: Axis
  ) -> [String] {
    guard
      let range = try? CostRange(
        lower: max(split.range.lower, cost.least), upper: min(split.range.upper, cost.greatest))
    else { return [] }
    func path(_ line: [Point]) -> String {
      // Straight in dollars is curved on a logarithmic axis: long pieces are drawn in steps.
      var dense: [Point] = line.first.map { [$0] } ?? []
      for (left, right) in zip(line, line.dropFirst()) {
        for step in 1...24 {
          let share = Double(step) / 24
          dense.append(
            Point(
              cost: left.cost + share * (right.cost - left.cost),
              quality: left.quality + share * (right.quality - left.quality)))
        }
      }
      return dense.enumerated().map { index, point in
        "\(index == 0 ? "M" : "L")\(n(cost.position(point.cost))) "
          + n(quality.position(point.quality))
      }.joined()
    }
    let hull = path(system.testHull.path().polyline(over: range))
    let deployable = path(system.deployable.polyline(over: range))
    return [
      "<path d=\"\(hull)\" stroke=\"\(colour)\" stroke-width=\"1.2\" stroke-dasharray=\"5 4\" "
        + "fill=\"none\"/>",
      "<path d=\"\(deployable)\" stroke=\"\(colour)\" stroke-width=\"2.4\" fill=\"none\"/>",
    ]
  }

  private func references(_ split: SplitResult, _ cost: Axis, _ quality: Axis) -> [String] {
    let drawn = split.references.filter {
      $0.role == .model || $0.role == .oracle || $0.role == .random
    }
    let positions = drawn.map { (x: cost.position($0.point.cost), y: quality.position($0.point.quality)) }
    let names = drawn.map { Self.shortened($0.name) }
    let places = LabelPlacement.place(
      points: positions,
      sizes: names.map { (width: Self.textWidth($0), height: Self.labelHeight) },
      within: Self.plot)
    var lines: [String] = []
    for (index, reference) in drawn.enumerated() {
      let (x, y) = positions[index]
      let full =
        "\(reference.name): quality \(NumberText.fixed(reference.point.quality)), "
        + "\(NumberText.dollars(reference.point.cost)) a prompt"
      let title = "<title>\(PlainText.xml(full))</title>"
      switch reference.role {
      case .oracle:
        lines.append("<path d=\"\(Self.star(x, y))\" fill=\"#E69F00\" stroke=\"var(--ink)\">\(title)</path>")
      case .random:
        lines.append(
          "<rect x=\"\(n(x - 4))\" y=\"\(n(y - 4))\" width=\"8\" height=\"8\" fill=\"none\" "
            + "stroke=\"var(--ink)\">\(title)</rect>")
      default:
        lines.append(
          "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"4.5\" fill=\"var(--ink)\" "
            + "stroke=\"var(--paper)\">\(title)</circle>")
      }
      guard let place = places[index] else { continue }
      let box = place.box
      if place.needsLeader {
        let nearest = min(max(x, box.x), box.x + box.width)
        lines.append(
          line(x, y, nearest, box.y > y ? box.y : box.y + box.height, class: "leader"))
      }
      lines.append(text(box.x + 2, box.y + 11.5, names[index], class: "halo"))
    }
    return lines
  }

  private func legend(_ split: SplitResult) -> [String] {
    let x = Self.plot.x + Self.plot.width + 24
    var y = Self.plot.y + 12
    var lines = [text(x, y, "AIQ on this split", weight: "bold")]
    for (index, system) in split.systems.enumerated() {
      let isZero = system.name == "zero"
      let colour = isZero ? "var(--zero)" : Self.colours[(index - 1) % Self.colours.count]
      y += 24
      lines.append(text(x, y, isZero ? "Zero" : system.name, weight: "bold"))
      y += 15
      lines.append(stroke(x, y - 4, colour, "stroke-width=\"2.4\""))
      lines.append(
        text(x + 34, y, "\(NumberText.fixed(system.deployableAIQ)) \(isZero ? "trained" : "deployable")"))
      y += 15
      lines.append(stroke(x, y - 4, colour, "stroke-width=\"1.2\" stroke-dasharray=\"5 4\""))
      lines.append(
        text(
          x + 34, y, "\(NumberText.fixed(system.testHullAIQ)) test hull (optimistic)",
          class: "soft"))
    }
    y += 30
    lines.append("<path d=\"\(Self.star(x + 8, y - 4))\" fill=\"#E69F00\" stroke=\"var(--ink)\"/>")
    lines.append(text(x + 24, y, "Oracle"))
    y += 20
    lines.append(
      "<rect x=\"\(n(x + 4))\" y=\"\(n(y - 8))\" width=\"8\" height=\"8\" fill=\"none\" "
        + "stroke=\"var(--ink)\"/>")
    lines.append(text(x + 24, y, "random model"))
    return lines
  }

  private func isInside(_ point: Point, _ cost: Axis, _ quality: Axis) -> Bool {
    point.cost >= cost.least && point.cost <= cost.greatest && point.quality >= quality.least
      && point.quality <= quality.greatest
  }

  private func stroke(_ x: Double, _ y: Double, _ colour: String, _ style: String) -> String {
    "<path d=\"M\(n(x)) \(n(y))h26\" stroke=\"\(colour)\" \(style) fill=\"none\"/>"
  }

  private func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String
  ) -> String {
    "<path class=\"\(name)\" d=\"M\(n(x1)) \(n(y1))L\(n(x2)) \(n(y2))\"/>"
  }

  private func text(
    _ x: Double, _ y: Double, _ content: String, size: Int? = nil, anchor: String? = nil,
    weight: String? = nil, class name: String? = nil
  ) -> String {
    var attributes = "x=\"\(n(x))\" y=\"\(n(y))\""
    if let size { attributes += " font-size=\"\(size)\"" }
    if let anchor { attributes += " text-anchor=\"\(anchor)\"" }
    if let weight { attributes += " font-weight=\"\(weight)\"" }
    if let name { attributes += " class=\"\(name)\"" }
    return "<text \(attributes)>\(PlainText.xml(content))</text>"
  }

  private func n(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }

  /// A name without its maker, and no longer than a label can be.
  static func shortened(_ name: String) -> String {
    let short = name.split(separator: "/").last.map(String.init) ?? name
    return short.count <= 28 ? short : short.prefix(27) + "…"
  }

  /// A generous estimate of a label's width at 12 pixels.
  static func textWidth(_ text: String) -> Double {
    text.unicodeScalars.reduce(6) { $0 + ($1.isASCII ? 7 : 13) }
  }

  private static func star(_ x: Double, _ y: Double) -> String {
    // Ten corners of a five-pointed star, as multiples of its radius.
    let corners: [(Double, Double)] = [
      (0, -1), (0.235, -0.324), (0.951, -0.309), (0.38, 0.124), (0.588, 0.809), (0, 0.4),
      (-0.588, 0.809), (-0.38, 0.124), (-0.951, -0.309), (-0.235, -0.324),
    ]
    return corners.enumerated().map { index, corner in
      "\(index == 0 ? "M" : "L")\(NumberText.fixed(x + corner.0 * 9, decimals: 1)) "
        + NumberText.fixed(y + corner.1 * 9, decimals: 1)
    }.joined() + "Z"
  }
}
