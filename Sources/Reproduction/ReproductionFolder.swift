public import Evaluation
import Files
import Foundation
import Reporting
import Words

/// A folder of exhibits: tables as CSV, Markdown and LaTeX, points as CSV, pictures as SVG, and an index.
public enum ReproductionFolder {
  /// Writes an exhibit's files, each whole or not at all.
  ///
  /// `<exhibit>.csv`, `.md`, `.tex`, `-points.csv` and its pictures, and `-printed.csv` and `.tex` under the
  /// paper's headings where it prints a table; an exhibit that the data does not
  /// allow has its note alone, `.md`.
  ///
  /// - Returns: The paths written.
  public static func write(
    _ exhibit: Exhibit, of report: ExperimentReport, to directory: String
  ) throws -> [String] {
    try makeFolder(directory)
    var written: [String] = []
    func file(_ name: String, _ text: String) throws {
      let path = "\(directory)/\(name)"
      try AtomicFile.write(text, to: path, readers: .everyone)
      written.append(path)
    }
    let name = exhibit.kind.rawValue
    if let table = exhibit.table {
      try file(name + ".csv", table.csv)
      try file(name + ".tex", latex(exhibit, table, report))
    }
    if let table = exhibit.printed {
      try file(name + "-printed.csv", table.csv)
      try file(name + "-printed.tex", latex(exhibit, table, report))
    }
    if !exhibit.tasks.isEmpty {
      try file(name + "-points.csv", PointsFile.text(of: report, tasks: exhibit.tasks))
    }
    for picture in exhibit.pictures { try file(picture.name + ".svg", picture.svg) }
    try file(name + ".md", markdown(exhibit, report))
    return written
  }

  /// Writes `README.md`, which leads to every exhibit.
  ///
  /// - Parameter coming: Exhibits that are not made yet: a folder that is left so says what is missing.
  public static func writeIndex(
    _ exhibits: [Exhibit], coming: [PaperExhibit] = [], of report: ExperimentReport,
    to directory: String
  ) throws {
    var lines = ["# \(PlainText.markdown(report.title))", ""]
    for notice in report.notices { lines += ["> **Note:** \(PlainText.markdown(notice))", ""] }
    if !coming.isEmpty {
      lines += [
        "**Unfinished.** \(NumberText.count(coming.count, "exhibit")) of "
          + "\(exhibits.count + coming.count) had not been made when this was written; files of "
          + "theirs here are of an earlier run.", "",
      ]
    }
    lines += [
      coming.isEmpty && exhibits.contains { !$0.tasks.isEmpty }
        ? "[report.html](report.html) shows every curve; open it in a browser.\n" : "",
      "arXiv:2403.12031 made again from \(PlainText.markdown(report.data.file)): "
        + "\(NumberText.count(report.data.compared, "prompt")) on which all "
        + "\(NumberText.count(report.data.models.count, "model")) were compared.", "",
      "| | What | Parts that the data does not allow |", "|---|---|--:|",
    ]
    for exhibit in exhibits {
      lines.append(
        "| [\(exhibit.kind.number)](\(exhibit.kind.rawValue).md) | \(exhibit.kind.subject) | "
          + "\(exhibit.table == nil ? "all" : "\(exhibit.missing.count)") |")
    }
    for kind in coming { lines.append("| \(kind.number) | \(kind.subject) | not made yet |") }
    lines += [
      "", "Figures 1 and 2 of the paper are drawings without data.", "", "## Left out", "",
    ]
    lines +=
      report.data.omissions.isEmpty
      ? ["Nothing."]
      : report.data.omissions.map {
        "- \(PlainText.markdown($0.task))\($0.model.map { ", " + PlainText.markdown($0) } ?? ""): "
          + "\(PlainText.markdown($0.reason)), \(NumberText.count($0.count, "row"))"
      }
    lines += ["", "## Options", "", "| Option | Value |", "|---|---|"]
    lines += report.options.map {
      "| \(PlainText.markdown($0.name)) | \(PlainText.markdown($0.value)) |"
    }
    lines += ["", "RouterBench \(PlainText.markdown(report.version))."]
    try makeFolder(directory)
    try AtomicFile.write(
      lines.joined(separator: "\n") + "\n", to: directory + "/README.md", readers: .everyone)
  }

  /// Writes `report.json` and `report.html` with every curve of the exhibits, each under its figure's
  /// number; nothing where no exhibit has any.
  public static func writePage(
    _ exhibits: [Exhibit], of report: ExperimentReport, to directory: String
  ) throws {
    let tasks = exhibits.flatMap { exhibit in
      exhibit.tasks.map { $0.named("\(exhibit.kind.number): \($0.task)") }
    }
    guard !tasks.isEmpty else { return }
    let whole = ExperimentReport(
      version: report.version, title: report.title, notices: report.notices, data: report.data,
      options: report.options, axis: report.axis, tasks: tasks)
    try AtomicFile.write(
      ReportDocument.encode(whole), to: directory + "/report.json", readers: .everyone)
    try AtomicFile.write(
      ReportPage.encode(whole, samples: nil), to: directory + "/report.html", readers: .everyone)
  }

  private static func markdown(_ exhibit: Exhibit, _ report: ExperimentReport) -> String {
    var lines = ["# \(exhibit.kind.number): \(exhibit.kind.subject)", ""]
    for notice in report.notices { lines += ["> **Note:** \(PlainText.markdown(notice))", ""] }
    lines += ["**The paper.** \(PlainText.markdown(exhibit.kind.paper))", ""]
    let notes = exhibit.notes + exhibit.findings
    if !notes.isEmpty {
      lines += ["**Here.**", ""] + notes.map { "- \(PlainText.markdown($0))" } + [""]
    }
    if !exhibit.missing.isEmpty {
      lines += ["**Missing.**", ""] + exhibit.missing.map { "- \(PlainText.markdown($0))" } + [""]
    }
    for picture in exhibit.pictures { lines += ["![\(picture.name)](\(picture.name).svg)", ""] }
    if let table = exhibit.printed {
      lines += ["**Under the paper's headings.**", "", table.markdown]
      lines += ["**Beside the paper's numbers.**", ""]
    }
    if let table = exhibit.table { lines.append(table.markdown) }
    return lines.joined(separator: "\n")
  }

  /// The table with its notes as comments.
  private static func latex(
    _ exhibit: Exhibit, _ table: ExhibitTable, _ report: ExperimentReport
  ) -> String {
    let comments =
      ["\(exhibit.kind.number): \(exhibit.kind.subject)"] + report.notices + exhibit.notes
      + exhibit.findings
      + exhibit.missing
    return comments.map { "% \(PlainText.line($0))\n" }.joined() + table.latex
  }

  private static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ReproductionError(
        "Cannot make the folder \(path): a file of that name exists, or the place cannot be written to. "
          + "Choose another place with --out.")
    }
  }
}

/// Why exhibits could not be written.
public struct ReproductionError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  init(_ description: String) { self.description = description }
}
