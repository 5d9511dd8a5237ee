import Reporting
import Words

/// A table as CSV, Markdown and LaTeX: the same cells, exact in CSV and rounded for people.
public struct ExhibitTable: Sendable, Hashable {
  /// A column's head, and whether it holds numbers.
  public struct Column: Sendable, Hashable {
    let head: String
    let isNumber: Bool

    static func text(_ head: String) -> Column { Column(head: head, isNumber: false) }
    static func number(_ head: String) -> Column { Column(head: head, isNumber: true) }
  }

  /// A cell.
  public enum Cell: Sendable, Hashable {
    case text(String)
    case number(Double, decimals: Int)
    /// Four significant digits, for dollars.
    case cost(Double)
    case none
  }

  let columns: [Column]
  private(set) var rows: [[Cell]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func add(_ row: [Cell]) {
    precondition(row.count == columns.count, "A row needs one cell for each column.")
    rows.append(row)
  }

  /// RFC 4180, with the shortest numbers that read back the same.
  public var csv: String {
    CommaSeparated.record(columns.map(\.head))
      + rows.map { CommaSeparated.record($0.map(exact)) }.joined()
  }

  /// A table of GitHub's Markdown.
  public var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return line(columns.map { PlainText.markdown($0.head) })
      + "|" + columns.map { $0.isNumber ? "--:|" : "---|" }.joined() + "\n"
      + rows.map { line($0.map(markdown)) }.joined()
  }

  /// A `tabular` that needs no package.
  public var latex: String {
    let layout = columns.map { $0.isNumber ? "r" : "l" }.joined()
    func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\\n" }
    return "\\begin{tabular}{\(layout)}\n\\hline\n" + line(columns.map { Self.latex($0.head) })
      + "\\hline\n" + rows.map { line($0.map(latex)) }.joined()
      + "\\hline\n\\end{tabular}\n"
  }

  /// A number needs no escape, and a minus sign would get one.
  private func markdown(_ cell: Cell) -> String {
    if case .text(let text) = cell { PlainText.markdown(text) } else { rounded(cell) }
  }

  /// A hyphen before a number would be printed as one.
  private func latex(_ cell: Cell) -> String {
    if case .text(let text) = cell { return Self.latex(text) }
    let number = rounded(cell)
    return number.hasPrefix("-") ? "$-$" + number.dropFirst() : number
  }

  private func exact(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): text
    case .number(let value, _), .cost(let value): NumberText.exact(value)
    case .none: ""
    }
  }

  private func rounded(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): text
    case .number(let value, let decimals): NumberText.fixed(value, decimals: decimals)
    case .cost(let value): NumberText.significant(value)
    case .none: ""
    }
  }

  /// Text as LaTeX prints it.
  static func latex(_ text: String) -> String {
    var result = ""
    // Not by characters: one of these with an accent upon it is another character, and TeX sees none of that.
    for scalar in PlainText.line(text).unicodeScalars {
      switch scalar {
      case "&", "%", "$", "#", "_", "{", "}": result += "\\\(scalar)"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "\\": result += "\\textbackslash{}"
      case "<": result += "$<$"
      case ">": result += "$>$"
      case "±": result += "$\\pm$"
      case "|": result += "\\textbar{}"
      // \textquotedbl is not there in LaTeX's default encoding.
      case "\"": result += "\\symbol{34}"
      case "↑": result += "$\\uparrow$"
      case "↓": result += "$\\downarrow$"
      case "…": result += "\\ldots{}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
