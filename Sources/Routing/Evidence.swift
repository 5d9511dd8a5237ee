/// What is known of one answer when a judge is asked about it.
///
/// A benchmark knows the recorded quality; a live server never does.
public struct Evidence: Sendable, Hashable {
  /// The recorded quality, in [0, 1].
  public var quality: Double?
  /// The model's own confidence in its answer, on the scale of the records.
  public var confidence: Double?
  /// The index of the model that answered.
  public var model: Int?
  /// The text of the prompt and the answer.
  public var text: AnswerText?

  /// Gathers what is known; a missing number (NaN) is unknown.
  public init(
    quality: Double? = nil, confidence: Double? = nil, model: Int? = nil, text: AnswerText? = nil
  ) {
    self.quality = quality.flatMap { $0.isNaN ? nil : $0 }
    self.confidence = confidence.flatMap { $0.isNaN ? nil : $0 }
    self.model = model
    self.text = text
  }
}

/// A prompt, and what one model answered.
public struct AnswerText: Sendable, Hashable {
  /// The prompt.
  public let prompt: String
  /// The answer.
  public let answer: String
  /// The model's index.
  public let model: Int

  /// Makes the pair.
  public init(prompt: String, answer: String, model: Int) {
    self.prompt = prompt
    self.answer = answer
    self.model = model
  }
}
