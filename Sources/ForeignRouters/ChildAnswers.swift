import Matrices
import Outcomes
import Routing

/// Gathers a child's answers to one `route`, and refuses what is not one answer a prompt.
struct ChildAnswers {
  private let ids: [String]
  private let places: [String: Int]
  private let models: [ModelID]
  private let modelPlaces: [String: Int]
  private var answers: [Int: ChildReply] = [:]
  private var first: ChildReply?

  init(to ids: [String], models: [ModelID]) {
    self.ids = ids
    self.models = models
    places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    modelPlaces = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1.name, $0) })
  }

  /// Takes one answer.
  ///
  /// - Throws: A predicate whose subject is the router: `answered for 'x', which ...`.
  mutating func take(_ reply: ChildReply, id: String) throws(ChildFault) {
    guard let place = places[id] else {
      throw ChildFault("answered for '\(id)', which it was not asked about")
    }
    if answers[place] != nil { throw ChildFault("answered twice for '\(id)'") }
    let kinds = [reply.model != nil, reply.choices != nil, reply.quality != nil].count { $0 }
    guard kinds == 1 else {
      throw ChildFault(
        "answered for '\(id)' with \(kinds == 0 ? "none" : "several") of model, choices and "
          + "quality; needed is exactly one")
    }
    for name in [reply.model].compactMap({ $0 }) + (reply.choices ?? []).map(\.model)
    where modelPlaces[name] == nil {
      throw ChildFault(
        "chose the model '\(name)' for '\(id)'; there are only \(listed(models.map(\.name)))")
    }
    if let quality = reply.quality {
      for (one, several, values) in [
        ("quality", "qualities", quality), ("cost", "costs", reply.cost ?? quality),
      ] where values.count != models.count {
        throw ChildFault(
          "gave \(values.count) \(values.count == 1 ? one : several) for '\(id)'; needed is one for "
            + "each of the \(models.count) models")
      }
      if let cost = reply.cost?.first(where: { $0 < 0 }) {
        throw ChildFault("gave a cost of \(cost) for '\(id)'; needed are dollars of 0 or more")
      }
    }
    if let parameters = reply.choices?.map(\.parameter) {
      if parameters.isEmpty { throw ChildFault("gave no choices for '\(id)'") }
      if Set(parameters).count != parameters.count {
        throw ChildFault("gave two choices at one parameter for '\(id)'")
      }
    }
    if let first, Self.shape(first) != Self.shape(reply) {
      throw ChildFault(
        "answered for '\(id)' with \(Self.words(reply)) and for '\(first.id ?? "")' with "
          + "\(Self.words(first)); needed is the same for every prompt")
    }
    first = first ?? reply
    answers[place] = reply
  }

  /// The table, once every prompt is answered.
  func table(meanCosts: [Double]) throws(ChildFault) -> PlanTable {
    let missing = ids.indices.filter { answers[$0] == nil }
    if let place = missing.first {
      throw ChildFault(
        "ended its answers with \(missing.count) of \(ids.count) prompts unanswered, "
          + "'\(ids[place])' the first")
    }
    let replies = ids.indices.compactMap { answers[$0] }
    if first?.quality != nil {
      func grid(_ values: [Double]) -> Grid {
        Grid(rows: ids.count, columns: models.count, values: values)
      }
      let costs = replies.compactMap(\.cost)
      return PlanTable(
        sampleIDs: ids,
        content: .estimates(
          Estimates(
            quality: grid(replies.flatMap { $0.quality ?? [] }),
            cost: costs.isEmpty ? .perModel(meanCosts) : .perPrompt(grid(costs.flatMap { $0 })))))
    }
    let parameters: [Double?] = first?.choices.map { $0.map(\.parameter).sorted() } ?? [nil]
    return PlanTable(
      sampleIDs: ids,
      content: .stops(
        parameters.map { parameter in
          PlanTable.Stop(
            parameter: parameter,
            plans: replies.map { reply in
              let name =
                reply.model ?? reply.choices?.first { $0.parameter == parameter }?.model ?? ""
              return .call(model: modelPlaces[name] ?? 0)
            })
        }))
  }

  private static func shape(_ reply: ChildReply) -> [Double?] {
    if reply.quality != nil { return reply.cost == nil ? [nil, nil] : [nil, nil, nil] }
    return reply.choices?.map(\.parameter).sorted() ?? [nil]
  }

  private static func words(_ reply: ChildReply) -> String {
    if reply.quality != nil { return reply.cost == nil ? "qualities" : "qualities and costs" }
    guard let choices = reply.choices else { return "a model" }
    return "choices at \(listed(choices.map { "\($0.parameter)" }.sorted(), limit: 5))"
  }
}

/// What a child did wrong, as the predicate of a sentence about it.
struct ChildFault: Error {
  let predicate: String

  init(_ predicate: String) { self.predicate = predicate }
}
