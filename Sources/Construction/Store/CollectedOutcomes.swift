public import Outcomes

/// A store's answers as outcomes: one row a question, one column a model, repeats taken together.
public struct CollectedOutcomes: Sendable {
  /// The outcomes; quality, cost, latency and tokens are means over repeats.
  public let table: OutcomeTable
  /// What text forms carry besides: counts, the variance over repeats, reasons to stop and more.
  public let extras: [OutcomeExtra]
  /// Questions that no model has a grade for; they are no rows.
  public let rowsWithoutGrade: Int
  /// Answers without a grade in the rows that there are.
  public let cellsWithoutGrade: Int
}

/// The answers of one model to one question, repeats taken together.
struct RepeatedAnswers {
  private(set) var count = 0
  private(set) var response: String?
  private var scores: [Double] = []
  private var costs: [Double] = []
  private var sums: [String: Double] = [:]
  private var finishes: [String: Int] = [:]
  private var versions: Set<String> = []
  private var isEstimated = false
  private var refusals: Set<String> = []

  mutating func add(
    text: String, finish: String, cost: Double?, score: Double?, version: String?,
    isEstimated: Bool, measures: [String: Double]
  ) {
    if count == 0 { response = text }
    count += 1
    finishes[finish, default: 0] += 1
    if let cost { costs.append(cost) }
    if let score { scores.append(score) }
    if let version { versions.insert(version) }
    if isEstimated { self.isEstimated = true }
    if let refusal = Refusal.kind(of: text) { refusals.insert(refusal.rawValue) }
    for (name, value) in measures { sums[name, default: 0] += value }
  }

  var hasScore: Bool { !scores.isEmpty }

  var quality: Double { Self.mean(scores) }

  /// NaN unless every repeat has a cost: a mean over some would tell nothing.
  var cost: Double { costs.count == count ? Self.mean(costs) : .nan }

  func mean(_ measure: String) -> Double {
    count == 0 ? .nan : (sums[measure] ?? .nan) / Double(count)
  }

  func extra(_ name: String) -> OutcomeExtra.Cell {
    guard count > 0 else { return .missing }
    switch name {
    case "answers": return .number(Double(count))
    case "quality_variance": return variance.map { .number($0) } ?? .missing
    case "finish_reason":
      let words = finishes.keys.sorted()
      if words.count == 1 { return .text(words[0]) }
      return .text(words.map { "\($0):\(finishes[$0] ?? 0)" }.joined(separator: " "))
    case "model_version":
      return versions.isEmpty ? .missing : .text(versions.sorted().joined(separator: " "))
    case "refusal":
      return refusals.isEmpty ? .missing : .text(refusals.sorted().joined(separator: " "))
    case "tokens_estimated": return .text(isEstimated ? "yes" : "no")
    default:
      let mean = mean(name)
      return mean.isNaN ? .missing : .number(mean)
    }
  }

  /// The sampling variance of a single answer's grade, as two or more repeats estimate it.
  private var variance: Double? {
    guard scores.count >= 2 else { return nil }
    let mean = quality
    return scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count - 1)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }
}
