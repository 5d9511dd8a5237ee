import Foundation
import Testing

@testable import Providers

@Suite("Prices")
struct PriceTests {
  @Test("Cached and reasoning tokens have prices of their own, or the usual ones")
  func cost() {
    var prices = TokenPrices(
      input: 2, output: 10, cached: 1, reasoning: 5, request: 100, date: "", source: "")
    let usage = TokenUsage(input: 10, output: 6, cached: 4, reasoning: 2)
    #expect(prices.cost(of: usage) == 166)
    (prices.cached, prices.reasoning) = (nil, nil)
    #expect(prices.cost(of: usage) == 180)
    #expect(prices.mostCost(inputTokens: 10, outputTokens: 6) == 180)
  }

  @Test("The bound on tokens read is above what any tokenizer makes of the bytes")
  func bound() {
    let request = ChatRequest(
      model: "m", messages: [ChatMessage(.system, "é"), ChatMessage(.user, "hello")])
    #expect(request.mostInputTokens >= 2 + 5)
    #expect(request.likelyInputTokens < request.mostInputTokens)
  }

  @Test("Every built-in price has a date and a source, and no price is 0")
  func builtIn() throws {
    #expect(PriceList.builtIn.prices.count > 10)
    for (name, prices) in PriceList.builtIn.prices {
      #expect(prices.input > 0 && prices.output > 0, "\(name)")
      #expect(!prices.date.isEmpty && !prices.source.isEmpty, "\(name)")
    }
    let mini = try #require(PriceList.builtIn["gpt-4o-mini"])
    #expect(abs(mini.input - 0.15e-6) < 1e-18)
    #expect(PriceList.builtIn["no-such-model"] == nil)
  }

  @Test("LiteLLM's layout: models without both prices stay unknown, the sample is passed over")
  func liteLLM() throws {
    let path = NSTemporaryDirectory() + "routerbench-prices-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try """
    {"sample_spec": {"input_cost_per_token": 0.0, "output_cost_per_token": 0.0,
      "max_tokens": "a sentence"},
     "a": {"input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06,
       "cache_read_input_token_cost": 5e-07, "output_cost_per_reasoning_token": 3e-06,
       "litellm_provider": "openai", "mode": "chat"},
     "b": {"input_cost_per_token": 1e-06, "mode": "embedding"},
     "free": {"input_cost_per_token": 0, "output_cost_per_token": 0},
     "perplexity/sonar": {"input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06,
       "litellm_provider": "perplexity", "search_context_cost_per_query": {
       "search_context_size_low": 0.005, "search_context_size_high": 0.012}}}
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let list = try PriceList.importing(liteLLM: path, date: "2026-02-03")
    #expect(Set(list.prices.keys) == ["a", "free", "perplexity/sonar"])
    let a = try #require(list["a"])
    #expect(a.input == 1e-6 && a.output == 2e-6 && a.cached == 5e-7 && a.reasoning == 3e-6)
    #expect(a.date == "2026-02-03" && a.source.hasPrefix("LiteLLM's list"))
    #expect(list["perplexity/sonar"]?.request == 0.012)
    try "[]".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: ProvidersError.self) {
      try PriceList.importing(liteLLM: path, date: "2026-02-03")
    }
  }
}
