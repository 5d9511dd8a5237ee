import Evaluation
import Words

/// The part of a page that needs no script: verdicts, tables and notes, which the script then replaces
/// by those that answer to the reader.
enum StaticPage {
  /// The whole body before the data.
  static func body(of report: ExperimentReport) -> String {
    var lines = [
      "<a class=\"skip\" href=\"#systems\">Skip to the table of systems</a>",
      "<header class=\"top\"><p class=\"title\" id=\"title\">\(PlainText.xml(report.title))</p>",
      "<div id=\"picker\"></div></header>", "<main id=\"main\">",
    ]
    for notice in report.notices {
      lines.append("<p class=\"notice\" role=\"note\">\(PlainText.xml(notice))</p>")
    }
    lines.append("<div id=\"app\" hidden></div>")
    lines.append("<div id=\"plain\">")
    if report.tasks.isEmpty {
      lines.append("<h1>No task could be examined; see what was left out.</h1>")
    } else {
      let start = report.tasks[PagePayload.start(report)]
      lines.append("<h1>\(PlainText.xml(Headline(on: start).description))</h1>")
      lines.append("<p>Pictures and the rest need a script; the tables are here.</p>")
    }
    for task in report.tasks { lines += describe(task) }
    lines += omissions(of: report) + options(of: report)
    lines += ["</div>", "</main>"]
    return lines.joined(separator: "\n")
  }

  private static func describe(_ task: TaskResult) -> [String] {
    var lines = [
      "<section><h2>\(PlainText.xml(task.task))</h2>",
      "<p>\(NumberText.count(task.promptCount, "prompt")), \(task.splitsText). "
        + "\(PlainText.xml(Headline(on: task).description))</p>",
    ]
    let remarks = (task.featureWarning.map { ["Warning: " + $0] } ?? []) + task.notes
    lines += remarks.map { "<p>\(PlainText.xml($0))</p>" }
    lines.append(
      table(
        caption: "Systems on \(task.task)",
        head: [
          "System", "AIQ, deployable", "less Zero (trained)", "interval", "verdict",
          "AIQ, test hull (optimistic)",
        ],
        rows: task.summaries.map { summary in
          let isZero = summary.name == "zero"
          return [
            summary.name, summary.deployable.text,
            isZero ? "" : summary.deployableLessZeroTrained.signedText,
            summary.intervals?.comparison?.deployable.text ?? "", summary.findingText,
            summary.testHull.text,
          ]
        }, wordColumns: [0, 4]))
    lines.append("</section>")
    return lines
  }

  private static func omissions(of report: ExperimentReport) -> [String] {
    var lines = ["<section><h2>What was left out</h2>"]
    if report.data.omissions.isEmpty {
      lines.append("<p>Nothing.</p>")
    } else {
      lines.append(
        table(
          caption: "Rows that were left out", head: ["Task", "Model", "Why", "Rows"],
          rows: report.data.omissions.map {
            [$0.task, $0.model ?? "", $0.reason, NumberText.count($0.count)]
          }, wordColumns: [0, 1, 2]))
    }
    lines += report.data.faults.map { "<p>\(PlainText.xml($0))</p>" }
    return lines + ["</section>"]
  }

  private static func options(of report: ExperimentReport) -> [String] {
    let made = "RouterBench \(report.version) on \(report.data.file)."
    return [
      "<section><h2>How it was made</h2>", "<p>\(PlainText.xml(made))</p>",
      table(
        caption: "Options", head: ["Option", "Value"],
        rows: report.options.map { [$0.name, $0.value] }, wordColumns: [0, 1]),
      "</section>",
    ]
  }

  private static func table(
    caption: String, head: [String], rows: [[String]], wordColumns: Set<Int>
  ) -> String {
    func row(_ cells: [String], _ tag: (Int) -> String) -> String {
      let inner = cells.enumerated().map { column, cell in
        let name = tag(column)
        let side = wordColumns.contains(column) ? "" : " class=\"n\""
        let scope = name == "td" ? "" : cells == head ? " scope=\"col\"" : " scope=\"row\""
        return "<\(name)\(scope)\(side)>\(PlainText.xml(cell))</\(name)>"
      }
      return "<tr>\(inner.joined())</tr>"
    }
    let lines =
      [
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(PlainText.xml(caption))\"><table><caption>"
          + "\(PlainText.xml(caption))</caption><thead>\(row(head) { _ in "th" })</thead><tbody>"
      ] + rows.map { row($0) { $0 == 0 ? "th" : "td" } }
    return lines.joined(separator: "\n") + "</tbody></table></div>"
  }
}
