import CostQuality
import Evaluation

/// A recommendation as sentences and a table.
struct RecommendationText {
  let recommendation: Recommendation
  /// What must stand in every output, such as how few prompts could be compared.
  let notices: [String]
  /// What costs are counted in.
  let unit: CostUnit
  /// The intervals' confidence.
  let level: Double
  /// What was asked for.
  let target: Recommendation.Target
  /// What else is bounded.
  let ceiling: Ceiling

  /// What to serve, in a few words.
  static func plan(_ choice: Recommendation.Choice, _ unit: CostUnit) -> String {
    if choice.shareOfDearer >= 1 { return name(choice.dearer, unit) }
    let share = (choice.shareOfDearer * 100).fixed(1)
    return "\(share)% of prompts at \(name(choice.dearer, unit)), the others at "
      + (choice.cheaper.map { name($0, unit) } ?? "nothing")
  }

  private static func name(_ point: KeptPoint, _ unit: CostUnit) -> String {
    if let name = point.model ?? point.meaning { return name }
    guard let parameter = point.parameter else { return "its only setting" }
    return "willingness to pay "
      + (parameter.value == .infinity
        ? "unlimited" : "\(parameter) \(unit.rawValue) per unit of quality")
  }

  var lines: [String] {
    guard let best = recommendation.choices.first else { return [] }
    let saving =
      "\(percent(best.saving)) [\(percent(best.savingInterval.lower)), "
      + "\(percent(best.savingInterval.upper))]"
    var lines = [
      "Serve \(best.system): \(Self.plan(best, unit)).",
      "On \(recommendation.counts.test.counted("test prompt")) it costs "
        + "\(cost(best.test.cost)) a prompt \(digits(best.intervals.cost))\(seconds(best))\(dollars(best)) and has a "
        + "quality of \(best.test.quality.fixed(4)) \(range(best.intervals.quality)).",
      "Against always asking \(recommendation.reference) ("
        + "\(cost(recommendation.referencePoint.cost))\(referenceSeconds), "
        + "\(recommendation.referencePoint.quality.fixed(4))): it saves \(saving) of the cost, and "
        + "its quality differs by \(best.gain.fixed(4)) \(range(best.gainInterval)).",
      "Intervals: \((level * 100).significant(2))%, by bootstrap of the test prompts. Chosen on "
        + "\(recommendation.counts.training.counted("training prompt")).", "",
    ]
    lines += table
    lines += notes.map { "Note: \($0)" }
    return lines
  }

  /// What is to be known besides; first of all, whether the best choice keeps on the test prompts what
  /// it promised on those it was chosen on.
  var notes: [String] {
    guard let best = recommendation.choices.first else { return notices + recommendation.notes }
    var missed: [String] = []
    switch target {
    case .budget(let most) where best.test.cost > most:
      missed.append("\(cost(best.test.cost)) a prompt, where at most \(cost(most)) was asked for")
    case .quality(let least) where best.test.quality < least:
      missed.append(
        "a quality of \(best.test.quality.fixed(4)), where at least \(least) was asked for")
    default: break
    }
    if let most = ceiling.seconds, let seconds = best.testSeconds, seconds > most {
      missed.append("\(seconds.significant(4)) seconds, where at most \(most) was asked for")
    }
    if let most = ceiling.dollars, let dollars = best.testDollars, dollars > most {
      missed.append("\(dollars.significant(4)) dollars, where at most \(most) was asked for")
    }
    return missed.map {
      "On the test prompts \(best.system) misses the target: \($0). It was met on the training "
        + "prompts; ask for more than you need to be safe."
    } + notices + recommendation.notes
  }

  private var table: [String] {
    let hasSeconds = showsSeconds && recommendation.choices.contains { $0.testSeconds != nil }
    var table = TextTable(
      ["system", "promised \(unit.symbol)", "quality"] + (hasSeconds ? ["seconds"] : [])
        + ["on test \(unit.symbol)", "quality", "interval"]
        + (hasSeconds ? ["seconds", "interval"] : []),
      rightAligned: Set(1...8))
    for choice in recommendation.choices {
      table.add(
        [choice.system, choice.training.cost.significant(4), choice.training.quality.fixed(4)]
          + (hasSeconds ? [choice.trainingSeconds?.significant(4) ?? ""] : [])
          + [
            choice.test.cost.significant(4), choice.test.quality.fixed(4),
            range(choice.intervals.quality),
          ]
          + (hasSeconds
            ? [
              choice.testSeconds?.significant(4) ?? "",
              choice.intervals.seconds.map(digits) ?? "",
            ] : []))
    }
    return table.lines()
  }

  /// Where costs are seconds, they are not said twice.
  private var showsSeconds: Bool { unit != .seconds }

  private func seconds(_ choice: Recommendation.Choice) -> String {
    guard showsSeconds, let seconds = choice.testSeconds, let interval = choice.intervals.seconds
    else { return "" }
    return ", takes \(seconds.significant(4)) seconds \(digits(interval))"
  }

  private func dollars(_ choice: Recommendation.Choice) -> String {
    choice.testDollars.map { ", takes \(Self.cost($0, .dollars))" } ?? ""
  }

  private var referenceSeconds: String {
    guard showsSeconds, let seconds = recommendation.referenceSeconds else { return "" }
    return ", \(seconds.significant(4)) seconds"
  }

  private func cost(_ value: Double) -> String { Self.cost(value, unit) }

  /// An amount with its unit.
  static func cost(_ value: Double, _ unit: CostUnit) -> String {
    unit == .dollars ? "$\(value.significant(4))" : "\(value.significant(4)) \(unit.rawValue)"
  }

  private func range(_ interval: Interval) -> String {
    "[\(interval.lower.fixed(4)), \(interval.upper.fixed(4))]"
  }

  private func digits(_ interval: Interval) -> String {
    "[\(interval.lower.significant(4)), \(interval.upper.significant(4))]"
  }

  private func percent(_ value: Double) -> String { "\((value * 100).fixed(1))%" }
}
