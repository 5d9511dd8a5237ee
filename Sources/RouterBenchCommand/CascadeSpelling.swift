import Arguments
import Routers
import Routing

/// Cascades and reranks as they are typed: `cascade:e=0.1,t=0.9,rule=reference,order=cost`.
enum CascadeSpelling {
  private static let judgeKeys = ["e", "judge", "dollars", "ms"]
  private static let cascadeKeys = judgeKeys + ["t", "rule", "order", "budgets"]

  /// The recipe behind `cascade` and its settings.
  ///
  /// - Parameter judging: What the judge takes, where the settings do not say.
  static func cascade(
    _ typed: String, _ items: [Substring], judging: Overhead
  ) throws(ArgumentsError) -> CascadeRouter {
    let read = try SpelledSettings(
      typed, name: "cascade", items, keys: cascadeKeys, such: "cascade:e=0.1")
    let rule = try read.choice("rule", of: BudgetRule.allCases.map(\.rawValue))
    let order: CascadeOrder =
      switch read.values["order"] {
      case nil, "cost": .meanCost
      case "searched": .searched
      case let names?: .given(models: names.split(separator: ">").map(String.init))
      }
    return CascadeRouter(
      judge: try judge(read, judging), order: order, threshold: try read.number("t"),
      rule: rule.flatMap { BudgetRule(rawValue: $0) } ?? .paper,
      budgets: try budgets(read) ?? CascadeRouter.paperBudgets)
  }

  /// The recipe behind `rerank` and its settings.
  static func rerank(
    _ typed: String, _ items: [Substring], judging: Overhead
  ) throws(ArgumentsError) -> RerankRouter {
    let read = try SpelledSettings(
      typed, name: "rerank", items, keys: judgeKeys, such: "rerank:e=0.1")
    return RerankRouter(judge: try judge(read, judging))
  }

  private static func judge(
    _ read: SpelledSettings, _ judging: Overhead
  ) throws(ArgumentsError) -> JudgeRecipe {
    let error = try read.number("e", needed: "a probability from 0 to 1") { (0...1).contains($0) }
    let source: JudgeRecipe.Source
    switch try read.choice("judge", of: ["quality", "confidence", "calibrated", "scorer"]) {
    case "confidence": source = .confidence
    case "calibrated": source = .calibrated
    case "scorer": source = .scorer
    default: source = .quality(error: error ?? 0)
    }
    if error != nil, read.values["judge"] ?? "quality" != "quality" {
      throw ArgumentsError("Only the judge of quality has an error e; '\(read.typed)' was given.")
    }
    func price(_ key: String) throws(ArgumentsError) -> Double? {
      try read.number(key, needed: "a number of at least 0") { $0 >= 0 }
    }
    return JudgeRecipe(
      source, dollars: try price("dollars") ?? judging.dollars,
      milliseconds: try price("ms") ?? judging.milliseconds)
  }

  private static func budgets(_ read: SpelledSettings) throws(ArgumentsError) -> [Double]? {
    guard let text = read.values["budgets"] else { return nil }
    let budgets = text.split(separator: "+").compactMap { Double($0) }
    guard budgets.count == text.split(separator: "+", omittingEmptySubsequences: false).count,
      budgets.allSatisfy({ $0 >= 0 && $0.isFinite })
    else {
      throw ArgumentsError(
        "\(read.name) needs dollars with + between them as budgets, such as budgets=0.001+0.01; "
          + "'\(read.typed)' was given.")
    }
    return budgets
  }
}
