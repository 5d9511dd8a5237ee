/// The price table that is built in, in dollars a million tokens.
///
/// Small on purpose: prices change, and a plan's own always win.
enum BuiltInPrices {
  static let date = "2026-11-24"
  static let source = "LiteLLM 1.109.1, model_prices_and_context_window_backup.json"

  /// One model's prices in dollars per million tokens.
  struct Row {
    let name: String
    let input: Double
    let output: Double
    var cached: Double?
    var cacheWrite: Double?
    var cacheWriteLong: Double?

    init(
      _ name: String, _ input: Double, _ output: Double, _ cached: Double? = nil,
      writes: (Double, Double)? = nil
    ) {
      (self.name, self.input, self.output, self.cached) = (name, input, output, cached)
      (cacheWrite, cacheWriteLong) = (writes?.0, writes?.1)
    }
  }

  /// None of them has other prices for calls that read much.
  static let table = [
    Row("claude-haiku-4-5", 1, 5, 0.1, writes: (1.25, 2)),
    Row("claude-opus-4-5", 5, 25, 0.5, writes: (6.25, 10)),
    Row("claude-sonnet-4-5", 3, 15, 0.3, writes: (3.75, 6)),
    Row("deepseek-chat", 0.28, 0.42, 0.028),
    Row("gpt-3.5-turbo", 0.5, 1.5),
    Row("gpt-3.5-turbo-1106", 1, 2),
    Row("gpt-4-1106-preview", 10, 30),
    Row("gpt-4.1", 2, 8, 0.5),
    Row("gpt-4.1-mini", 0.4, 1.6, 0.1),
    Row("gpt-4.1-nano", 0.1, 0.4, 0.025),
    Row("gpt-4o", 2.5, 10, 1.25),
    Row("gpt-4o-mini", 0.15, 0.6, 0.075),
    Row("gpt-5", 1.25, 10, 0.125),
    Row("gpt-5-mini", 0.25, 2, 0.025),
    Row("gpt-5-nano", 0.05, 0.4, 0.005),
    Row("mistralai/Mixtral-8x7B-Instruct-v0.1", 0.6, 0.6),
    Row("o3", 2, 8, 0.5),
    Row("o4-mini", 1.1, 4.4, 0.275),
  ]
}
