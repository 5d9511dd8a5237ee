/// What one router does with one test prompt over a stretch of its kept operating points.
public struct Decision: Sendable, Hashable {
  /// The task.
  public let task: String
  /// The split's seed.
  public let seed: UInt64
  /// The router's name.
  public let system: String
  /// The prompt.
  public let sampleID: String
  /// The first kept parameter at which it does this; nil for a router without one.
  public let from: Parameter?
  /// The last kept parameter at which it does.
  public let through: Parameter?
  /// The model asked, or a plan of several in a few words: `a>b>c` for a cascade, `a|b|c` for a
  /// rerank.
  public let model: String
  /// The quality the router expected of it; nil for a router that predicts none.
  public let expectedQuality: Double?
  /// The recorded quality; in expectation, where chance decides.
  public let quality: Double
  /// The recorded price, in dollars, and what the router took; in expectation, where chance decides.
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

  /// Whether it is what the router does at a kept parameter; always, for a router without one.
  func holds(at parameter: Parameter?) -> Bool {
    guard let parameter else { return true }
    return (from.map { $0 <= parameter } ?? true) && (through.map { parameter <= $0 } ?? true)
  }
}
