/// Scores answers: a value that the benchmark consults on records and a server on live answers.
///
/// The benchmark's judge knows the recorded quality and errs with a stated probability; the others
/// see only what a server can see.
public struct Judge: Sendable, Hashable, Codable {
  /// Where a judge has its scores from.
  public enum Source: Sendable, Hashable {
    /// The recorded quality g; with the given probability it says 1 - g instead.
    case quality(error: Double)
    /// The model's own confidence, as recorded or as a server returns it.
    case confidence
    /// The quality to be expected of an answer of that confidence, learned for each model.
    case calibrated(ConfidenceCalibration)
    /// A scorer of prompt and answer, learned from training answers.
    case scorer(LearnedScorer)
  }

  /// Where the scores are from.
  public let source: Source
  /// What one consultation costs, in dollars.
  public let dollars: Double
  /// How long one consultation takes, in milliseconds.
  public let milliseconds: Double

  /// Makes a judge.
  ///
  /// - Precondition: An error is a probability; dollars and milliseconds are finite and at least 0.
  public init(_ source: Source, dollars: Double = 0, milliseconds: Double = 0) {
    if case .quality(let error) = source {
      precondition((0...1).contains(error), "A judge's error is a probability; \(error) is not.")
    }
    precondition(
      dollars >= 0 && dollars.isFinite && milliseconds >= 0 && milliseconds.isFinite,
      "A consultation takes dollars and milliseconds of at least 0.")
    self.source = source
    self.dollars = dollars
    self.milliseconds = milliseconds
  }

  /// The judge of the paper: the recorded quality with an error, free of charge.
  public static func quality(error: Double) -> Judge { Judge(.quality(error: error)) }

  /// The model's own confidence, free of charge.
  public static let confidence = Judge(.confidence)

  /// What the judge says of an answer.
  ///
  /// - Throws: When what it judges by is not known, as the recorded quality on a live server.
  /// - Source: arXiv:2403.12031, section 5.2.
  public func opinion(of evidence: Evidence) throws(RoutingError) -> Opinion {
    switch source {
    case .quality(let error):
      guard let quality = evidence.quality else { throw .unknownQuality }
      return Opinion(score: quality, flipped: 1 - quality, chance: error)
    case .confidence:
      guard let confidence = evidence.confidence else { throw .unknownConfidence }
      return Opinion(score: confidence)
    case .calibrated(let calibration):
      guard let confidence = evidence.confidence, let model = evidence.model else {
        throw .unknownConfidence
      }
      return Opinion(score: calibration.quality(confidence: confidence, model: model))
    case .scorer(let scorer):
      guard let text = evidence.text else { throw .unknownAnswer }
      return Opinion(score: scorer.score(of: text))
    }
  }

  private enum CodingKeys: String, CodingKey {
    case source, dollars, milliseconds
  }

  /// Reads a judge, and refuses one that could not be made.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let source = try container.decode(Source.self, forKey: .source)
    let dollars = try container.decode(Double.self, forKey: .dollars)
    let milliseconds = try container.decode(Double.self, forKey: .milliseconds)
    func require(_ isSound: Bool, _ sentence: String) throws {
      if isSound { return }
      throw DecodingError.dataCorruptedError(
        forKey: .source, in: container, debugDescription: sentence)
    }
    switch source {
    case .quality(let error):
      try require((0...1).contains(error), "A judge's error is a probability; \(error) is not.")
    case .confidence: break
    case .calibrated(let calibration):
      try require(
        calibration.slopes.count == calibration.intercepts.count,
        "A calibration needs a slope and an intercept a model.")
    case .scorer(let scorer):
      try require(!scorer.weights.isEmpty, "A scorer needs at least one weight.")
    }
    try require(
      dollars >= 0 && dollars.isFinite && milliseconds >= 0 && milliseconds.isFinite,
      "A consultation takes dollars and milliseconds of at least 0.")
    self.init(source, dollars: dollars, milliseconds: milliseconds)
  }
}
