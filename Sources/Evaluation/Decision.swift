/// Where one router sends one test prompt over a stretch of its kept operating points.
public struct Decision: Sendable, Hashable {
  /// The task.
  public let task: String
  /// The split's seed.
  public let seed: UInt64
  /// The router's name.
  public let system: String
  /// The prompt.
  public let sampleID: String
  /// The first kept parameter at which the prompt goes to `model`; nil for a router without one.
  public let from: Parameter?
  /// The last kept parameter at which it does.
  public let through: Parameter?
  /// The model asked.
  public let model: String
  /// The quality the router expected of it; nil for a router that did not say.
  public let expectedQuality: Double?
  /// The recorded quality.
  public let quality: Double
  /// The recorded price, in dollars.
  public let cost: Double

  /// Makes a decision.
  public init(
    task: String, seed: UInt64, system: String, sampleID: String, from: Parameter?,
    through: Parameter?, model: String, expectedQuality: Double?, quality: Double, cost: Double
  ) {
    self.task = task
    self.seed = seed
    self.system = system
    self.sampleID = sampleID
    self.from = from
    self.through = through
    self.model = model
    self.expectedQuality = expectedQuality
    self.quality = quality
    self.cost = cost
  }
}
