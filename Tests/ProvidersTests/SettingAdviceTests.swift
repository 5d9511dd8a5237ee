import Testing
import Transport

@testable import Providers

@Suite("Settings that servers do not take")
struct SettingAdviceTests {
  @Test(
    "The setting is found in what servers say",
    arguments: [
      (
        #"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. "#
          + #"Use 'max_completion_tokens' instead.","param":"max_tokens","#
          + #""code":"unsupported_parameter"}}"#, "max_tokens"
      ),
      (#"{"error":{"message":"Unsupported parameter: 'max_tokens'"}}"#, "max_tokens"),
      (
        #"{"status":"failure","message":"openai error: Unsupported parameter: 'max_tokens' is not "#
          + #"supported with this model. Use 'max_completion_tokens' instead.","error":{"code":"400"}}"#,
        "max_tokens"
      ),
      (
        #"{"error":{"message":"Unrecognized request argument supplied: max_completion_tokens"}}"#,
        "max_completion_tokens"
      ),
      (
        #"{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"#
          + #""msg":"Extra inputs are not permitted"}]}"#, "max_completion_tokens"
      ),
      (
        #"{"error":{"message":"Unsupported value: 'temperature' does not support 0.16 with this "#
          + #"model. Only the default (1) value is supported.","param":"temperature"}}"#,
        "temperature"
      ),
      (
        #"{"type":"error","error":{"type":"invalid_request_error","message":"`temperature` and "#
          + #"`top_p` cannot both be specified for this model."}}"#, "temperature"
      ),
      (#"{"error":{"message":"`top_p` is deprecated for this model."}}"#, "top_p"),
      (#"{"error":{"message":"Unsupported parameter: 'stop'"}}"#, "stop"),
      (#"{"message":"property 'seed' is unsupported"}"#, "seed"),
      (
        #"{"error":{"message":"Unsupported value: 'messages[0].role' does not support 'system' with "#
          + #"this model.","param":"messages[0].role","code":"unsupported_value"}}"#, "system"
      ),
    ])
  func found(body: String, setting: String) throws {
    let fault = try #require(FaultReadingTests.fault(400, body))
    #expect(fault.cause == .badSettings && fault.stopsModel && !fault.isRetryable, "\(fault)")
    #expect(fault.description.contains("does not take '\(setting)'"), "\(fault)")
  }

  @Test("The sentence names what to write in the plan")
  func sentences() {
    func text(_ message: String) -> String? {
      FaultReadingTests.fault(400, #"{"error":{"message":"\#(message)"}}"#)?.description
    }
    #expect(
      text("Unsupported parameter: 'max_tokens'")
        == "The provider does not take 'max_tokens' (status 400): Unsupported parameter: "
        + "'max_tokens'. In the plan, write 'sampling: {extra: {max_completion_tokens: N}}' for this "
        + "model, which takes the place of max_tokens, or 'provider: openai', which sends that name."
    )
    #expect(
      text("Unsupported parameter: 'temperature'.")
        == "The provider does not take 'temperature' (status 400): Unsupported parameter: "
        + "'temperature'. In the plan, leave 'temperature' out of 'sampling', or take it out for "
        + "this model alone with 'sampling: {extra: {temperature: null}}'.")
  }

  @Test(
    "A value that is refused, and words that look like settings, are no such thing",
    arguments: [
      "max_tokens is too large: 64000. This model takes at most 16384.",
      "This model's maximum context length is 8192 tokens, and max_tokens is 100.",
      "The system could not stop; unsupported image.", "unsupported file", "seedling not supported",
    ])
  func others(message: String) {
    let fault = FaultReadingTests.fault(400, #"{"error":{"message":"\#(message)"}}"#)
    #expect(fault?.cause == .badRequest, "\(message)")
  }

  @Test("A limit under extra takes the place of max_tokens, and null takes a setting out")
  func extra() {
    func body(_ sampling: SamplingParameters, _ wire: any ProviderWire = OpenAIWire()) -> String {
      let request = ChatRequest(model: "m", messages: [], sampling: sampling)
      return String(
        decoding: wire.httpRequest(for: request, endpoint: "http://h", key: nil).body,
        as: UTF8.self)
    }
    let newer = SamplingParameters(maxTokens: 9, extra: ["max_completion_tokens": .integer(64)])
    for wire in [OpenAIWire(), OpenAIWire(maxTokensName: "max_completion_tokens")] {
      #expect(
        body(newer, wire).contains(#""max_completion_tokens":64"#)
          && !body(newer, wire).contains(#""max_tokens""#))
    }
    #expect(newer.mostTokens == 64)
    let older = SamplingParameters(maxTokens: 9, extra: ["max_tokens": .integer(5)])
    #expect(
      body(older, OpenAIWire(maxTokensName: "max_completion_tokens")).contains(#""max_tokens":5"#))
    #expect(older.mostTokens == 5)
    let none = SamplingParameters(
      maxTokens: 9, temperature: 0, extra: ["max_tokens": .null, "temperature": .null])
    #expect(!body(none).contains("max") && !body(none).contains("temperature"))
    #expect(none.mostTokens == nil)
    #expect(SamplingParameters(maxTokens: 9).mostTokens == 9)
  }
}
