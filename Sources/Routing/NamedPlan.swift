import CostQuality
public import Outcomes

/// A plan as other programs read it: models by their names, and no key without a meaning.
///
/// It is written as an object with one of the keys `none`, `call`, `mix`, `cascade` and `rerank`.
public struct NamedPlan: Sendable, Encodable {
  private let plan: Plan
  private let models: [ModelID]

  /// Names a plan's models.
  ///
  /// - Parameter models: Those of the lessons that taught the router, in their order.
  public init(_ plan: Plan, models: [ModelID]) {
    self.plan = plan
    self.models = models
  }

  private enum CodingKeys: String, CodingKey {
    case none, call, mix, cascade, rerank
  }

  private enum PartKeys: String, CodingKey {
    case model, models, probability, plan, threshold, budget, rule, judge
  }

  private enum JudgeKeys: String, CodingKey {
    case source, dollars, milliseconds, error, curves, weights, intercept, slope
  }

  private struct ModelKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Writes it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func names(_ indices: [Int]) -> [String] { indices.map { models[$0].name } }
    switch plan {
    case .none: _ = container.nestedContainer(keyedBy: PartKeys.self, forKey: .none)
    case .call(let model):
      var call = container.nestedContainer(keyedBy: PartKeys.self, forKey: .call)
      try call.encode(models[model].name, forKey: .model)
    case .mix(let shares):
      var list = container.nestedUnkeyedContainer(forKey: .mix)
      for share in shares {
        var entry = list.nestedContainer(keyedBy: PartKeys.self)
        try entry.encode(share.probability, forKey: .probability)
        try entry.encode(NamedPlan(share.plan, models: models), forKey: .plan)
      }
    case .cascade(let cascade):
      var entry = container.nestedContainer(keyedBy: PartKeys.self, forKey: .cascade)
      try entry.encode(names(cascade.models), forKey: .models)
      try entry.encode(cascade.threshold, forKey: .threshold)
      if cascade.budget != .infinity { try entry.encode(cascade.budget, forKey: .budget) }
      try entry.encode(cascade.rule, forKey: .rule)
      var judge = entry.nestedContainer(keyedBy: JudgeKeys.self, forKey: .judge)
      try write(cascade.judge, to: &judge)
    case .rerank(let rerank):
      var entry = container.nestedContainer(keyedBy: PartKeys.self, forKey: .rerank)
      try entry.encode(names(rerank.models), forKey: .models)
      var judge = entry.nestedContainer(keyedBy: JudgeKeys.self, forKey: .judge)
      try write(rerank.judge, to: &judge)
    }
  }

  private func write(
    _ judge: Judge, to container: inout KeyedEncodingContainer<JudgeKeys>
  ) throws {
    try container.encode(judge.dollars, forKey: .dollars)
    try container.encode(judge.milliseconds, forKey: .milliseconds)
    switch judge.source {
    case .quality(let error):
      try container.encode("quality", forKey: .source)
      try container.encode(error, forKey: .error)
    case .confidence: try container.encode("confidence", forKey: .source)
    case .calibrated(let calibration):
      try container.encode("calibrated", forKey: .source)
      var curves = container.nestedContainer(keyedBy: ModelKey.self, forKey: .curves)
      for (index, model) in models.enumerated() {
        var curve = curves.nestedContainer(
          keyedBy: JudgeKeys.self, forKey: ModelKey(stringValue: model.name))
        try curve.encode(calibration.intercepts[index], forKey: .intercept)
        try curve.encode(calibration.slopes[index], forKey: .slope)
      }
    case .scorer(let scorer):
      try container.encode("scorer", forKey: .source)
      try container.encode(scorer.weights, forKey: .weights)
    }
  }
}
