/// How a file of outcomes is to be read.
public struct ReadingOptions: Sendable, Hashable {
  /// What becomes of rows that share an id with other rows (in long form, of cells that share an id
  /// and a model).
  public enum DuplicateRule: String, Codable, CaseIterable, Sendable {
    /// All copies are left out and counted, since no rule can say which one is right.
    case drop
    /// The last copy is kept, and takes what it lacks from the copies before it, later ones first.
    case mergeDuplicates
    /// The first copy is kept as it is.
    case keepFirst
  }

  /// What becomes of repeated ids.
  public var duplicateRule: DuplicateRule
  /// Whether the models' answers are read too; they are most of a published file.
  public var includeResponses: Bool
  /// The task name for a file that has no `eval_name` column; nil refuses such a file.
  public var evalName: String?
  /// Whether a file without a `sample_id` column gets ids from its row numbers, or is refused.
  public var generatesSampleIDs: Bool

  /// The scores of the worst and of the best answer; qualities are read as shares of the way between.
  public var qualityScale: ClosedRange<Double>

  /// Makes options; each has the default that suits published files.
  public init(
    duplicateRule: DuplicateRule = .drop, includeResponses: Bool = false, evalName: String? = nil,
    generatesSampleIDs: Bool = false, qualityScale: ClosedRange<Double> = 0...1
  ) {
    self.duplicateRule = duplicateRule
    self.includeResponses = includeResponses
    self.evalName = evalName
    self.generatesSampleIDs = generatesSampleIDs
    precondition(
      qualityScale.lowerBound.isFinite && qualityScale.upperBound.isFinite && !qualityScale.isEmpty
        && qualityScale.lowerBound < qualityScale.upperBound, "A scale needs two finite ends.")
    self.qualityScale = qualityScale
  }
}
