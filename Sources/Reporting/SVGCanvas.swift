import Foundation
import Words

/// Lines of SVG; coordinates are rounded to a tenth of a pixel, and every text is escaped.
struct SVGCanvas {
  private(set) var lines: [String] = []

  /// A coordinate as text.
  static func number(_ value: Double) -> String {
    let text = NumberText.fixed(value, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  mutating func raw(_ line: String) { lines.append(line) }

  mutating func text(_ text: String, x: Double, y: Double, class names: String = "") {
    let style = names.isEmpty ? "" : " class=\"\(names)\""
    lines.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(style)>\(PlainText.xml(text))</text>")
  }

  mutating func line(
    _ fromX: Double, _ fromY: Double, _ toX: Double, _ toY: Double, class names: String
  ) {
    path(
      "M\(Self.number(fromX)) \(Self.number(fromY))L\(Self.number(toX)) \(Self.number(toY))",
      class: names)
  }

  /// - Parameter dash: Lengths of dashes and gaps in turn; a solid line where there are none.
  mutating func polyline(
    _ points: [(x: Double, y: Double)], class names: String, dash: [Double] = []
  ) {
    guard points.count > 1 else { return }
    let body = points.map { "\(Self.number($0.x)) \(Self.number($0.y))" }.joined(separator: "L")
    let pattern = dash.map(Self.number).joined(separator: " ")
    path(
      "M" + body, class: names, more: dash.isEmpty ? "" : " stroke-dasharray=\"\(pattern)\"")
  }

  /// Dots as one path of lines without length, which round caps make visible.
  mutating func dots(_ points: [(x: Double, y: Double)], class names: String) {
    guard !points.isEmpty else { return }
    path(
      points.map { "M\(Self.number($0.x)) \(Self.number($0.y))h0" }.joined(), class: names)
  }

  mutating func box(_ box: Box, class names: String) {
    lines.append(
      "<rect x=\"\(Self.number(box.minX))\" y=\"\(Self.number(box.minY))\" "
        + "width=\"\(Self.number(box.maxX - box.minX))\" "
        + "height=\"\(Self.number(box.maxY - box.minY))\" class=\"\(names)\"/>")
  }

  mutating func circle(
    x: Double, y: Double, radius: Double, class names: String, title: String
  ) {
    lines.append(
      "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\" "
        + "class=\"\(names)\"><title>\(PlainText.xml(title))</title></circle>")
  }

  mutating func star(x: Double, y: Double, radius: Double, title: String) {
    let corners = (0..<10).map { corner in
      let reach = corner.isMultiple(of: 2) ? radius : radius * 0.42
      let angle = Double(corner) * Double.pi / 5 - Double.pi / 2
      return (x: x + reach * cos(angle), y: y + reach * sin(angle))
    }
    closed(corners, class: "star", title: title)
  }

  mutating func cross(x: Double, y: Double, radius: Double, title: String) {
    let (left, right) = (Self.number(x - radius), Self.number(x + radius))
    let (top, bottom) = (Self.number(y - radius), Self.number(y + radius))
    lines.append(
      "<path d=\"M\(left) \(top)L\(right) \(bottom)M\(left) \(bottom)L\(right) \(top)\" "
        + "class=\"cross\"><title>\(PlainText.xml(title))</title></path>")
  }

  /// A small filled shape; each of `FigureStyle.forms` stands for another system.
  mutating func mark(
    _ form: Int, x: Double, y: Double, radius: Double, class names: String, title: String? = nil
  ) {
    let corners = Self.corners(form).map { corner in
      (x: x + radius * corner.x, y: y + radius * corner.y)
    }
    closed(corners, class: names, title: title)
  }

  /// A form's corners around its middle: circle, square, triangle up, diamond, triangles down, right
  /// and left, hourglass.
  private static func corners(_ form: Int) -> [(x: Double, y: Double)] {
    func turned(_ turns: [Double], _ reach: Double) -> [(x: Double, y: Double)] {
      turns.map { turn in
        (x: reach * cos(turn * 2 * Double.pi), y: reach * sin(turn * 2 * Double.pi))
      }
    }
    switch form {
    case 0: return turned((0..<16).map { Double($0) / 16 }, 1)
    case 1: return turned([0.125, 0.375, 0.625, 0.875], 1.25)
    case 2: return turned([0.75, 1.0 / 12, 5.0 / 12], 1.25)
    case 3: return turned([0, 0.25, 0.5, 0.75], 1.25)
    case 4: return turned([0.25, 7.0 / 12, 11.0 / 12], 1.25)
    case 5: return turned([0, 1.0 / 3, 2.0 / 3], 1.3)
    case 6: return turned([0.5, 5.0 / 6, 1.0 / 6], 1.3)
    default: return [(-1.1, -1.2), (1.1, -1.2), (-1.1, 1.2), (1.1, 1.2)]
    }
  }

  private mutating func closed(
    _ corners: [(x: Double, y: Double)], class names: String, title: String?
  ) {
    let body = corners.map { "\(Self.number($0.x)) \(Self.number($0.y))" }.joined(separator: "L")
    let inner = title.map { "<title>\(PlainText.xml($0))</title>" } ?? ""
    lines.append("<path d=\"M\(body)Z\" class=\"\(names)\">\(inner)</path>")
  }

  private mutating func path(_ body: String, class names: String, more: String = "") {
    lines.append("<path d=\"\(body)\" class=\"\(names)\"\(more)/>")
  }
}
