import Evaluation

extension TaskResult {
  /// What a test of this size can find, and how many test prompts would find the wished difference;
  /// empty where no intervals were made. Routers that cannot serve need no test.
  var detectionSentences: [String] {
    let plans = summaries.filter { $0.needsRecordedQuality != true }.compactMap { summary in
      summary.intervals?.comparison?.detection.map { (name: summary.name, plan: $0) }
    }
    guard let first = plans.first?.plan else { return [] }
    let often = NumberText.percent(first.power)
    let wished = NumberText.plain(first.difference)
    let tested = NumberText.count(first.testPrompts, "test prompt")
    return [
      "Smallest true difference from zero (trained) that \(tested) find \(often) of the time: "
        + plans.map { "\($0.name) \(NumberText.fixed($0.plan.smallestDifference))" }
        .joined(separator: ", ") + ".",
      "Test prompts needed to find a true difference of \(wished) from zero (trained) \(often) of "
        + "the time: "
        + plans.map { "\($0.name) \(NumberText.count($0.plan.neededPrompts))" }
        .joined(separator: ", ") + ".",
    ]
  }
}
