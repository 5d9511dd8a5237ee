public import Outcomes

/// One answer that is wanted: a model, a question and which repeat of it.
public struct CollectionCall: Sendable, Hashable {
  /// The model.
  public let model: ModelID
  /// The question.
  public let item: PromptItem
  /// Which repeat, from 0.
  public let `repeat`: Int
}
