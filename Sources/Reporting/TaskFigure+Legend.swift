import CostQuality
import Evaluation
import Words

extension TaskFigure {
  private static let rowHeight = 22.0
  private static let top = frame.minY + 14
  private static let left = frame.maxX + 24

  private static let right = width - 20
  /// Where the AIQs that lead end.
  private static let middle = right - 112

  /// Where the legend ends.
  var legendEnd: Double {
    Self.top + 46 + Double(systems.count) * Self.rowHeight
      + Double(entries.count { $0.isLong }) * Self.secondLine + 20 + 6 * 20
  }

  /// How much lower a system's numbers stand where its name needs a line of its own.
  private static let secondLine = 15.0

  /// A system's name and numbers.
  private struct Entry {
    let system: SystemResult
    let index: Int
    let name: String
    /// The AIQ that leads, and the other.
    let first: String
    let second: String
    /// Whether the name does not fit beside the numbers.
    let isLong: Bool
  }

  private var isOriginal: Bool { hullAIQ == .originalCode }

  private var entries: [Entry] {
    systems.map { system, index in
      let summary = task.summaries.first { $0.name == system.name }
      let deployable = summary?.deployable.text ?? NumberText.fixed(system.deployableAIQ)
      let original = summary?.reference.text ?? NumberText.fixed(system.referenceAIQ)
      let hull = summary?.testHull.text ?? NumberText.fixed(system.testHullAIQ)
      let (first, second) = isOriginal ? (original, deployable) : (deployable, hull)
      let name = system.name == "zero" ? "Zero" : PlainText.line(system.name)
      let room = Self.middle - TextWidth.of(first, size: 12) - Self.left - 40
      return Entry(
        system: system, index: index, name: name, first: first, second: second,
        isLong: TextWidth.of(name, size: 12) > room)
    }
  }

  /// The systems with their AIQs, then what the signs mean.
  func drawLegend(_ canvas: inout SVGCanvas) {
    let (right, middle) = (Self.right, Self.middle)
    var y = Self.top
    canvas.text("AIQ", x: Self.left + 34, y: y, class: "head")
    canvas.text(isOriginal ? "original code's" : "deployable", x: middle, y: y, class: "head end")
    canvas.text(isOriginal ? "deployable" : "test hull", x: right, y: y, class: "end")
    y += 15
    canvas.text("(optimistic)", x: isOriginal ? middle : right, y: y, class: "muted end")
    y += 10
    canvas.line(Self.left, y - 2, right, y - 2, class: "gridline")
    for entry in entries {
      y += Self.rowHeight
      let style = Self.style(entry.index, entry.system.name)
      canvas.line(Self.left, y - 7, Self.left + 26, y - 7, class: "curve \(style)")
      canvas.line(Self.left, y - 1, Self.left + 26, y - 1, class: "hull \(style)")
      if entry.system.name != "zero" {
        canvas.mark(
          FigureStyle.pair(entry.index).form, x: Self.left + 13, y: y - 7, radius: 4,
          class: "mark \(style)")
      }
      let room = right - Self.left - 34
      canvas.text(
        TextWidth.fitting(entry.name, size: 12, room: room), x: Self.left + 34, y: y - 2)
      if entry.isLong { y += Self.secondLine }
      canvas.text(entry.first, x: middle, y: y - 2, class: "head end")
      canvas.text(entry.second, x: right, y: y - 2, class: "end")
    }
    y += 20
    canvas.line(Self.left, y - 8, right, y - 8, class: "gridline")
    drawSigns(&canvas, from: y)
  }

  private func drawSigns(_ canvas: inout SVGCanvas, from start: Double) {
    let x = Self.left + 13
    var y = start
    func name(_ text: String) {
      canvas.text(text, x: Self.left + 34, y: y + 4, class: "muted")
    }
    y += 10
    canvas.line(Self.left, y, Self.left + 26, y, class: "curve zero")
    name("deployable: what a user can have")
    y += 20
    canvas.line(Self.left, y, Self.left + 26, y, class: "hull zero")
    name("hull of the test points: optimistic")
    y += 20
    canvas.dots(
      [(x: x - 8, y: y), (x: x - 2, y: y - 3), (x: x + 6, y: y + 1)], class: "dots zero")
    name("swept points on the test prompts")
    y += 20
    canvas.circle(x: x, y: y, radius: 4.5, class: "model", title: "single model")
    name("single model; Zero mixes these, in grey")
    y += 20
    canvas.star(x: x, y: y, radius: 8, title: "Oracle")
    name("Oracle: the best answer to each prompt")
    y += 20
    canvas.cross(x: x, y: y, radius: 3.5, title: "random")
    name("a model drawn at random for each prompt")
  }
}
