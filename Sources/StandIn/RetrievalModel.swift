/// One model of the made-up retrieval-augmented prompts: how well it answers and what it asks.
///
/// The paper names three that search the web, for these prompts alone, and says that GPT-4 and
/// GPT-3.5 answer what does not depend on time; it prints no number of theirs, so all are made up,
/// the prices of the order of those of early 2024.
/// - Source: arXiv:2403.12031, sections 4.2, 4.3 and 5.4.
struct RetrievalModel: Sendable {
  let name: String
  /// Mean quality where the answer is newer than what models without a search have read.
  let timely: Double
  /// Mean quality elsewhere.
  let timeless: Double
  /// Dollars a request, whatever its length.
  let perRequest: Double
  /// Dollars a million tokens of the prompt and of the answer.
  let perMillion: (prompt: Double, answer: Double)
  /// Tokens of a usual answer.
  let answerTokens: Double

  static let all = [
    RetrievalModel(
      name: "gpt-3.5-turbo-1106", timely: 0.06, timeless: 0.72, perRequest: 0,
      perMillion: (1, 2), answerTokens: 60),
    RetrievalModel(
      name: "gpt-4-1106-preview", timely: 0.12, timeless: 0.90, perRequest: 0,
      perMillion: (10, 30), answerTokens: 80),
    RetrievalModel(
      name: "sonar-small-online", timely: 0.62, timeless: 0.63, perRequest: 0.005,
      perMillion: (0.2, 0.2), answerTokens: 120),
    RetrievalModel(
      name: "sonar-medium-online", timely: 0.78, timeless: 0.71, perRequest: 0.005,
      perMillion: (0.6, 1.8), answerTokens: 130),
    RetrievalModel(
      name: "you.com", timely: 0.74, timeless: 0.69, perRequest: 0.008,
      perMillion: (0, 0), answerTokens: 150),
  ]
}
