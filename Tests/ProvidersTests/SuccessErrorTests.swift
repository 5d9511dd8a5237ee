import Testing
import Transport

@testable import Providers

@Suite("Errors in answers that say all went well")
struct SuccessErrorTests {
  private func fault(_ status: Int, _ body: String) -> ProviderFault? {
    FaultReadingTests.fault(status, body)
  }

  @Test("An error at 200 counts as its code does, be it a number, a number in quotes or a word")
  func atSuccess() {
    let cases: [(String, ProviderFault.Cause, Bool)] = [
      (#"{"error":{"message":"Invalid API key","code":401}}"#, .notAuthorized, false),
      (#"{"error":{"message":"no","code":"401"}}"#, .notAuthorized, false),
      (#"{"error":{"message":"no","code":"invalid_api_key"}}"#, .notAuthorized, false),
      (#"{"error":{"message":"no","type":"authentication_error"}}"#, .notAuthorized, false),
      (#"{"error":{"message":"no","code":403}}"#, .notAuthorized, false),
      (#"{"error":{"message":"Your input was flagged","code":403}}"#, .filtered, false),
      (#"{"error":{"message":"no","code":402}}"#, .noCredit, false),
      (#"{"error":{"message":"no","code":"insufficient_quota"}}"#, .noCredit, false),
      (
        #"{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}"#, .noCredit, false
      ),
      (#"{"error":{"message":"no","code":404}}"#, .notFound, false),
      (#"{"error":{"message":"no","code":"model_not_found"}}"#, .notFound, false),
      (#"{"error":"Unexpected endpoint or method. (POST /chat/completions)"}"#, .notFound, false),
      (#"{"error":{"message":"no","code":400}}"#, .badRequest, false),
      (#"{"error":{"message":"no","code":"context_length_exceeded"}}"#, .badRequest, false),
      (#"{"error":{"message":"no","code":429}}"#, .rateLimited, true),
      (#"{"error":{"message":"no","code":"rate_limit_exceeded"}}"#, .rateLimited, true),
      (#"{"type":"error","error":{"type":"overloaded_error","message":"no"}}"#, .overloaded, true),
      (#"{"error":{"message":"no","code":503}}"#, .overloaded, true),
      (#"{"error":{"message":"ResourceExhausted: request limit","code":502}}"#, .serverError, true),
      (#"{"error":{"message":"no","code":500}}"#, .serverError, true),
      (#"{"error":{"message":"no"}}"#, .serverError, true),
      (#"{"error":"no"}"#, .serverError, true),
      (#"{"object":"error","message":"no","code":400}"#, .badRequest, false),
      (#"{"errors":[{"message":"no"}]}"#, .serverError, true),
      (#"{"code":401,"msg":"invalid key","data":null}"#, .notAuthorized, false),
      (#"{"message":"no"}"#, .serverError, true), (#"{"detail":"no"}"#, .serverError, true),
      (#"[{"error":{"code":503,"message":"no"}}]"#, .overloaded, true),
      ("data: {\"error\":{\"code\":429,\"message\":\"no\"}}\n\ndata: [DONE]\n", .rateLimited, true),
    ]
    for (body, cause, isRetryable) in cases {
      let fault = fault(200, body)
      #expect(fault?.cause == cause, "\(body)")
      #expect(fault?.isRetryable == isRetryable, "\(body)")
      #expect(fault?.status == 200, "\(body)")
    }
    #expect(
      fault(200, #"{"error":{"message":"Invalid API key","code":401}}"#)?.description
        == "The provider refuses the key (error 401 at status 200): Invalid API key")
  }

  @Test(
    "An error beside half an answer is no answer; one without a content beside an answer is none")
  func besideAnswer() throws {
    func body(_ choice: String, _ top: String = "") -> String {
      #"{"choices":[{"index":0,"message":{"role":"assistant","content":"Half a"}"# + choice
        + #"}]"# + top + #","usage":{"prompt_tokens":9,"completion_tokens":4}}"#
    }
    let failures = [
      body(#","finish_reason":"error""#), body(#","finish_reason":"network_error""#),
      body(#","finish_reason":"stop","error":{"code":502,"message":"Provider disconnected"}"#),
      body(#","finish_reason":"stop""#, #","error":{"message":"upstream died"}"#),
      body(#","finish_reason":"stop""#, #","error":"upstream died""#),
      body(#","finish_reason":"insufficient_system_resource""#), body(#","finish_reason":"abort""#),
    ]
    for body in failures {
      let fault = try #require(self.fault(200, body), "\(body)")
      #expect(fault.isRetryable && fault.mayBeBilled && fault.cause == .serverError, "\(body)")
    }
    let answers = [
      body(#","finish_reason":"stop","error":null"#),
      body(#","finish_reason":"stop""#, #","error":{}"#),
      body(
        #","finish_reason":"stop""#,
        #","error":{"message":"","type":"","param":"","code":null}"#),
      body(#","finish_reason":"stop""#, #","error":"","base_resp":{"status_code":0}"#),
      body(
        #","finish_reason":"stop","content_filter_results":{"error":{"code":"content_filter_error"}}"#
      ),
      body(#","finish_reason":"length""#), body(#","finish_reason":"odd""#),
    ]
    let other = #"{"model":"m","message":{"role":"assistant","content":"Hi"},"error":null}"#
    #expect(Self.holdsNoError(other))
    for body in answers { #expect(fault(200, body) == nil, "\(body)") }
  }

  /// Whether nothing in a body is an error.
  private static func holdsNoError(_ body: String) -> Bool {
    SuccessError.find(in: HTTPResponse(status: 200, body: Array(body.utf8))) == nil
  }

  @Test("A web page in place of an answer gets the address that was asked, and what to write")
  func page() throws {
    let outcome = OpenAIWire().outcome(
      of: ChatRequest(model: "m", messages: []),
      HTTPResponse(status: 200, body: Array("<!doctype html><title>Welcome</title>".utf8)),
      asked: "http://h/chat/completions")
    guard case .failure(let fault) = outcome else {
      Issue.record("gave an answer")
      return
    }
    #expect(fault.cause == .badReply && fault.isRetryable)
    #expect(
      fault.description.hasSuffix(
        "The address asked is http://h/chat/completions. Most servers need /v1 in it: write "
          + "http://h/v1 as the endpoint."))
  }

  @Test("Words for the end of an answer, of many servers and in any case")
  func finishes() {
    let cases: [(FinishReason, [String])] = [
      (.stop, ["stop", "STOP", "end_turn", "eos", "eos_token", "COMPLETE", "stop_sequence"]),
      (.length, ["length", "MAX_TOKENS", "max_tokens", "model_length", "ERROR_LIMIT"]),
      (
        .filtered,
        ["content_filter", "SAFETY", "RECITATION", "refusal", "sensitive", "ERROR_TOXIC"]
      ),
      (.tool, ["tool_calls", "tool_use", "MALFORMED_FUNCTION_CALL"]),
      (.untold, ["", "null", "FINISH_REASON_UNSPECIFIED"]),
      (.other("Odd"), ["Odd"]), (.other("pause_turn"), ["pause_turn"]),
    ]
    for (reason, words) in cases {
      for word in words { #expect(FinishReason(word) == reason, "\(word)") }
      #expect(!reason.isFailure)
    }
    for word in ["error", "ERROR", "network_error", "failed", "internal_error", "abort", "timeout"]
    {
      #expect(FinishReason(word).isFailure, "\(word)")
    }
  }
}
