import CostQuality
import Evaluation
import Words

/// `report.md`: the report as tables and sentences.
struct MarkdownReport {
  let report: ExperimentReport
  /// One path a task, nil where a task has no picture.
  let figures: [String?]

  private var lines: [String] = []

  init(_ report: ExperimentReport, figures: [String?]) {
    self.report = report
    self.figures = figures
  }

  /// The whole text.
  static func text(of report: ExperimentReport, figures: [String?]) -> String {
    var page = MarkdownReport(report, figures: figures)
    page.compose()
    return page.lines.joined(separator: "\n") + "\n"
  }

  private mutating func compose() {
    lines.append("# \(PlainText.markdown(report.title))")
    for notice in report.notices { lines += ["", "> **Note:** \(PlainText.markdown(notice))"] }
    describeData()
    explain()
    for (task, figure) in zip(report.tasks, figures) { describe(task, figure: figure) }
    if report.tasks.isEmpty { lines += ["", "No task could be examined; see what was left out."] }
    describeOmissions()
    describeOptions()
  }

  private mutating func describeData() {
    let data = report.data
    lines += [
      "",
      "\(PlainText.markdown(data.file)): \(NumberText.count(data.rows, "row")), "
        + "\(NumberText.count(data.models.count, "model")); every system was compared on the same "
        + "\(NumberText.count(data.compared, "prompt"))."
        + (data.sha256.isEmpty ? "" : " SHA-256 `\(PlainText.markdown(data.sha256))`."),
    ]
  }

  private mutating func explain() {
    lines += [
      "",
      "## How to read this",
      "",
      "1. AIQ is the average quality a system reaches over a range of budgets, from the cheapest "
        + "to the dearest single model on the test prompts; higher is better.",
      "2. *Deployable* curves keep operating points chosen on training prompts: what a user can "
        + "have. Compare them with Zero (trained).",
      "3. *Test hull* curves choose on the test prompts themselves, as the paper does: optimistic. "
        + "Compare them with Zero.",
      "4. Zero mixes single models without looking at the prompt, so a router below it is not "
        + "worth its trouble.",
      "5. ± is the standard deviation over split seeds; splits share prompts, so it is no "
        + "confidence interval. Costs are \(report.axis.sentence).",
      "6. Intervals in brackets come from a paired bootstrap of the test prompts, given the fitted "
        + "routers; a verdict needs one that excludes 0 after Holm's correction for all routers of "
        + "the task, where routers that do the same on every draw, such as a chosen one and its "
        + "candidate, count once. The test hull's is biased: it is a maximum over noisy points.",
      "7. What a router takes itself for each prompt it looks at, and a judge for each answer, counts "
        + "as nothing unless `router-cost`, `router-latency`, `judge-cost` or `judge-latency` below, "
        + "or `dollars` or `ms` in a router's name, say otherwise.",
    ]
  }

  private mutating func describe(_ task: TaskResult, figure: String?) {
    lines += ["", "## \(PlainText.markdown(task.task))", ""]
    let parts = task.partsText.map { " (\($0)\(task.splits.count > 1 ? ", in the first" : ""))" }
    lines.append(
      "\(NumberText.count(task.promptCount, "prompt")), \(task.splitsText)\(parts ?? ""); "
        + "\(NumberText.count(task.distinctFeatures, "distinct feature vector")); "
        + "\(NumberText.count(task.nearDuplicates, "near-duplicate")).")
    if let warning = task.featureWarning {
      lines += ["", "> **Warning:** \(PlainText.markdown(warning))"]
    }
    for note in task.notes { lines += ["", "> **Note:** \(PlainText.markdown(note))"] }
    lines += ["", "**Verdict.** \(PlainText.markdown(Verdict(on: task).description))", ""]
    if let figure {
      lines += ["![Cost and quality on \(PlainText.markdown(task.task))](\(figure))", ""]
    }
    describeSystems(task)
    describeMetrics(task)
    describeModels(task)
  }

  /// The metrics of other benchmarks, means over the splits; empty where some split has none.
  private mutating func describeMetrics(_ task: TaskResult) {
    let heads = [
      "Cost saved at the best model's quality", "Quality gained at its cost",
      "Oracle gap recovered",
      "APGR", "CPT 50%", "CPT 80%", "Arena score", "Pareto distance",
    ]
    lines += [
      "| System | " + heads.joined(separator: " | ") + " |",
      "|---|" + heads.map { _ in "--:|" }.joined(),
    ]
    for summary in task.summaries {
      let found = task.splits.compactMap { split in
        split.systems.first { $0.name == summary.name }.map {
          PeerMetrics(of: $0, on: split, unit: report.axis, counts: nil)
        }
      }
      func mean(_ value: (PeerMetrics) -> Double?) -> String {
        let values = found.compactMap(value)
        return values.isEmpty || values.count < found.count
          ? "" : NumberText.fixed(Spread(values).mean)
      }
      lines.append(
        row([
          PlainText.markdown(summary.name), mean(\.costSaved), mean(\.qualityGained),
          mean(\.oracleGapRecovered), mean(\.averageGapRecovered), mean(\.threshold50),
          mean(\.threshold80), mean(\.arenaScore), mean(\.paretoDistance),
        ]))
    }
    lines += [
      "",
      "Metrics of other benchmarks, of the deployable curves; `metrics.csv` has them split by split, and more. The "
        + "article *Metrics of other benchmarks* defines each.", "",
    ]
  }

