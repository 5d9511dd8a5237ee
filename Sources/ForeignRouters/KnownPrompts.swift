public import Outcomes

/// What predictions may speak of: the models compared, and every id and model that the data has.
public struct KnownPrompts: Sendable {
  /// The data's name, for sentences.
  public let data: String
  /// The models compared, in the order of the outcomes.
  public let models: [ModelID]
  /// Every model of the data, those not compared included.
  public let allModels: Set<String>
  /// Every id of the data, those left out of the comparison included.
  public let sampleIDs: Set<String>

  /// Makes a list of what is known.
  public init(data: String, models: [ModelID], allModels: Set<String>, sampleIDs: Set<String>) {
    self.data = data
    self.models = models
    self.allModels = allModels
    self.sampleIDs = sampleIDs
  }
}
