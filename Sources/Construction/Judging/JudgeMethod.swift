/// What a judge is asked to say of an answer.
public enum JudgeMethod: Sendable, Hashable, Codable {
  /// A whole number on a scale, for each turn of a conversation.
  case grade(least: Int, most: Int)
  /// Which of two answers is better, asked in both orders; the other answer is the baseline's.
  case compare(Baseline)

  /// Whose answers others are compared with.
  public enum Baseline: Sendable, Hashable, Codable {
    /// The reference answers of the questions.
    case reference
    /// Those of a model of the plan, by its name.
    case model(String)
  }

  /// How often the judge is asked of each turn.
  var passes: Int {
    switch self {
    case .grade: 1
    case .compare: 2
    }
  }
}
