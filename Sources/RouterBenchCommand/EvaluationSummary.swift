import Evaluation

/// What a run shows at its end: the table of AIQs, and where the rest is.
enum EvaluationSummary {
  static func text(_ report: ExperimentReport, directory: String) -> String {
    var lines: [String] = []
    for notice in report.notices { lines += [notice, ""] }
    var table = TextTable(
      ["task", "system", "testHull AIQ", "less zero", "deployable AIQ", "less zero (trained)"],
      rightAligned: [2, 3, 4, 5])
    for task in report.tasks {
      for (place, summary) in task.summaries.enumerated() {
        let isZero = summary.name == "zero"
        table.add([
          place == 0 ? task.task : "", summary.name, plain(summary.testHull),
          isZero ? "" : signed(summary.testHullLessZero), plain(summary.deployable),
          isZero ? "" : signed(summary.deployableLessZeroTrained),
        ])
      }
    }
    lines.append(table.text(indent: 0))
    let repetitions = report.tasks.first?.splits.count ?? 0
    lines.append("")
    lines.append(
      repetitions > 1
        ? "Means over \(repetitions) splits, with standard deviations." : "One split of each task.")
    lines.append(
      "testHull is chosen on the test prompts, as in the paper, and so optimistic; deployable is "
        + "what a user can have.")
    for task in report.tasks {
      if let warning = task.featureWarning { lines.append("\(task.task): \(warning)") }
    }
    lines.append("")
    lines.append("Report, pictures, points and decisions: \(directory)/ (start with report.md)")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func plain(_ spread: Spread) -> String {
    spread.mean.fixed(4) + deviation(spread)
  }

  private static func signed(_ spread: Spread) -> String {
    (spread.mean >= 0 ? "+" : "") + spread.mean.fixed(4) + deviation(spread)
  }

  private static func deviation(_ spread: Spread) -> String {
    spread.standardDeviation.map { " +- \($0.fixed(4))" } ?? ""
  }
}
