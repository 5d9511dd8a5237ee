import Testing
import Transport

@testable import Providers

@Suite("Answers in the shapes that servers send")
struct ReplyShapeTests {
  private let request = ChatRequest(model: "m", messages: [ChatMessage(.user, "Where?")])

  private func reply(
    _ wire: any ProviderWire, _ body: [UInt8], type: String = "application/json"
  ) -> Result<ChatReply, ProviderFault> {
    wire.outcome(
      of: request,
      HTTPResponse(status: 200, headers: [.init("Content-Type", type)], body: body))
  }

  private func reply(_ wire: any ProviderWire, _ body: String) -> Result<ChatReply, ProviderFault> {
    reply(wire, Array(body.utf8))
  }

  private static func choice(_ message: String) -> String {
    #"{"model": "m-1", "choices": [{"index": 0, "message": \#(message), "finish_reason": "stop"}], "#
      + #""usage": {"prompt_tokens": 9, "completion_tokens": 4}}"#
  }

  @Test(
    "Contents of every shape",
    arguments: [
      (#"{"content": "Rome"}"#, "Rome"), (#"{"content": null}"#, ""), (#"{}"#, ""),
      (#"{"content": ["Ro", "me"]}"#, "Rome"),
      (
        #"{"content": [{"type": "text", "text": "Ro"}, {"type": "output_text", "text": "me"}]}"#,
        "Rome"
      ),
      (#"{"content": [{"type": "text", "text": {"value": "Rome", "annotations": []}}]}"#, "Rome"),
      (
        #"{"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Oslo?"}]}, {"type": "text", "text": "Rome"}]}"#,
        "Rome"
      ),
      (
        #"{"content": [{"type": "reasoning", "text": "Oslo?"}, {"type": "text", "text": "Rome"}]}"#,
        "Rome"
      ),
      (#"{"content": {"type": "text", "text": "Rome"}}"#, "Rome"),
      (#"{"content": {"answer": "B"}}"#, #"{"answer":"B"}"#), (#"{"content": 42}"#, "42"),
      (#"{"content": true}"#, "true"),
      (
        #"{"content": "Rome", "reasoning_content": "Oslo?", "reasoning": 7, "tool_calls": []}"#,
        "Rome"
      ),
      (#"{"content": "", "reasoning_content": "Oslo?"}"#, ""),
      (#"{"content": null, "tool_calls": [{"id": "c", "function": {"name": "f"}}]}"#, ""),
      (#"{"content": "Rome\u0000 end"}"#, "Rome\u{FFFD} end"), (#""Rome""#, "Rome"),
    ])
  func contents(message: String, text: String) throws {
    let got = try reply(OpenAIWire(), Self.choice(message)).get()
    #expect(got.text == text && got.finish == .stop && got.version == "m-1")
    #expect(got.usage.input == 9 && got.remark == nil)
  }

  @Test(
    "Fields that nobody needs may be anything",
    arguments: [
      #"{"model": 7, "id": [], "created": "now", "choices": [{"message": {"content": "Rome"}}]}"#,
      #"{"choices": [{"index": "0", "message": {"content": "Rome", "role": 3}, "logprobs": NaN}]}"#,
      #"{"choices": [{"message": {"content": "Rome", "refusal": {}}, "finish_reason": 5}], "usage": "none"}"#,
      #"{"choices": {"message": {"content": "Rome"}}, "model": null, "error": null}"#,
      #"[{"choices": [{"message": {"content": "Rome"}}]}]"#,
      #"{"choices": [{"text": "Rome"}]}"#,
      #"{"choices": [{"delta": {"content": "Rome"}, "finish_reason": "stop"}]}"#,
      #"{"choices": [{"message": {"content": "Rome"}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 1"#,
      ": KEEP-ALIVE\n\n: KEEP-ALIVE\n\n{\"choices\": [{\"message\": {\"content\": \"Rome\"}}]}",
      "{\"choices\": [{\"message\": {\"content\": \"Rome\"}}]}\n\ndata: [DONE]\n\n",
      "{\n  \"choices\": [\n    {\"message\": {\"content\": \"Rome\"}}\n  ]\n}\n",
    ])
  func odd(body: String) throws {
    let got = try reply(OpenAIWire(), body).get()
    #expect(got.text == "Rome")
  }

  @Test("Whatever the account beside it becomes, an answer is kept and its tokens stay in bounds")
  func damagedAccounts() throws {
    let account = Array(
      (#"{"prompt_tokens": 10, "completion_tokens": "2", "total_tokens": 1e3, "prompt_tokens_details": "#
        + #"{"cached_tokens": 3, "cache_write_tokens": [4]}, "reasoning_tokens": 60}"#).utf8)
    let heads: [(any ProviderWire, String)] = [
      (
        OpenAIWire(),
        #"{"choices": [{"message": {"content": "B"}, "finish_reason": "stop"}], "u": "#
      ),
      (AnthropicWire(), #"data: {"content": [{"text": "B"}], "stop_reason": "end_turn", "u": "#),
    ]
    for (wire, head) in heads {
      let head = Array(head.replacing(#""u""#, with: #""usage""#).utf8)
      for place in account.indices {
        for byte: UInt8 in [0, 0x22, 0x5C, 0x2C, 0x7B, 0x5B, 0x5D, 0x3A, 0x39, 0x65, 0x2D, 0xFF] {
          var changed = account
          changed[place] = byte
          for account in [changed, Array(account[..<place])] {
            guard let reading = JSONReader.read(account),
              !reading.isWhole || reading.end == account.count
            else { continue }
            let got = reply(wire, head + account + Array("}\n\n".utf8))
            let reply = try got.get()
            #expect(reply.text == "B")
            let usage = reply.usage
            #expect(usage.input > 0 && usage.output > 0 && usage.reasoning <= usage.output)
            #expect(usage.cached >= 0 && usage.cached + usage.cacheWritten <= usage.input)
          }
        }
      }
    }
  }

  @Test("Latin letters are read where the header names them")
  func latin() throws {
    let body = Array(Self.choice(#"{"content": "Malm?"}"#).utf8).map { $0 == 0x3F ? 0xF6 : $0 }
    #expect(
      try reply(OpenAIWire(), body, type: "application/json; charset=ISO-8859-1").get().text
        == "Malmö")
    #expect(try reply(OpenAIWire(), body).get().text == "Malm\u{FFFD}")
  }

  private static let stream =
    ": hello\n\ndata: {\"model\": \"m-1\", \"choices\": [{\"index\": 0, \"delta\": {\"role\": \"assistant\"}}]}\n\n"
    + "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"Ro\", \"reasoning_content\": null}}]}\n\n"
    + "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"me\"}, \"finish_reason\": null}]}\n\n"

  @Test(
    "Streams that nobody asked for",
    arguments: [
      stream + "data: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"length\"}]}\n\n"
        + "data: {\"choices\": [], \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 4}}\n\ndata: [DONE]\n\n",
      stream.replacing("data: ", with: "data:").replacing("\n", with: "\r\n")
        + "data: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"length\", \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 4}}]}\r\n",
      stream.replacing("\n\n", with: "\n")
        + "event: x\nid: 7\ndata: {\"choices\": [{\"delta\": {\"content\": \"\"}, \"finish_reason\": \"length\"}], \"x_groq\": {\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 4}}}\ndata: [DONE]",
      stream.replacing("data: ", with: "")
        + "{\"choices\": [{\"delta\": {}, \"finish_reason\": \"length\"}], \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 4}}",
      // A whole message so far beside each piece.
      "data: {\"choices\": [{\"message\": {\"content\": \"Ro\"}, \"delta\": {\"content\": \"Ro\"}}]}\n\n"
        + "data: pong\n\ndata: {\"choices\": [{\"message\": {\"content\": \"Rome\"}, \"delta\": {\"content\": \"me\"}, \"finish_reason\": \"length\"}], \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 4}}\n\n",
      // One value over several lines of one event.
      stream
        + "data: {\"choices\": [{\"delta\": {},\ndata: \"finish_reason\": \"length\"}],\ndata: \"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 4}}\n\n",
    ])
  func streams(body: String) throws {
    let got = try reply(OpenAIWire(), body).get()
    #expect(got.text == "Rome" && got.finish == .length)
    #expect(got.usage == TokenUsage(input: 9, output: 4))
  }

  @Test("A stream that ends early, or with an error, is no answer")
  func cutStreams() throws {
    let cases: [(String, ProviderFault.Cause, String)] = [
      (Self.stream, .broken, "The provider's stream ended early: after 4 characters"),
      (Self.stream + "data: {\"choices\": [{\"del", .badReply, ""),
      (
        Self.stream + "data: {\"error\": {\"message\": \"upstream died\"}}\n\n", .serverError,
        "upstream died"
      ),
      ("event: error\ndata: {\"message\": \"upstream died\"}\n\n", .serverError, "upstream died"),
      ("data: [DONE]\n\n", .badReply, ""),
    ]
    for (body, cause, words) in cases {
      guard case .failure(let fault) = reply(OpenAIWire(), body) else {
        Issue.record("'\(body)' gave an answer")
        continue
      }
      #expect(fault.cause == cause, "\(body)")
      #expect(fault.isRetryable && fault.mayBeBilled)
      #expect(fault.description.contains(words), "\(fault.description)")
    }
    #expect(try reply(OpenAIWire(), Self.stream + "data: [DONE]\n\n").get().finish == .untold)
  }

  private static let message =
    "event: message_start\ndata: {\"type\": \"message_start\", \"message\": {\"model\": \"c-1\", \"content\": [], \"usage\": {\"input_tokens\": 5, \"cache_read_input_tokens\": 3, \"output_tokens\": 1}}}\n\n"
    + "event: content_block_start\ndata: {\"type\": \"content_block_start\", \"index\": 0, \"content_block\": {\"type\": \"thinking\", \"thinking\": \"\"}}\n\n"
    + "data: {\"type\": \"content_block_delta\", \"delta\": {\"type\": \"thinking_delta\", \"thinking\": \"Oslo?\"}}\n\n"
    + "event: ping\ndata: {\"type\": \"ping\"}\n\n"
    + "data: {\"type\": \"content_block_delta\", \"delta\": {\"type\": \"text_delta\", \"text\": \"Rome\"}}\n\n"

  @Test("Anthropic's messages, whole and as streams")
  func anthropic() throws {
    let end =
      "data: {\"type\": \"message_delta\", \"delta\": {\"stop_reason\": \"max_tokens\"}, \"usage\": {\"output_tokens\": 7}}\n\ndata: {\"type\": \"message_stop\"}\n\n"
    let got = try reply(AnthropicWire(), Self.message + end).get()
    #expect(got.text == "Rome" && got.finish == .length && got.version == "c-1")
    #expect(got.usage == TokenUsage(input: 8, output: 7, cached: 3))
    for (body, text) in [
      (#"{"content": "Rome", "stop_reason": "end_turn", "model": 4}"#, "Rome"),
      (
        #"{"content": [{"text": "Ro"}, {"type": "text", "text": "me\u0000"}, {"type": "tool_use", "input": {}}]}"#,
        "Rome\u{FFFD}"
      ),
      (#"{"content": [{"type": "redacted_thinking", "data": 3}], "usage": []}"#, ""),
      (#"{"content": [], "stop_reason": "refusal"}"#, ""),
    ] { #expect(try reply(AnthropicWire(), body).get().text == text, "\(body)") }
    for body in [
      Self.message,
      Self.message
        + "event: error\ndata: {\"type\": \"error\", \"error\": {\"message\": \"Overloaded\"}}\n\n",
      #"{"content": [], "stop_reason": null}"#,
    ] {
      #expect(throws: ProviderFault.self, "\(body)") { try reply(AnthropicWire(), body).get() }
    }
  }

  @Test("A search's answer with odd neighbours")
  func search() throws {
    #expect(
      try reply(SearchWire(), "{\"answer\": \"Rome\\ud83d\", \"hits\": NaN}").get().text
        == "Rome\u{FFFD}")
  }
}
