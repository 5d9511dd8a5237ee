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

  /// One split on one resample: the AIQs of its systems, and its points.
  private struct Draw: Sendable {
    var deployable: [Double] = []
    var testHull: [Double] = []
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
    /// As above; infinite where the quality is never reached.
    let matches: [[[Double]]]
    /// Intervals of each part's references, then of each system's kept points.
    let points: [[PointIntervals]]
  }

  func run() -> Outcome {
    let width = (strata.joined().max() ?? -1) + 1
    let draws = threads.map(count: settings.resamples) { resample -> [Draw]? in
      let counts = settings.counts(resample: resample, strata: strata, prompts: width)
      var draws: [Draw] = []
      for part in parts {
        let weights = part.prompts.map { counts[$0] }
        let total = weights.reduce(0, +)
        guard total > 0 else { return nil }
        draws.append(weights.withUnsafeBufferPointer { Self.draw(part, weights: $0, total: total) })
      }
      return draws
    }.compactMap { $0 }
    func gather<Value>(_ value: (Draw) -> [Value]) -> [[[Value]]] {
      parts.indices.map { part in
        let columns = draws.map { value($0[part]) }
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
      matches: gather(\.matches), points: points)
  }

  private static func draw(
    _ part: Part, weights: UnsafeBufferPointer<Double>, total: Double
  ) -> Draw {
    var draw = Draw()
    draw.points = part.references.points(weights: weights, total: total)
    draw.seconds = part.references.seconds(weights: weights, total: total)
    var best: Point?
    for examination in part.examinations {
      let kept = examination.kept.points(weights: weights, total: total)
      draw.points += kept
      draw.seconds += examination.kept.seconds(weights: weights, total: total)
      let path = try? OperatingPath(joining: kept)
      // Zero comes first, and the last of its kept points is the best model.
      best = best ?? kept.last
      draw.matches.append(
        path.flatMap { path in
          best.flatMap { QualityMatch.share(of: path, matching: $0, range: part.range) }
        } ?? .infinity)
      draw.deployable.append(path?.averageImprovementInQuality(over: part.range) ?? 0)
      let swept =
        switch examination.swept {
        case .sweep(let trace): trace.points(weights: weights, total: total)
        case .points(let outcomes): outcomes.points(weights: weights, total: total)
        }
      let hull = try? NonDecreasingHull(of: swept)
      draw.testHull.append(
        hull?.averageImprovementInQuality(over: part.range, extendedLeft: part.leftExtension) ?? 0)
    }
    return draw
  }
}
