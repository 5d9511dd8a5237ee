/// What one router predicted for one test prompt, model by model.
public struct PromptEstimates: Sendable, Hashable {
  /// The task.
  public let task: String
  /// The router's name.
  public let system: String
  /// The prompt.
  public let sampleID: String
  /// Predicted quality, in the models' order.
  public let quality: [Double]
  /// Predicted dollars, in the models' order.
  public let cost: [Double]
}
