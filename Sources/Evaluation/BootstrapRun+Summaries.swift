extension BootstrapRun.Outcome {
  /// How a system's cost at the best model's quality varies; nil where no split has the system.
  func match(
    of name: String, in parts: [BootstrapRun.Part], settings: Bootstrap
  ) -> (interval: Interval?, reached: Double)? {
    let columns = parts.indices.compactMap { part -> [Double]? in
      parts[part].examinations.firstIndex { $0.result.name == name }.flatMap {
        matches[part].indices.contains($0) ? matches[part][$0] : nil
      }
    }
    let resamples = columns.first?.count ?? 0
    guard resamples > 0 else { return nil }
    let means = (0..<resamples).map { resample in
      columns.reduce(0.0) { $0 + $1[resample] } / Double(columns.count)
    }
    let reached = Double(means.count(where: \.isFinite)) / Double(resamples)
    // Ends that fall among resamples without a value are no numbers.
    let finite = means.map { $0.isFinite ? $0 : Double.greatestFiniteMagnitude }
    let ends = BootstrapSample(finite, prompts: Set(parts.flatMap(\.prompts)).count)
      .bounds(level: settings.level)
    let isKnown = ends.lower < 1e100 && ends.upper < 1e100
    return (isKnown ? Interval(lower: ends.lower, upper: ends.upper) : nil, reached)
  }

  /// The intervals of every system by name, means over the parts that have it.
  func intervals(
    of parts: [BootstrapRun.Part], settings: Bootstrap
  ) -> [String: SystemIntervals] {
    struct Samples {
      var deployable: BootstrapSample
      var testHull: BootstrapSample
      var deployableLessZero: BootstrapSample
      var testHullLessZero: BootstrapSample
      var reference: BootstrapSample
      var referenceLessZero: BootstrapSample
      /// The deployable differences from Zero, resample by resample.
      var differences: [Double]
      var prompts: Int
    }
    var order: [String] = []
    for name in parts.flatMap({ $0.examinations.map(\.result.name) }) where !order.contains(name) {
      order.append(name)
    }
    var samples: [String: Samples] = [:]
    for name in order {
      let places = parts.indices.compactMap { part -> (part: Int, system: Int)? in
        let systems = parts[part].examinations
        return systems.firstIndex { $0.result.name == name }.map { (part, $0) }
      }
      let prompts = Set(places.flatMap { parts[$0.part].prompts }).count
      let resamples = deployable.first?.first?.count ?? 0
      guard resamples > 0, !places.isEmpty else { continue }
      func means(_ values: [[[Double]]], lessZero: Bool) -> [Double] {
        (0..<resamples).map { resample in
          places.reduce(0.0) { sum, place in
            let own = values[place.part][place.system][resample]
            return sum + own - (lessZero ? values[place.part][0][resample] : 0)
          } / Double(places.count)
        }
      }
      func sample(_ values: [Double]) -> BootstrapSample {
        BootstrapSample(values, prompts: prompts)
      }
      let differences = differences(of: name, in: parts)
      samples[name] = Samples(
        deployable: sample(means(deployable, lessZero: false)),
        testHull: sample(means(testHull, lessZero: false)),
        deployableLessZero: sample(differences),
        testHullLessZero: sample(means(testHull, lessZero: true)),
        reference: sample(means(reference, lessZero: false)),
        referenceLessZero: sample(means(reference, lessZero: true)), differences: differences,
        prompts: prompts)
    }
    let rivals = order.filter { $0 != "zero" && samples[$0] != nil }
    let unservable = Self.unservable(in: parts)
    /// The p-values of some routers, adjusted for all of them. A chosen router beside its candidates is one
    /// claim: both do the same on every draw.
    func adjusted(_ names: [String]) -> [String: Double] {
      let values = HolmCorrection.adjusted(
        names.map { samples[$0]?.deployableLessZero.pValue ?? 1 },
        sameClaims: names.map { samples[$0]?.differences ?? [] })
      return Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
    }
    // Routers that cannot serve get no verdict, so they cost the others nothing.
    let adjusted = adjusted(rivals).merging(adjusted(rivals.filter { !unservable.contains($0) })) {
      $1
    }
    let level = settings.level
    return samples.reduce(into: [:]) { result, entry in
      let (name, sample) = entry
      let comparison = adjusted[name].map { adjustedPValue in
        Comparison(
          deployable: sample.deployableLessZero.interval(level: level),
          testHull: sample.testHullLessZero.interval(level: level),
          reference: sample.referenceLessZero.interval(level: level),
          standardError: sample.deployableLessZero.standardDeviation,
          pValue: sample.deployableLessZero.pValue, adjustedPValue: adjustedPValue, level: level,
          detection: Detection(
            of: settings.difference,
            standardError: sample.deployableLessZero.standardDeviation,
            testPrompts: sample.prompts, level: level))
      }
      result[name] = SystemIntervals(
        level: level, deployable: sample.deployable.interval(level: level),
        testHull: sample.testHull.interval(level: level),
        reference: sample.reference.interval(level: level), comparison: comparison)
    }
  }

  /// A sentence on resamples that could not be used; nil where all could.
  func disuse(settings: Bootstrap) -> String? {
    if unused == 0 { return nil }
    return
      "\(unused) of \(settings.resamples) resamples had no prompt of some split and were not used"
      + (settings.isEnough(settings.resamples - unused)
        ? "." : ", so there are no intervals; let splits test more prompts (fewer folds or seeds).")
  }

  /// The routers whose judge knows the recorded quality.
  private static func unservable(in parts: [BootstrapRun.Part]) -> Set<String> {
    Set(
      parts.flatMap { part in
        part.examinations.lazy.map(\.result).filter { $0.needsRecordedQuality == true }.map(\.name)
      })
  }

  /// A sentence where no comparison could have had a verdict, since there were too few resamples for
  /// so many routers; nil where there were enough.
  func shortage(of parts: [BootstrapRun.Part], settings: Bootstrap) -> String? {
    var names: [String] = []
    let unservable = Self.unservable(in: parts)
    for name in parts.flatMap({ $0.examinations.map(\.result.name) })
    where name != "zero" && !names.contains(name) && !unservable.contains(name) {
      names.append(name)
    }
    let resamples = deployable.first?.first?.count ?? 0
    guard resamples > 0 else { return nil }
    // As in `intervals`: routers that do the same on every draw are one claim.
    let claims = Set(names.map { differences(of: $0, in: parts) }).count
    let needed = HolmCorrection.resamplesNeeded(claims: claims, level: settings.level)
    guard claims > 0, resamples < needed else { return nil }
    let least = BootstrapSample.leastPValue(resamples: resamples)
    func text(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
    return "No verdict was possible: of \(resamples) resamples no p-value is below \(text(least)), "
      + (claims == 1
        ? "and a verdict needs "
        : "which Holm's correction for \(claims) different routers makes "
          + "\(text(min(1, least * Double(claims)))), and a verdict needs ")
      + "\(text(1 - settings.level)); take at least \(needed) (--resamples \(needed))."
  }

  /// A system's deployable differences from Zero, resample by resample: means over the parts that have
  /// it.
  private func differences(of name: String, in parts: [BootstrapRun.Part]) -> [Double] {
    let places = parts.indices.compactMap { part in
      parts[part].examinations.firstIndex { $0.result.name == name }.map { (part, $0) }
    }
    return (0..<(deployable.first?.first?.count ?? 0)).map { resample in
      places.reduce(0.0) { sum, place in
        sum + deployable[place.0][place.1][resample] - deployable[place.0][0][resample]
      } / Double(places.count)
    }
  }
}
