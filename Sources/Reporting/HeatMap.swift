import Words

/// Shares as a table of tinted cells: rows, such as tasks, that share themselves out over columns.
public struct HeatMap: Sendable {
  let title: String
  let subtitle: String
  let rows: [String]
  let columns: [String]
  /// Row by row; from 0 to 1.
  let shares: [[Double]]
  let notices: [String]

  private static let cell = (width: 74.0, height: 34.0)
  private static let headRoom = 150.0

  /// Makes a map.
  ///
  /// - Precondition: There is one row of shares a row name, and one share a column name in each.
  public init(
    title: String, subtitle: String, rows: [String], columns: [String], shares: [[Double]],
    notices: [String]
  ) {
    precondition(
      shares.count == rows.count && shares.allSatisfy { $0.count == columns.count },
      "A heat map needs one share for each row and column.")
    self.title = title
    self.subtitle = subtitle
    self.rows = rows
    self.columns = columns
    self.shares = shares
    self.notices = notices
  }

  /// The picture, with the shares as numbers in the cells.
  ///
  /// - Parameter slug: A prefix for the ids inside.
  public func svg(slug: String) -> String {
    let heads = TaskFigure.shortNames(columns)
    let names = rows.map(PlainText.line)
    let left = 36 + (names.map { TextWidth.of($0, size: 12) }.max() ?? 0)
    let top = 70 + Self.headRoom
    let right = left + Double(columns.count) * Self.cell.width
    let width = max(right + 90, 560)
    let end = top + Double(rows.count) * Self.cell.height
    let lines = notices.flatMap { TextWidth.lines($0, size: 12, room: width - 40) }
    let height = end + 34 + Double(lines.count) * 16
    var canvas = SVGCanvas()
    let size = "\(SVGCanvas.number(width)) \(SVGCanvas.number(height))"
    canvas.raw(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\" role=\"img\" "
        + "aria-labelledby=\"\(slug)-title\">")
    canvas.raw("<title id=\"\(slug)-title\">\(PlainText.xml(title))</title>")
    canvas.raw("<style>\n\(FigureStyle.sheet)\n.heat { fill: #0072b2; }\n</style>")
    canvas.box(Box(minX: 0, minY: 0, maxX: width, maxY: height), class: "page")
    canvas.text(PlainText.line(title), x: 20, y: 32, class: "title")
    canvas.text(PlainText.line(subtitle), x: 20, y: 53, class: "muted")
    for (column, head) in heads.enumerated() {
      let x = left + (Double(column) + 0.5) * Self.cell.width
      let place = "\(SVGCanvas.number(x)) \(SVGCanvas.number(top - 8))"
      canvas.raw(
        "<text transform=\"translate(\(place)) rotate(-40)\">\(PlainText.xml(head))</text>")
    }
    for (row, name) in names.enumerated() {
      let y = top + Double(row) * Self.cell.height
      canvas.text(name, x: left - 10, y: y + Self.cell.height / 2 + 4, class: "end")
      for (column, share) in shares[row].enumerated() {
        let x = left + Double(column) * Self.cell.width
        // Never darker than 0.6, so that the number stays legible in both themes.
        canvas.raw(
          "<rect x=\"\(SVGCanvas.number(x + 1))\" y=\"\(SVGCanvas.number(y + 1))\" "
            + "width=\"\(SVGCanvas.number(Self.cell.width - 2))\" "
            + "height=\"\(SVGCanvas.number(Self.cell.height - 2))\" class=\"heat\" "
            + "fill-opacity=\"\(NumberText.fixed(0.6 * share, decimals: 3))\"/>")
        canvas.text(
          NumberText.fixed(share * 100, decimals: 1) + "%", x: x + Self.cell.width / 2,
          y: y + Self.cell.height / 2 + 4, class: "middle")
      }
    }
    for (index, line) in lines.enumerated() {
      canvas.text(line, x: 20, y: end + 26 + Double(index) * 16, class: "muted")
    }
    canvas.raw("</svg>")
    return canvas.lines.joined(separator: "\n") + "\n"
  }
}
