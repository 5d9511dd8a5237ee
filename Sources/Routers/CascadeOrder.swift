import Outcomes
import Routing

/// In which order a cascade asks.
public enum CascadeOrder: Sendable, Hashable, Codable {
  /// All models, by mean training cost; ties go to the lower index.
  case meanCost
  /// The models named, in that order.
  case given(models: [String])
  /// The sequence of some models that is best on the training prompts, as far as steps of one model find
  /// it.
  case searched

  /// The words that a name has for orders without a list of models.
  public static let words = ["cost", "searched"]

  /// The order as names spell it; nil for the usual one.
  var spelling: String? {
    switch self {
    case .meanCost: nil
    // A model that is called like one of the words is told from it by a sign before its name.
    case .given(let names):
      "order=" + (names.count == 1 && Self.words.contains(names[0]) ? ">" : "")
        + names.joined(separator: ">")
    case .searched: "order=searched"
    }
  }

  /// All models by mean training cost.
  static func byMeanCost(_ lessons: Lessons) -> [Int] {
    let costs = lessons.meanCosts
    return costs.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
  }

  /// The models to start with, before any search.
  func start(_ lessons: Lessons, router: String) throws(RoutingError) -> [Int] {
    guard case .given(let names) = self else { return Self.byMeanCost(lessons) }
    let known = lessons.table.models.map(\.name)
    var models: [Int] = []
    for name in names {
      guard let model = known.firstIndex(of: name) else {
        throw .unusableSetting(
          router: router, found: "the model \(name)",
          needed: "some of " + known.joined(separator: ", "))
      }
      if models.contains(model) {
        throw .unusableSetting(
          router: router, found: "the model \(name) twice", needed: "each model once at most")
      }
      models.append(model)
    }
    if models.isEmpty {
      throw .unusableSetting(router: router, found: "no model", needed: "at least one")
    }
    return models
  }
}
