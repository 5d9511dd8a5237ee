import Construction
import Foundation
import Providers
import Transport

extension FuzzTarget {
  /// Accounts of tokens beside a sound answer, in every protocol, at once and streamed: the answer is kept,
  /// and tokens, costs and sums stay within their bounds.
  static let usage = FuzzTarget(
    "usage",
    made: {
      [
        #"{"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 30}"#,
        #"{"prompt_tokens": 9223372036854775807, "completion_tokens": -1, "total_tokens": 1e999}"#,
        #"{"prompt_tokens": "12", "completion_tokens": 2.5, "cached_tokens": 4, "cost": "free"}"#,
        #"{"prompt_tokens_details": {"cached_tokens": 3, "cache_write_tokens": 4}}"#,
        #"{"completion_tokens_details": {"reasoning_tokens": 60}, "completion_tokens": 0}"#,
        #"{"input_tokens": 1, "output_tokens": 2, "cache_read_input_tokens": 3}"#,
        #"{"cache_creation": {"ephemeral_5m_input_tokens": 1, "ephemeral_1h_input_tokens": 2}}"#,
        "[]", "{\"prompt_tokens\": [",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    let account = Array(bytes.filter { $0 != 0x0A && $0 != 0x0D })
    // What goes on behind its own end would be another reply.
    guard let reading = JSONReader.read(account), !reading.isWhole || reading.end == account.count
    else { return }
    let request = ChatRequest(model: "m", messages: [ChatMessage(.user, "Which?")])
    for (kind, head) in heads {
      let body = Array(head.utf8) + account + Array("}\n\n".utf8)
      let response = HTTPResponse(status: 200, body: body)
      guard case .success(let reply) = kind.wire.reply(to: request, from: response) else {
        preconditionFailure("An answer was lost for the account beside it.")
      }
      check(reply.usage)
    }
  }

  private static let heads: [(ProviderKind, String)] = {
    let chat = #"{"choices": [{"message": {"content": "B"}, "finish_reason": "stop"}], "usage": "#
    let message = #"{"content": [{"text": "B"}], "stop_reason": "end_turn", "usage": "#
    return [
      (.openAI, chat), (.openAICompatible, "data: " + chat), (.anthropic, message),
      (.anthropic, "data: " + message),
    ]
  }()

  private static let prices = TokenPrices(
    input: 1e-6, output: 2e-6, cached: 1e-7, reasoning: 3e-6, cacheWrite: 2e-6,
    steps: [PriceStep(above: 100, input: 2e-6), PriceStep(above: 1000, output: 9e-6)],
    date: "", source: "")

  private static func check(_ usage: TokenUsage) {
    let parts = [usage.cached, usage.cacheWritten, usage.cacheWrittenLong]
    precondition(parts.allSatisfy { $0 >= 0 }, "A part is negative.")
    precondition(usage.input > 0 && parts.reduce(0, +) <= usage.input, "The input is too small.")
    precondition((0...usage.output).contains(usage.reasoning), "The output is too small.")
    let cost = prices.cost(of: usage)
    precondition(cost > 0 && cost.isFinite, "The cost cannot be.")
    precondition(
      cost <= prices.mostCost(inputTokens: usage.input, outputTokens: usage.output) * (1 + 1e-12),
      "The cost is above its bound.")
    var sum = usage
    var money = Money(dollars: cost)
    for _ in 0..<70 {
      sum += sum
      money += money
    }
    precondition(sum.input >= usage.input && money <= .most, "A sum overflows.")
  }
}
