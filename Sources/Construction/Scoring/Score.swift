/// What an answer is worth, and how it was read.
public struct Score: Sendable, Hashable, Codable {
  /// A number, or why there is none.
  public enum Verdict: Sendable, Hashable, Codable {
    /// A value in [0, 1].
    case value(Double)
    /// The answer could not be scored; the sentence says why.
    case unscorable(String)
  }

  /// A number, or why there is none.
  public let verdict: Verdict
  /// What was read out of the answer.
  public let extraction: Extraction
  /// What a person should know of a value, such as the test that a program failed; nil for nothing.
  public let remark: String?

  /// The value in [0, 1]; nil where there is none.
  public var value: Double? {
    if case .value(let value) = verdict { value } else { nil }
  }

  /// Why there is no value, or what there is to say of it; nil for nothing.
  public var reason: String? {
    if case .unscorable(let reason) = verdict { reason } else { remark }
  }

  /// A score.
  ///
  /// - Precondition: A value lies in [0, 1].
  public init(_ verdict: Verdict, extraction: Extraction, remark: String? = nil) {
    if case .value(let value) = verdict {
      precondition((0...1).contains(value), "A score lies in [0, 1]; got \(value).")
    }
    self.verdict = verdict
    self.extraction = extraction
    self.remark = remark
  }

  static func right(_ isRight: Bool, _ extraction: Extraction) -> Score {
    Score(.value(isRight ? 1 : 0), extraction: extraction)
  }

  /// The worth of a reply that ends before it answers.
  static let onlyThinking = Score(
    .value(0), extraction: .onlyThinking,
    remark: "The reply is thinking and nothing else; nothing was answered.")

  static func unscorable(_ reason: String) -> Score {
    Score(.unscorable(reason), extraction: .none)
  }

  /// The refusal to score by a reference of another kind.
  static func wrongReference(_ item: PromptItem, scorer: String, needed: String) -> Score {
    unscorable(
      "\(item.sampleID) has no \(needed), which the scorer \(scorer) needs; choose another scorer.")
  }
}
