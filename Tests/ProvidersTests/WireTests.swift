import Foundation
import Testing
import Transport

@testable import Providers

@Suite("What providers are sent and what they send")
struct WireTests {
  private let request = ChatRequest(
    model: "m", messages: [ChatMessage(.system, "Be brief."), ChatMessage(.user, "Say \"hi\"\n")],
    sampling: SamplingParameters(
      maxTokens: 7, temperature: 0, topP: 0.5, seed: 3, stop: ["END"],
      extra: ["logit": .boolean(true)]))

  private func body(_ request: HTTPRequest) -> String {
    String(decoding: request.body, as: UTF8.self)
  }

  private func key() throws -> APIKey { try APIKey("sk-1", origin: "a test") }

  private func reply(
    _ wire: any ProviderWire, _ body: String, status: Int = 200
  ) -> Result<ChatReply, ProviderFault> {
    wire.outcome(of: request, HTTPResponse(status: status, body: Array(body.utf8)))
  }

  @Test("An OpenAI-compatible server")
  func openAI() throws {
    let sent = OpenAIWire().httpRequest(for: request, endpoint: "http://h/v1", key: try key())
    #expect(sent.address == "http://h/v1/chat/completions")
    #expect(sent.headers.contains(.init("Authorization", "Bearer sk-1")))
    #expect(
      body(sent)
        == #"{"logit":true,"max_tokens":7,"messages":[{"content":"Be brief.","role":"system"},"#
        + #"{"content":"Say \"hi\"\n","role":"user"}],"model":"m","seed":3,"stop":["END"],"#
        + #""stream":false,"temperature":0.0,"top_p":0.5}"#)
    #expect(
      body(
        OpenAIWire(maxTokensName: "max_completion_tokens").httpRequest(
          for: request, endpoint: "", key: nil)
      ).contains(#""max_completion_tokens":7"#))

    let got = try reply(
      OpenAIWire(),
      #"{"model": "m-1", "choices": [{"message": {"content": "Hi"}, "finish_reason": "length"}], "#
        + #""usage": {"prompt_tokens": 9, "completion_tokens": 4, "#
        + #""prompt_tokens_details": {"cached_tokens": 2}, "#
        + #""completion_tokens_details": {"reasoning_tokens": 3}}}"#
    ).get()
    #expect(got.text == "Hi")
    #expect(got.finish == .length)
    #expect(got.version == "m-1")
    #expect(got.usage == TokenUsage(input: 9, output: 4, cached: 2, reasoning: 3))
  }

  @Test("Content in parts, refusals and a missing usage")
  func openAIVariants() throws {
    let parts = try reply(
      OpenAIWire(),
      #"{"choices": [{"message": {"content": [{"type": "text", "text": "a"}, {"text": "b"}]}}]}"#
    ).get()
    #expect(parts.text == "ab")
    #expect(parts.finish == .untold)
    #expect(parts.usage.isEstimated)
    #expect(parts.usage.output == 1)
    let refusal = try reply(
      OpenAIWire(), #"{"choices": [{"message": {"content": null, "refusal": "No."}}]}"#
    ).get()
    #expect(refusal.text == "No.")
    #expect(refusal.finish == .filtered)
  }

  @Test("Anthropic: the system apart, cached tokens counted into the input")
  func anthropic() throws {
    let sent = AnthropicWire().httpRequest(for: request, endpoint: "http://h/v1", key: try key())
    #expect(sent.address == "http://h/v1/messages")
    #expect(sent.headers.contains(.init("x-api-key", "sk-1")))
    #expect(sent.headers.contains(.init("anthropic-version", "2023-06-01")))
    #expect(
      body(sent)
        == #"{"logit":true,"max_tokens":7,"messages":[{"content":"Say \"hi\"\n","role":"user"}],"#
        + #""model":"m","stop_sequences":["END"],"stream":false,"system":"Be brief.","#
        + #""temperature":0.0,"top_p":0.5}"#
    )
    let got = try reply(
      AnthropicWire(),
      #"{"model": "c-1", "content": [{"type": "thinking", "thinking": "x"}, "#
        + #"{"type": "text", "text": "Hi"}], "stop_reason": "end_turn", "usage": {"#
        + #""input_tokens": 5, "output_tokens": 2, "cache_read_input_tokens": 3}}"#
    ).get()
    #expect(got.text == "Hi")
    #expect(got.finish == .stop)
    #expect(got.usage == TokenUsage(input: 8, output: 2, cached: 3))
  }

  @Test("A search that answers")
  func search() throws {
    var asked = request
    asked.model = "smart"
    let sent = SearchWire().httpRequest(for: asked, endpoint: "http://h", key: try key())
    #expect(sent.address == "http://h/smart")
    #expect(sent.headers.contains(.init("X-API-Key", "sk-1")))
    #expect(
      body(sent) == #"{"instructions":"Be brief.","logit":true,"query":"Say \"hi\"\n"}"#)
    let got = try reply(SearchWire(), #"{"answer": "Hi", "search_results": []}"#).get()
    #expect(got.text == "Hi")
    #expect(got.usage.isEstimated)
  }

  @Test("Statuses become causes that say whether to try again and whether it may be billed")
  func statuses() {
    let cases: [(Int, String, ProviderFault.Cause, Bool, Bool)] = [
      (301, "", .redirected, false, false), (400, "bad", .badRequest, false, false),
      (401, "no", .notAuthorized, false, false), (402, "", .noCredit, false, false),
      (404, "", .notFound, false, false), (408, "", .timeout, true, true),
      (429, "slow", .rateLimited, true, false),
      (429, "You exceeded your current quota", .rateLimited, true, false),
      (500, "", .serverError, true, false), (502, "", .serverError, true, true),
      (503, "", .overloaded, true, false), (504, "", .serverError, true, true),
      (529, "", .overloaded, true, false),
    ]
    for (status, message, cause, isRetryable, mayBeBilled) in cases {
      let got = reply(OpenAIWire(), #"{"error": {"message": "\#(message)"}}"#, status: status)
      guard case .failure(let fault) = got else {
        Issue.record("\(status) gave an answer")
        continue
      }
      #expect(fault.cause == cause, "\(status)")
      #expect(fault.isRetryable == isRetryable, "\(status)")
      #expect(fault.mayBeBilled == mayBeBilled, "\(status)")
      #expect(fault.status == status)
      if !message.isEmpty { #expect(fault.description.contains(message)) }
    }
  }

  @Test(
    "Replies at 200 that are no answers",
    arguments: [
      ("<html>Sign in</html>", ProviderFault.Cause.badReply), ("", .badReply), ("[1, 2", .badReply),
      (#"{"choices": []}"#, .emptyReply), (#"{"choices": [{}]}"#, .emptyReply), ("{}", .emptyReply),
      (#"{"error": {"message": "overloaded"}}"#, .serverError),
    ])
  func noAnswers(body: String, cause: ProviderFault.Cause) {
    guard case .failure(let fault) = reply(OpenAIWire(), body) else {
      Issue.record("'\(body)' gave an answer")
      return
    }
    #expect(fault.cause == cause)
    #expect(fault.isRetryable)
    #expect(fault.mayBeBilled)
  }

  @Test("Finish reasons have one word each, which is read again")
  func finishes() {
    for reason in [
      FinishReason.stop, .length, .filtered, .tool, .untold, .other("odd"),
    ] { #expect(FinishReason(reason.word) == reason) }
    #expect(FinishReason("max_tokens") == .length)
    #expect(FinishReason("end_turn") == .stop)
    #expect(FinishReason(nil) == .untold)
  }
}
