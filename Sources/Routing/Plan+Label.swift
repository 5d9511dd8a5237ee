public import Outcomes

extension Plan {
  /// The plan in a few words, as tables of decisions show it: `a`, `a>b>c` for a cascade, `a|b|c` for
  /// a rerank, `0.5 a + 0.5 b` for a mixture, `none`.
  public func label(_ models: [ModelID]) -> String {
    func names(_ indices: [Int], _ separator: String) -> String {
      indices.map { models[$0].name }.joined(separator: separator)
    }
    return switch self {
    case .none: "none"
    case .call(let model): models[model].name
    case .mix(let shares):
      shares.map { "\($0.probability) \($0.plan.label(models))" }.joined(separator: " + ")
    case .cascade(let cascade): names(cascade.models, ">")
    case .rerank(let rerank): names(rerank.models, "|")
    }
  }
}
