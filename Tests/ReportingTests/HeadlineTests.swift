import CostQuality
import Evaluation
import Testing

@testable import Reporting

@Suite("The headline")
struct HeadlineTests {
  private func router(
    _ name: String, less: Double, from lower: Double, to upper: Double, p: Double,
    match: QualityMatch? = nil
  ) -> SystemSummary {
    let zero = Spread([0])
    var summary = SystemSummary(
      name: name, testHull: zero, deployable: zero, testHullLessZero: zero,
      deployableLessZeroTrained: Spread([less]), reference: zero)
    let ends = Interval(lower: lower, upper: upper)
    summary.intervals = SystemIntervals(
      level: 0.95, deployable: ends, testHull: ends,
      comparison: Comparison(
        deployable: ends, testHull: ends, standardError: 0.01, pValue: p, adjustedPValue: p,
        level: 0.95))
    summary.match = match
    return summary
  }

  private func task(_ summaries: [SystemSummary]) -> TaskResult {
    TaskResult(
      task: "MMLU", promptCount: 1, distinctFeatures: 1, featureWarning: nil, nearDuplicates: 0,
      notes: [], splits: [], summaries: summaries)
  }

  private func match(_ share: Double?, _ interval: Interval? = nil) -> QualityMatch {
    var match = QualityMatch(model: "gpt-4", costShare: share)
    match.interval = interval
    if interval == nil { match.reached = 0.92 }
    return match
  }

  @Test("never rests on a router whose judge knows the recorded quality")
  func servable() {
    var oracular = router("cascade", less: 0.2, from: 0.1, to: 0.3, p: 0.001)
    oracular.needsRecordedQuality = true
    let honest = router("knn:40", less: 0.02, from: 0.01, to: 0.03, p: 0.01)
    #expect(Headline(on: task([oracular, honest])) == Headline(on: task([honest])))
    #expect(Verdict(on: task([oracular, honest])) == Verdict(on: task([honest])))
    #expect(Headline(on: task([oracular])).finding == .nothing)
    #expect(Headline(on: task([oracular])).description.contains("No router that can serve"))
    oracular.needsRecordedQuality = false
    #expect(Headline(on: task([oracular, honest])).description.contains("cascade"))
  }

  @Test("says in numbers what the best router is worth, and no more than was shown")
  func sentences() {
    let cases: [([SystemSummary], Headline.Finding, String)] = [
      ([], .nothing, "No router was examined on MMLU."),
      (
        [
          router(
            "knn:40", less: 0.02, from: 0.01, to: 0.03, p: 0.01,
            match: match(0.4321, Interval(lower: 0.4, upper: 0.5))),
          router("knn:5", less: -0.02, from: -0.03, to: -0.01, p: 0.01),
        ], .cheaper,
        "knn:40 reaches the quality of the best model, gpt-4, at 43.2% of its cost on MMLU; 95% "
          + "interval 40.0 to 50.0%."
      ),
      (
        [
          router(
            "knn:40", less: 0.02, from: 0.01, to: 0.03, p: 0.01,
            match: match(0.9, Interval(lower: 0.7, upper: 1.2)))
        ], .better,
        "knn:40 beats mixing models on MMLU: +0.0200 in deployable AIQ, 95% interval +0.0100 to "
          + "+0.0300. It reaches the quality of the best model, gpt-4, at 90.0% of its cost; interval "
          + "70.0 to 120.0%."
      ),
      (
        [router("knn:40", less: 0.02, from: 0.01, to: 0.03, p: 0.01, match: match(0.9))], .better,
        "knn:40 beats mixing models on MMLU: +0.0200 in deployable AIQ, 95% interval +0.0100 to "
          + "+0.0300. It reaches the quality of the best model, gpt-4, at 90.0% of its cost, but in "
          + "8.0% of the resamples never."
      ),
      (
        [router("knn:40", less: 0.02, from: 0.01, to: 0.03, p: 0.01, match: match(nil))], .better,
        "knn:40 beats mixing models on MMLU: +0.0200 in deployable AIQ, 95% interval +0.0100 to "
          + "+0.0300. It does not reach the quality of the best model, gpt-4."
      ),
      // An interval above 0 is not enough where the correction for many routers takes it back.
      (
        [router("knn:40", less: 0.02, from: 0.01, to: 0.03, p: 0.2, match: match(0.5))], .none,
        "No router is shown to beat mixing models on MMLU: knn:40 is 0.0200 above mixing in "
          + "deployable AIQ; 95% interval +0.0100 to +0.0300."
      ),
      (
        [
          router("knn:40", less: -0.02, from: -0.03, to: -0.01, p: 0.01),
          router("knn:5", less: -0.03, from: -0.04, to: -0.01, p: 0.01),
        ], .none,
        "No router beats mixing models on MMLU: the best, knn:40, is 0.0200 below mixing in "
          + "deployable AIQ; 95% interval -0.0300 to -0.0100."
      ),
    ]
    for (summaries, finding, sentence) in cases {
      let headline = Headline(on: task(summaries))
      #expect(headline.description == sentence)
      #expect(headline.finding == finding)
    }
  }
}
