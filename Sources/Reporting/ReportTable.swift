public import Evaluation
import Words

/// The report's AIQs as a table for a terminal.
public enum ReportTable {
  private struct Column {
    let head: String
    let cell: @Sendable (SystemSummary) -> String
  }

  /// Draws the table in plain text, without colours.
  ///
  /// Where the terminal is narrow, the optimistic columns go first, then names are shortened.
  ///
  /// - Parameter width: The terminal's columns.
  public static func text(for report: ExperimentReport, width: Int) -> String {
    lines(for: report, width: width).joined(separator: "\n") + "\n"
  }

  /// The same, line by line.
  public static func lines(for report: ExperimentReport, width: Int) -> [String] {
    let width = max(20, width)
    var lines: [String] = []
    for notice in report.notices { lines += wrapped("Note: " + notice, width: width) }
    if !report.notices.isEmpty { lines.append("") }
    guard !report.tasks.isEmpty else {
      lines += wrapped("No task could be examined; see what was left out.", width: width)
      return lines
    }
    var columns = allColumns
    let names = report.tasks.flatMap(\.summaries).map { PlainText.line($0.name) }
    let longest = max(6, names.map(cells).max() ?? 0)
    let summaries = report.tasks.flatMap(\.summaries)
    func widths() -> [Int] {
      columns.map { column in
        ([column.head] + summaries.map(column.cell)).map(cells).max() ?? 0
      }
    }
    func room() -> Int { width - 2 - widths().reduce(0) { $0 + $1 + 2 } }
    while columns.count > 1 && room() < min(longest, 12) { columns.removeLast() }
    let nameWidth = max(4, min(longest, room()))
    let measures = widths()
    let head = row("  system", columns.map(\.head), nameWidth + 2, measures)
    lines += [head, String(repeating: "-", count: cells(head))]
    for task in report.tasks {
      let about = "\(NumberText.count(task.promptCount, "prompt")), \(task.splitsText)"
      lines += wrapped("\(task.task) (\(about))", width: width)
      for summary in task.summaries {
        let name = "  " + shortened(PlainText.line(summary.name), width: nameWidth)
        lines.append(row(name, columns.map { $0.cell(summary) }, nameWidth + 2, measures))
      }
      for sentence in task.detectionSentences.dropFirst() {
        lines += wrapped(sentence, width: width - 2).map { "  " + $0 }
      }
      if let warning = task.featureWarning {
        lines += wrapped("Warning: " + warning, width: width - 2).map { "  " + $0 }
      }
      for note in task.notes {
        lines += wrapped("Note: " + note, width: width - 2).map { "  " + $0 }
      }
    }
    lines.append("")
    let optimistic = columns.count > 4 ? " * chosen on the test prompts: optimistic." : ""
    let spread =
      report.tasks.contains { $0.splits.count > 1 }
      ? " ± is the standard deviation over split seeds." : ""
    let level = summaries.compactMap { $0.intervals?.level }.first
    let intervals =
      level.map {
        " Intervals (\(NumberText.percent($0))) and verdicts are of the difference from zero "
          + "(trained), by paired bootstrap of the test prompts; verdicts count how many different "
          + "routers were compared (Holm), so an interval beside zero can still be no evidence."
      } ?? ""
    let notServable =
      summaries.contains { $0.needsRecordedQuality == true }
      ? " Not servable: its judge knows the recorded quality, which a server does not." : ""
    lines += wrapped(
      "AIQ: average quality over the budgets from the cheapest to the dearest model." + optimistic
        + spread + intervals + notServable, width: width)
    return lines
  }

  private static let allColumns = [
    Column(head: "deployable") { $0.deployable.text },
    Column(head: "less zero (trained)") {
      $0.name == "zero" ? "" : $0.deployableLessZeroTrained.signedText
    },
    Column(head: "interval") { $0.intervals?.comparison?.deployable.text ?? "" },
    Column(head: "verdict") {
      $0.needsRecordedQuality == true ? "not servable" : $0.findingText
    },
    Column(head: "test hull*") { $0.testHull.text },
    Column(head: "less zero*") { $0.name == "zero" ? "" : $0.testHullLessZero.signedText },
  ]

  private static func row(_ name: String, _ values: [String], _ first: Int, _ widths: [Int])
    -> String
  {
    var line = name + spaces(first - cells(name))
    for (value, width) in zip(values, widths) {
      line += "  " + spaces(width - cells(value)) + value
    }
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  private static func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }

  private static func fitted(_ text: String, width: Int) -> String {
    guard cells(text) > width else { return text }
    var short = text
    while !short.isEmpty && cells(short) > width - 1 { short.removeLast() }
    return short + "…"
  }

  /// A name cut in its middle: what tells names apart often stands at their ends.
  private static func shortened(_ name: String, width: Int) -> String {
    guard cells(name) > width else { return name }
    var tail = name
    while !tail.isEmpty && cells(tail) > (width - 1) / 2 { tail.removeFirst() }
    return fitted(name, width: width - cells(tail)) + tail
  }

  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in PlainText.line(text).split(separator: " ") {
      if let last = lines.last, cells(last) + 1 + cells(String(word)) <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(fitted(String(word), width: width))
      }
    }
    return lines
  }

  /// How many terminal columns a text takes: two for a wide character, one for others.
  private static func cells(_ text: String) -> Int {
    text.reduce(0) { sum, character in
      let code = character.unicodeScalars.first?.value ?? 0
      let isWide =
        (0x1100...0x115F).contains(code) || (0x2E80...0xA4CF).contains(code)
        || (0xAC00...0xD7A3).contains(code) || (0xF900...0xFAFF).contains(code)
        || (0xFF00...0xFF60).contains(code) || (0x1F300...0x1FAFF).contains(code)
        || (0x20000...0x3FFFD).contains(code)
      return sum + (isWide ? 2 : 1)
    }
  }
}
