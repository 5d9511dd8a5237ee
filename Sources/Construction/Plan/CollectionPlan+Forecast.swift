import Foundation
import Outcomes

extension CollectionPlan {
  /// What carrying out the plan will take, less what its store already has.
  public func forecast(_ items: [PromptItem]) throws(ConstructionError) -> PlanForecast {
    guard FileManager.default.fileExists(atPath: store) else {
      return PlanForecast(self, items: items)
    }
    let store = try AnswerStore(path: store, for: .reading)
    let answered = try store.answered(models: models.map(\.id.name), items.map(\.sampleID))
    return PlanForecast(
      self, items: items, isDone: { answered.contains([$0, $1, $2]) }, judged: try store.judged())
  }
}
