/// The public tasks that plans can name.
public enum BenchmarkTasks {
  static let all: [any BenchmarkTask] = [
    MultitaskUnderstanding(), HellaSwag(), GradeSchoolMath(), ReasoningChallenge(), Winogrande(),
    BasicPrograms(), MultiTurnBench(), RetrievalQuestions(),
  ]

  /// What each task is and where it comes from.
  public static let cards = all.map(\.card)

  static func task(_ name: String) -> (any BenchmarkTask)? { all.first { $0.card.name == name } }
}

/// The scorers that task cards name.
enum TaskScorers {
  static let choice = "choice"
  static let number = "number"
  static let code = "code"
  static let judge = "judge"
  static let contains = "contains"
}
