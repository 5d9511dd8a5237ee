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

  /// Base, above 100 and above 200 tokens read.
  private let stepped = TokenPrices(
    input: 1, output: 10, cached: 0.5, cacheWrite: 2, cacheWriteLong: 3,
    steps: [
      PriceStep(above: 200, output: 5),
      PriceStep(above: 100, input: 4, output: 20, cached: 1, cacheWrite: 5),
    ], date: "", source: "")

  @Test(
    "A call that reads more than a step is billed at its prices as a whole",
    arguments: [
      (TokenUsage(input: 100, output: 2), 120.0), (TokenUsage(input: 101, output: 2), 444),
      (TokenUsage(input: 100, output: 2, cached: 40), 100),
      (TokenUsage(input: 201, output: 2), 814),
      (TokenUsage(input: 101, output: 2, cached: 101), 141),
      (TokenUsage(input: 50, output: 0, cacheWritten: 20, cacheWrittenLong: 30), 130),
      (TokenUsage(input: 110, output: 0, cached: 10, cacheWritten: 20, cacheWrittenLong: 30), 400),
    ] as [(TokenUsage, Double)])
  func steps(usage: TokenUsage, dollars: Double) {
    #expect(stepped.cost(of: usage) == dollars)
    #expect(stepped.mostCost(inputTokens: usage.input, outputTokens: usage.output) >= dollars)
  }

  @Test("The most that a call can cost holds on every side of the steps")
  func mostUnderSteps() {
    for most in [1, 100, 101, 150, 200, 201, 300] {
      let bound = stepped.mostCost(inputTokens: most, outputTokens: 3)
      for input in 0...most {
        for part in [0, input / 2, input] {
          for usage in [
            TokenUsage(input: input, output: 3, cached: part),
            TokenUsage(input: input, output: 3, reasoning: 3, cacheWritten: part),
            TokenUsage(input: input, output: 3, cacheWrittenLong: part),
          ] { #expect(stepped.cost(of: usage) <= bound) }
        }
      }
    }
    #expect(
      TokenPrices(input: 1, output: 2, date: "", source: "").mostCost(
        inputTokens: .max, outputTokens: .max
      ).isFinite)
  }

  @Test("Prices and counts that were written before there were steps are read")
  func older() throws {
    let decoder = JSONDecoder()
    let old = #"{"input": 1, "output": 2, "request": 0, "date": "d", "source": "s"}"#
    #expect(
      try decoder.decode(TokenPrices.self, from: Data(old.utf8))
        == TokenPrices(input: 1, output: 2, date: "d", source: "s"))
    let again = try decoder.decode(TokenPrices.self, from: JSONEncoder().encode(stepped))
    #expect(again == stepped)
    let usage = #"{"input": 1, "output": 2, "cached": 0, "reasoning": 1, "isEstimated": true}"#
    #expect(
      try decoder.decode(TokenUsage.self, from: Data(usage.utf8))
        == TokenUsage(input: 1, output: 2, reasoning: 1, isEstimated: true))
  }

  @Test("LiteLLM's steps, tiers, prices of cache writes and prices written as text")
  func liteLLMSteps() throws {
    let path = NSTemporaryDirectory() + "routerbench-prices-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try """
    {"long": {"input_cost_per_token": "1.25e-6", "output_cost_per_token": 1e-05,
       "input_cost_per_token_above_200k_tokens": 2.5e-06,
       "output_cost_per_token_above_200k_tokens": "1.5e-05",
       "cache_read_input_token_cost": 1e-7, "cache_read_input_token_cost_above_200k_tokens": 2e-7,
       "cache_creation_input_token_cost": 3e-6, "cache_creation_input_token_cost_above_1hr": 6e-6,
       "cache_creation_input_token_cost_above_200k_tokens": 7e-6,
       "cache_creation_input_token_cost_above_1hr_above_200k_tokens": 12e-6,
       "input_cost_per_token_above_272k_tokens_priority": 9, "input_cost_per_token_flex": 1e-9,
       "input_cost_per_audio_token_above_200k_tokens": 5},
     "two": {"input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6,
       "input_cost_per_token_above_32k_tokens": 2e-6, "input_cost_per_token_above_256k_tokens": 4e-6,
       "output_cost_per_token_above_1m_tokens": 8e-6, "input_cost_per_token_above_500_tokens": 3e-6},
     "tiers": {"tiered_pricing": [
       {"range": [32000.0, 128000.0], "input_cost_per_token": 2e-6, "output_cost_per_token": 3e-6},
       {"range": [0, 32000.0], "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6,
        "cache_read_input_token_cost": 1e-7}]},
     "both": {"input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6, "tiered_pricing": [
       {"range": [0, 1000], "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6},
       {"range": [1000, 2000], "input_cost_per_token": 5e-6}]},
     "hit": {"input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6,
       "input_cost_per_token_cache_hit": 1e-7},
     "dear": {"input_cost_per_token": 1e300, "output_cost_per_token": 1},
     "negative": {"input_cost_per_token": -1, "output_cost_per_token": 1},
     "none": {"input_cost_per_token": NaN, "output_cost_per_token": null},
     "odd": [1], "words": {"input_cost_per_token": "free", "output_cost_per_token": 1}}
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let list = try PriceList.importing(liteLLM: path, date: "2026-02-03")
    #expect(Set(list.prices.keys) == ["long", "two", "tiers", "both", "hit"])
    let long = try #require(list["long"])
    #expect(long.input == 1.25e-6 && long.cacheWrite == 3e-6 && long.cacheWriteLong == 6e-6)
    #expect(
      long.steps == [
        PriceStep(
          above: 200_000, input: 2.5e-6, output: 1.5e-5, cached: 2e-7, cacheWrite: 7e-6,
          cacheWriteLong: 12e-6)
      ])
    #expect(abs(long.cost(of: TokenUsage(input: 300_000, output: 1000)) - 0.765) < 1e-12)
    #expect(abs(long.cost(of: TokenUsage(input: 200_000, output: 1000)) - 0.26) < 1e-12)
    #expect(list["two"]?.steps.map(\.above) == [500, 32_000, 256_000, 1_000_000])
    let tiers = try #require(list["tiers"])
    #expect(tiers.input == 1e-6 && tiers.output == 2e-6 && tiers.cached == 1e-7)
    #expect(tiers.steps == [PriceStep(above: 32_000, input: 2e-6, output: 3e-6)])
    #expect(list["both"]?.steps == [PriceStep(above: 1000, input: 5e-6)])
    #expect(list["hit"]?.cached == 1e-7)
    try "{\"a\": {\"input_cost_per_token\": 1e-6".write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: ProvidersError.self) {
      try PriceList.importing(liteLLM: path, date: "2026-02-03")
    }
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