  private mutating func describeSystems(_ task: TaskResult) {
    lines += [
      "| System | AIQ, deployable | less Zero (trained) | interval | verdict "
        + "| AIQ, test hull (optimistic) | less Zero |",
      "|---|--:|--:|--:|---|--:|--:|",
    ]
    for summary in task.summaries {
      let isZero = summary.name == "zero"
      lines.append(
        row([
          PlainText.markdown(summary.name), summary.deployable.text,
          isZero ? "" : summary.deployableLessZeroTrained.signedText,
          summary.intervals?.comparison?.deployable.text ?? "", summary.findingText,
          summary.testHull.text,
          isZero ? "" : summary.testHullLessZero.signedText,
        ]))
    }
    lines += [
      "", "The row `zero` is Zero (trained) under deployable, and Zero under test hull.", "",
    ]
    describePower(task)
  }

  /// What a test of this size can find, and how large one would have to be.
  private mutating func describePower(_ task: TaskResult) {
    let sentences = task.detectionSentences
    guard !sentences.isEmpty else { return }
    lines += [sentences.map(PlainText.markdown).joined(separator: " "), ""]
  }

  private mutating func describeModels(_ task: TaskResult) {
    guard let first = task.splits.first else { return }
    // Under the axis of latency the cost says it already.
    let hasSeconds = report.axis != .seconds && first.references.contains { $0.seconds != nil }
    lines += [
      "| Model | Quality | Cost per prompt | Total cost | "
        + (hasSeconds ? "Seconds per prompt | " : "") + "Oracle's share | In Zero (trained) |",
      "|---|--:|--:|--:|--:|" + (hasSeconds ? "--:|" : "") + "--:|",
    ]
    var model = 0
    for reference in first.references {
      let measured = task.splits.compactMap { split in
        split.references.first { $0.name == reference.name && $0.role == reference.role }
          .map { (point: $0.point, seconds: $0.seconds, count: Double(split.testCount)) }
      }
      let position = model
      if reference.role == .model { model += 1 }
      let shares = task.splits.compactMap { split in
        split.oracleShares.indices.contains(position) ? split.oracleShares[position] : nil
      }
      let kept = task.splits.count { split in
        split.systems.first { $0.name == "zero" }?.kept.contains { $0.model == reference.name }
          ?? false
      }
      let isModel = reference.role == .model
      let seconds = measured.compactMap(\.seconds)
      lines.append(
        row(
          [
            isModel
              ? PlainText.markdown(reference.name) : "*\(PlainText.markdown(reference.name))*",
            Spread(measured.map(\.point.quality)).text,
            NumberText.cost(Spread(measured.map(\.point.cost)).mean, in: report.axis),
            NumberText.cost(
              Spread(measured.map { $0.point.cost * $0.count }).mean, in: report.axis),
          ] + (hasSeconds ? [seconds.isEmpty ? "" : NumberText.fixed(Spread(seconds).mean)] : [])
            + [
              isModel && !shares.isEmpty
                ? NumberText.fixed(Spread(shares).mean * 100, decimals: 1) + "%" : "",
              isModel ? (task.splits.count == 1 ? (kept == 1 ? "yes" : "") : "\(kept)") : "",
            ]))
    }
    lines += [
      "",
      "On the test prompts" + (task.splits.count > 1 ? ", means over the splits" : "")
        + ". Total cost is the cost of all test prompts of a split."
        + (task.splits.count > 1
          ? " In Zero (trained): on how many splits the model was kept." : ""),
    ]
  }

  private mutating func describeOmissions() {
    lines += ["", "## What was left out", ""]
    if report.data.omissions.isEmpty { lines.append("Nothing.") }
    if !report.data.omissions.isEmpty {
      lines += ["| Task | Model | Why | Rows |", "|---|---|---|--:|"]
      for omission in report.data.omissions {
        lines.append(
          row([
            PlainText.markdown(omission.task), PlainText.markdown(omission.model ?? ""),
            PlainText.markdown(omission.reason), NumberText.count(omission.count),
          ]))
      }
    }
    if !report.data.faults.isEmpty {
      lines += ["", "Faults found while reading:", ""]
      lines += report.data.faults.map { "- \(PlainText.markdown($0))" }
    }
  }

  private mutating func describeOptions() {
    lines += ["", "## How it was made", "", "RouterBench \(PlainText.markdown(report.version))."]
    if !report.options.isEmpty {
      lines += ["", "| Option | Value |", "|---|---|"]
      for option in report.options {
        lines.append(row([PlainText.markdown(option.name), PlainText.markdown(option.value)]))
      }
    }
    lines += [
      "",
      "Beside this file: `report.json` (everything), `points.csv` (every point), `metrics.csv` (other benchmarks' metrics), `decisions.csv` "
        + "(where each test prompt went), `manifest.json` (to repeat the run).",
    ]
  }

  private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
