/// The price table that is built in, in dollars a million tokens.
///
/// Small on purpose: prices change, and a plan's own always win.
enum BuiltInPrices {
  static let date = "2026-11-24"
  static let source = "LiteLLM 1.109.1, model_prices_and_context_window_backup.json"

  static let table: [(name: String, input: Double, output: Double, cached: Double?)] = [
    ("claude-haiku-4-5", 1, 5, 0.1),
    ("claude-opus-4-5", 5, 25, 0.5),
    ("claude-sonnet-4-5", 3, 15, 0.3),
    ("deepseek-chat", 0.28, 0.42, 0.028),
    ("gpt-3.5-turbo", 0.5, 1.5, nil),
    ("gpt-3.5-turbo-1106", 1, 2, nil),
    ("gpt-4-1106-preview", 10, 30, nil),
    ("gpt-4.1", 2, 8, 0.5),
    ("gpt-4.1-mini", 0.4, 1.6, 0.1),
    ("gpt-4.1-nano", 0.1, 0.4, 0.025),
    ("gpt-4o", 2.5, 10, 1.25),
    ("gpt-4o-mini", 0.15, 0.6, 0.075),
    ("gpt-5", 1.25, 10, 0.125),
    ("gpt-5-mini", 0.25, 2, 0.025),
    ("gpt-5-nano", 0.05, 0.4, 0.005),
    ("mistralai/Mixtral-8x7B-Instruct-v0.1", 0.6, 0.6, nil),
    ("o3", 2, 8, 0.5),
    ("o4-mini", 1.1, 4.4, 0.275),
  ]
}
