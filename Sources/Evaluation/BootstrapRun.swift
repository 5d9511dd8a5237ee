import CostQuality
import Matrices
import Parallelism

/// The draws of prompts for one task, over all of its splits at once.
///
/// Splits of several seeds share prompts. A draw is made among all prompts that any split tests, and
/// weighs the same prompt the same in each of them, so that a mean over splits gets an honest
/// interval.
struct BootstrapRun {
  /// One split: which prompts it tests, and what its systems did on them.
  struct Part {
    /// The tested prompts, as numbers that the parts share.
    let prompts: [Int]
    let range: CostRange
    let leftExtension: LeftExtension
    /// `zero` first.
    let examinations: [Examination]
    /// Single models and other fixed points.
    let references: PromptOutcomes
  }

  let settings: Bootstrap
  let parts: [Part]
  /// The prompts of each stratum, as the parts number them.
  let strata: [[Int]]
  var threads = Threads.machine

  /// How many resamples are weighed at once: enough for a product of matrices, few enough that all
  /// threads have some and their counts take megabytes.
  private static let blockSize = 32

  /// One split on one resample: the AIQs of its systems, and its points.
  private struct Draw: Sendable {
    var deployable: [Double] = []
    var testHull: [Double] = []
    /// AIQs of the test hulls as the original code takes them.
    var reference: [Double] = []
    /// What the best single model's quality costs, as a share of its cost.
    var matches: [Double] = []
    /// References, then each system's kept points.
    var points: [Point] = []
    /// The seconds of the same points; NaN where they are unknown.
    var seconds: [Double] = []
  }

  /// The results, part by part and system by system.
  struct Outcome {
    /// One value a resample, for each system of each part; resamples without any tested prompt of
    /// some part are absent.
    let deployable: [[[Double]]]
    let testHull: [[[Double]]]
    let reference: [[[Double]]]
    /// As above; infinite where the quality is never reached.
    let matches: [[[Double]]]
    /// Intervals of each part's references, then of each system's kept points.
    let points: [[PointIntervals]]
    /// Resamples that had no tested prompt of some part.
    let unused: Int
  }

  func run() -> Outcome {
    let width = (strata.joined().max() ?? -1) + 1
    let blocks = (settings.resamples + Self.blockSize - 1) / Self.blockSize
    var draws = threads.map(count: blocks) { block -> [[Draw]] in
      let first = block * Self.blockSize
      let counts = (first..<min(first + Self.blockSize, settings.resamples))
        .map { settings.counts(resample: $0, strata: strata, prompts: width) }
        .filter { counts in
          parts.allSatisfy { $0.prompts.contains { counts[$0] > 0 } }
        }
      let ofParts = parts.map { Self.draws($0, counts) }
      return counts.indices.map { resample in ofParts.map { $0[resample] } }
    }.flatMap { $0 }
    let unused = settings.resamples - draws.count
    // Those that happened to fit are no fair draws where many did not.
    if unused > 0, !settings.isEnough(draws.count) { draws = [] }
    let used = draws
    func gather<Value>(_ value: (Draw) -> [Value]) -> [[[Value]]] {
      parts.indices.map { part in
        let columns = used.map { value($0[part]) }
        return (columns.first ?? []).indices.map { index in columns.map { $0[index] } }
      }
    }
    let seconds = gather(\.seconds)
    let points = gather(\.points).enumerated().map { part, values in
      zip(values, seconds[part]).map { values, seconds in
        func interval(_ values: [Double]) -> Interval {
          BootstrapSample(values, prompts: parts[part].prompts.count)
            .interval(level: settings.level)
        }
        return PointIntervals(
          cost: interval(values.map(\.cost)), quality: interval(values.map(\.quality)),
          seconds: seconds.contains { $0.isNaN } ? nil : interval(seconds))
      }
    }
    return Outcome(
      deployable: gather(\.deployable), testHull: gather(\.testHull),
      reference: gather(\.reference),
      matches: gather(\.matches), points: points, unused: unused)
  }

  /// One part in several resamples.
  private static func draws(_ part: Part, _ counts: [[Double]]) -> [Draw] {
    let weights = PromptDraws(
      Grid(
        rows: counts.count, columns: part.prompts.count,
        values: counts.flatMap { counts in part.prompts.map { counts[$0] } }))
    let outcomes = [part.references] + part.examinations.map(\.kept)
    let points = outcomes.map { $0.points(in: weights) }
    let seconds = outcomes.map { $0.seconds(in: weights) }
    let swept = part.examinations.map { $0.hullPoints(in: weights) }
    return counts.indices.map { resample in
      draw(
        part, points: points.map { $0[resample] }, seconds: seconds.map { $0[row: resample] },
        swept: swept.map { $0[resample] })
    }
  }

  /// One part in one resample.
  ///
  /// - Parameters:
  ///   - points: The references', then each system's kept ones.
  ///   - seconds: Theirs.
  ///   - swept: Each system's swept points.
  private static func draw(
    _ part: Part, points: [[Point]], seconds: [ArraySlice<Double>], swept: [[Point]]
  ) -> Draw {
    var draw = Draw()
    draw.points = Array(points.joined())
    draw.seconds = Array(seconds.joined())
    // Zero comes first, and the last of its kept points is the best model.
    let best = points.dropFirst().first?.last
    for (kept, swept) in zip(points.dropFirst(), swept) {
      let path = try? OperatingPath(joining: kept)
      draw.matches.append(
        path.flatMap { path in
          best.flatMap { QualityMatch.share(of: path, matching: $0, range: part.range) }
        } ?? .infinity)
      draw.deployable.append(path?.averageImprovementInQuality(over: part.range) ?? 0)
      let hull = try? NonDecreasingHull(of: swept)
      draw.testHull.append(
        hull?.averageImprovementInQuality(over: part.range, extendedLeft: part.leftExtension) ?? 0)
      draw.reference.append(
        hull?.referenceAverageImprovementInQuality(greatestCost: swept.map(\.cost).max() ?? 0) ?? 0)
    }
    return draw
  }
}
