import CostQuality
import Evaluation

/// The report as a page for people.
struct MarkdownReport {
  private let report: ExperimentReport
  private let slugs: [String]

  init(_ report: ExperimentReport, slugs: [String]) {
    self.report = report
    self.slugs = slugs
  }

  var text: String {
    var lines = ["# \(escaped(report.title))", ""]
    for notice in report.notices { lines += ["> **\(escaped(notice))**", ""] }
    lines += data + howToRead
    for (task, slug) in zip(report.tasks, slugs) { lines += section(task, slug) }
    lines += ["## Options", "", "| option | value |", "|---|---|"]
    lines += report.options.map { "| \(escaped($0.name)) | \(escaped($0.value)) |" }
    lines += ["", "routerbench \(escaped(report.version))", ""]
    return lines.joined(separator: "\n")
  }

  private var data: [String] {
    let data = report.data
    var lines = [
      "\(NumberText.count(data.rows, "row")) read from `\(escaped(data.file))`; "
        + "\(NumberText.count(data.compared, "prompt")) compared on "
        + "\(NumberText.count(data.models.count, "model")).", "",
    ]
    for fault in data.faults { lines.append("- Fault: \(escaped(fault))") }
    if data.omissions.isEmpty {
      lines += ["Nothing was left out.", ""]
    } else {
      lines += ["Left out:", "", "| task | model | reason | rows |", "|---|---|---|---:|"]
      lines += data.omissions.map {
        "| \(escaped($0.task)) | \(escaped($0.model ?? "all")) | \(escaped($0.reason)) | "
          + "\(NumberText.count($0.count)) |"
      }
      lines.append("")
    }
    return lines
  }

  private var howToRead: [String] {
    [
      "## How to read this", "",
      "- AIQ is the mean quality over all budgets from the cheapest to the dearest model.",
      "- *Deployable* is what a user can have: operating points are chosen on training prompts, each "
        + "predicted without itself, and only measured on test prompts.",
      "- *Test hull* is the paper's curve: its points are chosen on the test prompts, so it is "
        + "optimistic.",
      "- Zero mixes single models, whatever the prompt. A router earns its keep only above it: "
        + "compare deployable with Zero (trained), and test hull with Zero.",
      "- With several seeds, ± is the standard deviation over splits.", "",
    ]
  }

  private func section(_ task: TaskResult, _ slug: String) -> [String] {
    var lines = ["## \(escaped(task.task))", "", verdict(task), ""]
    lines += ["![Cost against quality on \(escaped(task.task))](figures/\(slug).svg)", ""]
    lines.append(
      "\(NumberText.count(task.promptCount, "prompt")), "
        + "\(NumberText.count(task.distinctFeatures, "distinct feature vector")), "
        + "\(NumberText.count(task.nearDuplicates)) of them near-duplicates of another.")
    lines.append("")
    if let warning = task.featureWarning { lines += ["> **Warning:** \(escaped(warning))", ""] }
    for note in task.notes { lines += ["> \(escaped(note))", ""] }
    lines += [
      "| system | AIQ deployable | less Zero (trained) | AIQ test hull (optimistic) | less Zero |",
      "|---|---:|---:|---:|---:|",
    ]
    lines += task.summaries.map { summary in
      let isZero = summary.name == "zero"
      return "| \(escaped(isZero ? "zero (trained; test)" : summary.name)) | "
        + "\(spread(summary.deployable)) | "
        + "\(isZero ? "" : signed(summary.deployableLessZeroTrained)) | "
        + "\(spread(summary.testHull)) | \(isZero ? "" : signed(summary.testHullLessZero)) |"
    }
    lines.append("")
    guard let split = task.splits.first else { return lines }
    lines += [
      "On the \(NumberText.count(split.testCount)) test prompts of seed \(split.seed):", "",
      "| model or reference | quality | dollars per prompt | total dollars | Oracle's share |",
      "|---|---:|---:|---:|---:|",
    ]
    for (index, reference) in split.references.enumerated() {
      let share = index < split.oracleShares.count
        ? NumberText.fixed(split.oracleShares[index] * 100, decimals: 1) + "%" : ""
      lines.append(
        "| \(escaped(reference.name)) | \(NumberText.fixed(reference.point.quality)) | "
          + "\(NumberText.dollars(reference.point.cost)) | "
          + "\(NumberText.dollars(reference.point.cost * Double(split.testCount))) | \(share) |")
    }
    return lines + [""]
  }

  /// One honest sentence, from deployable differences alone.
  private func verdict(_ task: TaskResult) -> String {
    let routers = task.summaries.filter { $0.name != "zero" }
    guard
      let best = routers.max(by: {
        $0.deployableLessZeroTrained.mean < $1.deployableLessZeroTrained.mean
      })
    else { return "No router was examined." }
    let difference = best.deployableLessZeroTrained
    let sentence =
      "Best router by deployable AIQ: **\(escaped(best.name))**, \(signed(difference)) against Zero "
      + "(trained)"
    guard let deviation = difference.standardDeviation else {
      return sentence + "; from one split, so nothing is known of its spread."
    }
    if difference.mean <= 0 {
      return sentence + ": no router does better here than mixing models."
    }
    return sentence
      + (difference.mean > 2 * deviation
        ? ", more than twice its spread over splits." : ", within its spread over splits.")
  }

  private func spread(_ spread: Spread) -> String {
    NumberText.fixed(spread.mean)
      + (spread.standardDeviation.map { " ± \(NumberText.fixed($0))" } ?? "")
  }

  private func signed(_ spread: Spread) -> String {
    NumberText.signed(spread.mean)
      + (spread.standardDeviation.map { " ± \(NumberText.fixed($0))" } ?? "")
  }

  /// Text that Markdown and HTML take as text.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in PlainText.line(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "|", "*", "_", "`", "[", "]", "\\", "#": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }
}
