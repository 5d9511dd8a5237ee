import Arguments
import Routers
import Routing

/// Cascades and reranks as they are typed: `cascade:e=0.1,t=0.9,rule=reference,order=cost`.
struct CascadeSpelling {
  private static let judgeKeys = ["e", "judge", "dollars", "ms"]
  private static let cascadeKeys = judgeKeys + ["t", "rule", "order", "budgets"]

  private let typed: String
  private let name: String
  private var values: [String: String] = [:]

  private init(_ typed: String, name: String, setting: String?, keys: [String])
    throws(ArgumentsError)
  {
    self.typed = typed
    self.name = name
    guard let setting else { return }
    for item in setting.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, keys.contains(parts[0]) else {
        throw ArgumentsError(
          "\(name) takes settings such as \(name):e=0.1, by the names \(keys.joined(separator: ", ")); "
            + "'\(item)' was given.")
      }
      guard values.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw ArgumentsError("\(name) was given \(parts[0]) twice; '\(typed)' was given.")
      }
    }
  }

  /// The recipe behind `cascade` and its settings.
  ///
  /// - Parameter judging: What the judge takes, where the settings do not say.
  static func cascade(
    _ typed: String, _ setting: String?, judging: Overhead
  ) throws(ArgumentsError) -> CascadeRouter {
    let read = try CascadeSpelling(typed, name: "cascade", setting: setting, keys: cascadeKeys)
    let rule = try read.choice("rule", of: BudgetRule.allCases.map(\.rawValue))
    let order: CascadeOrder =
      switch read.values["order"] {
      case nil, "cost": .meanCost
      case "searched": .searched
      case let names?: .given(names.split(separator: ">").map(String.init))
      }
    return CascadeRouter(
      judge: try read.judge(judging), order: order, threshold: try read.number("t"),
      rule: rule.flatMap { BudgetRule(rawValue: $0) } ?? .paper,
      budgets: try read.budgets() ?? CascadeRouter.paperBudgets)
  }

  /// The recipe behind `rerank` and its settings.
  static func rerank(
    _ typed: String, _ setting: String?, judging: Overhead
  ) throws(ArgumentsError) -> RerankRouter {
    let read = try CascadeSpelling(typed, name: "rerank", setting: setting, keys: judgeKeys)
    return RerankRouter(judge: try read.judge(judging))
  }

  /// Routers from a list cut at its commas: `t=0.9` belongs to the cascade before it.
  static func joined(_ items: [String]) -> [String] {
    var routers: [String] = []
    for item in items {
      let key = item.split(separator: "=", maxSplits: 1).first.map(String.init) ?? ""
      let opensNone = item.contains("=") && !key.contains(":")
      if opensNone, let last = routers.last, isOurs(last) {
        routers[routers.count - 1] = last + (last.contains(":") ? "," : ":") + item
      } else {
        routers.append(item)
      }
    }
    return routers
  }

  private static func isOurs(_ typed: String) -> Bool {
    ["cascade", "rerank"].contains(typed.split(separator: ":").first.map(String.init) ?? "")
  }

  private func judge(_ judging: Overhead) throws(ArgumentsError) -> JudgeRecipe {
    let error = try number("e", needed: "a probability from 0 to 1") { (0...1).contains($0) }
    let source: JudgeRecipe.Source
    switch try choice("judge", of: ["quality", "confidence", "calibrated", "scorer"]) {
    case "confidence": source = .confidence
    case "calibrated": source = .calibrated
    case "scorer": source = .scorer
    default: source = .quality(error: error ?? 0)
    }
    if error != nil, values["judge"] ?? "quality" != "quality" {
      throw ArgumentsError("Only the judge of quality has an error e; '\(typed)' was given.")
    }
    func price(_ key: String) throws(ArgumentsError) -> Double? {
      try number(key, needed: "a number of at least 0") { $0 >= 0 }
    }
    return JudgeRecipe(
      source, dollars: try price("dollars") ?? judging.dollars,
      milliseconds: try price("ms") ?? judging.milliseconds)
  }

  private func budgets() throws(ArgumentsError) -> [Double]? {
    guard let text = values["budgets"] else { return nil }
    let budgets = text.split(separator: "+").compactMap { Double($0) }
    guard budgets.count == text.split(separator: "+", omittingEmptySubsequences: false).count,
      budgets.allSatisfy({ $0 >= 0 && $0.isFinite })
    else {
      throw ArgumentsError(
        "\(name) needs dollars with + between them as budgets, such as budgets=0.001+0.01; "
          + "'\(typed)' was given.")
    }
    return budgets
  }

  private func number(
    _ key: String, needed: String = "a number", where isValid: (Double) -> Bool = { _ in true }
  ) throws(ArgumentsError) -> Double? {
    guard let text = values[key] else { return nil }
    if let number = Double(text), number.isFinite, isValid(number) { return number }
    throw ArgumentsError("\(name) needs \(needed) as \(key); '\(typed)' was given.")
  }

  private func choice(_ key: String, of choices: [String]) throws(ArgumentsError) -> String? {
    guard let text = values[key] else { return nil }
    if choices.contains(text) { return text }
    throw ArgumentsError(
      "\(name) needs one of \(choices.joined(separator: ", ")) as \(key); '\(typed)' was given.")
  }
}
