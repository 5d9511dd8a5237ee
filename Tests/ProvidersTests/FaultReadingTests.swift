import Testing
import Transport

@testable import Providers

@Suite("What errors of providers mean")
struct FaultReadingTests {
  /// One error as a provider sends it, and what it is to mean.
  struct Sent: Sendable, CustomTestStringConvertible {
    var status: Int
    var body: String
    var cause: ProviderFault.Cause
    var isRetryable = false
    var stopsModel = false
    var wait: Double?
    var headers: [HTTPRequest.Header] = []

    var testDescription: String { "\(status) \(body.prefix(80))" }
  }

  static func fault(_ status: Int, _ body: String, _ headers: [HTTPRequest.Header] = [])
    -> ProviderFault?
  {
    let request = ChatRequest(model: "m", messages: [ChatMessage(.user, "Hi")])
    let outcome = OpenAIWire().outcome(
      of: request, HTTPResponse(status: status, headers: headers, body: Array(body.utf8)),
      asked: "http://h/v1/chat/completions")
    if case .failure(let fault) = outcome { return fault }
    return nil
  }

  private func check(_ sent: Sent) {
    guard let fault = Self.fault(sent.status, sent.body, sent.headers) else {
      Issue.record("gave an answer")
      return
    }
    #expect(fault.cause == sent.cause, "\(fault)")
    #expect(fault.isRetryable == sent.isRetryable, "\(fault)")
    #expect(fault.stopsModel == sent.stopsModel, "\(fault)")
    if let wait = sent.wait {
      #expect(abs((fault.retryAfter ?? -1) - wait) < 1e-6 * max(1, wait), "\(fault)")
    } else {
      #expect(fault.retryAfter == nil, "\(fault)")
    }
  }

  @Test(
    "A limit that renews is waited for, whatever it says about quota and billing",
    arguments: [
      Sent(
        status: 429,
        body: #"{"error":{"code":"429","message":"Requests have exceeded token rate limit of your "#
          + #"current OpenAI S0 pricing tier. Please retry after 1 second. Go here to increase the "#
          + #"quota: https://aka.ms/oai/quotaincrease"}}"#,
        cause: .rateLimited, isRetryable: true, wait: 1),
      Sent(
        status: 429,
        body:
          #"[{"error":{"code":429,"message":"You exceeded your current quota, please check your "#
          + #"plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"#
          + #""type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"#
          + #""GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]},{"@type":"#
          + #""type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.07s"}]}}]"#,
        cause: .rateLimited, isRetryable: true, wait: 34.07),
      Sent(
        status: 429,
        body:
          #"{"error":{"message":"{\n  \"error\": {\n \"code\": 429, \"message\": \"You exceeded "#
          + #"your current quota, please check your plan and billing details. Head to: "#
          + #"https://ai.google.dev/limits.\\nPlease retry in 38.863719904s.\", \"status\": "#
          + #"\"RESOURCE_EXHAUSTED\"}}","code":429,"status":"Too Many Requests"}}"#,
        cause: .rateLimited, isRetryable: true, wait: 38.863719904),
      Sent(
        status: 429,
        body: #"{"error":{"code":429,"message":"Resource has been exhausted (e.g. check quota).","#
          + #""status":"RESOURCE_EXHAUSTED"}}"#,
        cause: .rateLimited, isRetryable: true),
      Sent(
        status: 429,
        body: #"{"status":429,"error":"INSUFFICIENT QUOTA","message":"You exceeded your current "#
          + #"limit of concurrent requests."}"#,
        cause: .rateLimited, isRetryable: true),
      Sent(
        status: 429,
        body: #"{"error":{"message":"usage allocated quota exceeded. please try again later.","#
          + #""type":"invalid_request_error","param":"throttling"}}"#,
        cause: .rateLimited, isRetryable: true),
      Sent(
        status: 429,
        body: #"{"error":{"message":"Rate limit reached for gpt-4o on tokens per min (TPM): Limit "#
          + #"30000, Used 29500, Requested 900. Please try again in 900ms. Visit "#
          + #"https://platform.openai.com/account/billing","type":"tokens","#
          + #""code":"rate_limit_exceeded"}}"#,
        cause: .rateLimited, isRetryable: true, wait: 0.9),
      Sent(
        status: 429,
        body: #"{"error":{"message":"Quota is used up.","code":"insufficient_quota"}}"#,
        cause: .rateLimited, isRetryable: true, wait: 10,
        headers: [.init("Retry-After", "10")]),
      Sent(
        status: 429, body: #"{"error":{"message":"You exceeded your current quota"}}"#,
        cause: .rateLimited, isRetryable: true),
      Sent(
        status: 429,
        body: #"{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"#
          + #""x:free is temporarily rate-limited upstream. Please retry shortly, or add your own "#
          + #"key to accumulate your rate limits: https://openrouter.ai/billing"}}}"#,
        cause: .rateLimited, isRetryable: true),
      Sent(
        status: 429,
        body: #"{"title":"Too Many Requests","detail":"Wait a bit and try again.","status":429}"#,
        cause: .rateLimited, isRetryable: true),
      Sent(
        status: 400,
        body: #"{"__type":"com.amazon#ThrottlingException","message":"Rate exceeded"}"#,
        cause: .rateLimited, isRetryable: true),
      Sent(
        status: 403,
        body: #"{"error":{"message":"Quota","errors":[{"reason":"rateLimitExceeded"}]}}"#,
        cause: .rateLimited, isRetryable: true),
      Sent(status: 429, body: "Too Many Requests", cause: .rateLimited, isRetryable: true),
      Sent(status: 429, body: "", cause: .rateLimited, isRetryable: true),
    ])
  func renewing(sent: Sent) { check(sent) }

  @Test(
    "A limit per day is asked for as often as other faults, and then stops the model",
    arguments: [
      Sent(
        status: 429,
        body: #"{"error":{"code":429,"message":"You exceeded your current quota","details":[{"#
          + #""violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},"#
          + #"{"retryDelay":"21s"}]}}"#,
        cause: .rateLimited, isRetryable: true, stopsModel: true, wait: 21),
      Sent(
        status: 429,
        body: #"{"error":{"message":"Rate limit exceeded: free-models-per-day. Add 10 credits to "#
          + #"unlock 1000 requests per day","code":429,"metadata":{"headers":{"#
          + #""X-RateLimit-Remaining":"0","X-RateLimit-Reset":"1792627680000"}}}}"#,
        cause: .rateLimited, isRetryable: true, stopsModel: true, wait: 60_000,
        headers: [.init("Date", "Wed, 21 Oct 2026 07:28:00 GMT")]),
    ])
  func daily(sent: Sent) { check(sent) }

  @Test(
    "Only an account without credit stops the model as one",
    arguments: [
      Sent(
        status: 429,
        body: #"{"error":{"message":"You exceeded your current quota, please check your plan and "#
          + #"billing details.","type":"insufficient_quota","code":"insufficient_quota"}}"#,
        cause: .noCredit),
      Sent(
        status: 429,
        body:
          #"{"error":{"message":"litellm.RateLimitError: RateLimitError: OpenAIException - You "#
          + #"exceeded your current quota, please check your plan and billing details.","#
          + #""code":"429"}}"#,
        cause: .noCredit),
      Sent(
        status: 429,
        body: #"{"error":{"message":"No credits.","type":"insufficient_quota","#
          + #""code":"credit_balance_exhausted"}}"#,
        cause: .noCredit, wait: 60, headers: [.init("Retry-After", "60")]),
      Sent(
        status: 429, body: #"{"error":{"type":"requests","code":"billing_hard_limit_reached"}}"#,
        cause: .noCredit),
      Sent(
        status: 429,
        body:
          #"{"error":{"message":"Your account is not active, please check your billing details "#
          + #"on our website.","type":"billing_not_active"}}"#,
        cause: .noCredit),
      Sent(
        status: 400,
        body: #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit "#
          + #"balance is too low to access the Anthropic API."}}"#,
        cause: .noCredit),
      Sent(
        status: 402,
        body: #"{"error":{"message":"Insufficient Balance","code":"invalid_request"}}"#,
        cause: .noCredit),
      Sent(
        status: 402,
        body: #"{"error":{"message":"This request requires more credits, or fewer max_tokens. You "#
          + #"requested up to 65536 tokens, but can only afford 1234.","code":402}}"#,
        cause: .noCredit),
      Sent(status: 402, body: "", cause: .noCredit),
      Sent(
        status: 401,
        body: #"{"error":{"message":"You exceeded your current quota","#
          + #""type":"insufficient_quota","code":401}}"#,
        cause: .noCredit),
      Sent(
        status: 429,
        body: #"{"error":{"message":"Your account org-1 is suspended, please check your plan and "#
          + #"billing details","type":"exceeded_current_quota_error"}}"#,
        cause: .noCredit),
      Sent(
        status: 429,
        body: #"{"error":{"http_code":"429","message":"insufficient balance (1008)","#
          + #""type":"insufficient_balance_error"}}"#,
        cause: .noCredit),
      Sent(
        status: 500,
        body:
          #"{"type":"error","error":{"type":"api_error","message":"insufficient balance (1008)"}}"#,
        cause: .noCredit),
      Sent(
        status: 403,
        body: #"{"error":{"message":"Your team doesn't have any credits yet."}}"#, cause: .noCredit),
      Sent(
        status: 403, body: #"{"error":{"message":"用户额度不足","code":"insufficient_user_quota"}}"#,
        cause: .noCredit),
      Sent(
        status: 429, body: #"{"error":{"code":"1113","message":"您的账户余额不足"}}"#,
        cause: .noCredit),
    ])
  func credit(sent: Sent) {
    var sent = sent
    sent.stopsModel = true
    check(sent)
  }

  @Test(
    "A question that a policy refuses is given up alone",
    arguments: [
      (
        403,
        #"{"error":{"code":403,"message":"Your chosen model requires moderation and your input was "#
          + #"flagged. No credits were charged.","metadata":{"reasons":["violence"]}}}"#
      ),
      (403, #"{"error":{"message":"Forbidden","metadata":{"flagged_input":"..."}}}"#),
      (403, #"{"code":"sensitive_word_detected","type":"security_violation","message":"no"}"#),
      (
        403,
        #"{"code":"The caller may not","error":"Content violates usage guidelines. Team: a, API key "#
          + #"ID: b, Failed check: SAFETY_CHECK_TYPE_BIO"}"#
      ),
      (
        403,
        #"{"error":{"type":"permission_error","message":"Request blocked: prompt injection patterns "#
          + #"detected"}}"#
      ),
      (403, #"{"error":{"message":"Blocked by policy"}}"#),
      (403, #"{"error":{"code":"PROHIBITED_CONTENT","message":"no"}}"#),
      (
        400,
        #"{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's "#
          + #"content management policy.","code":"content_filter","status":400,"innererror":{"code":"#
          + #""ResponsibleAIPolicyViolation"}}}"#
      ),
      (
        400,
        #"{"error":{"message":"litellm.BadRequestError","code":"400","provider_specific_fields":{"#
          + #""innererror":{"code":"ResponsibleAIPolicyViolation"}}}}"#
      ),
      (
        400,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by "#
          + #"content filtering policy"}}"#
      ),
      (400, #"{"error":{"message":"Content Exists Risk","type":"invalid_request_error"}}"#),
      (400, #"{"error":{"code":"data_inspection_failed","message":"Input data may be bad."}}"#),
      (451, ""), (422, #"{"error":{"code":"content_policy_violation","message":"no"}}"#),
    ])
  func moderation(status: Int, body: String) {
    check(Sent(status: status, body: body, cause: .filtered))
    #expect(Self.fault(status, body)?.description.contains("the key") == false)
  }

  @Test(
    "A wrong key, a closed account, a region or a model that does not exist stops the model",
    arguments: [
      (401, #"{"error":{"code":"invalid_api_key","message":"no"}}"#, .notAuthorized),
      (401, "", .notAuthorized), (403, "", .notAuthorized),
      (403, #"{"error":{"type":"forbidden","message":"Request not allowed"}}"#, .notAuthorized),
      (
        403,
        #"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or "#
          + #"territory not supported"}}"#, .notAuthorized
      ),
      (
        403,
        #"{"message":"User is not authorized to perform: bedrock:InvokeModel because no "#
          + #"identity-based policy allows it"}"#, .notAuthorized
      ),
      (
        403, #"{"error":{"message":"Your account was flagged for violating our usage policies"}}"#,
        .notAuthorized
      ),
      (
        403,
        #"{"error":{"message":"Access denied due to Virtual Network/Firewall rules."}}"#,
        .notAuthorized
      ),
      (
        400,
        #"[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","#
          + #""status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]"#,
        .notAuthorized
      ),
      (
        400, #"{"error":{"message":"User location is not supported for the API use."}}"#,
        .notAuthorized
      ),
      (400, #"{"error":{"message":"Model Not Exist"}}"#, .notFound),
      (400, #"{"object":"error","message":"Invalid model: x","type":"invalid_model"}"#, .notFound),
      (400, #"{"error":{"message":"x/y is not a valid model ID","code":400}}"#, .notFound),
      (404, #"{"error":{"code":"model_not_found","message":"no"}}"#, .notFound),
      (404, #"{"error":{"code":"DeploymentNotFound","message":"no"}}"#, .notFound),
      (404, "404 page not found", .notFound), (405, "", .notFound), (410, "", .notFound),
    ] as [(Int, String, ProviderFault.Cause)])
  func stopping(status: Int, body: String, cause: ProviderFault.Cause) {
    check(Sent(status: status, body: body, cause: cause, stopsModel: true))
  }

  @Test(
    "What one question alone is refused for leaves the model alone",
    arguments: [
      (400, #"{"error":{"code":"context_length_exceeded","message":"Too long."}}"#, .badRequest),
      (
        400, #"{"object":"error","message":"bad","type":"BadRequestError","code":400}"#, .badRequest
      ),
      (413, "", .badRequest), (422, #"{"detail":[{"loc":["body"],"msg":"bad"}]}"#, .badRequest),
      (
        413,
        #"{"error":{"message":"Request too large for model `x` on tokens per minute (TPM): Limit "#
          + #"12000, Requested 14137, please reduce your message size","#
          + #""code":"rate_limit_exceeded"}}"#, .badRequest
      ),
      // It could wait for ever.
      (
        429,
        #"{"error":{"message":"Rate limit reached on tokens per minute (TPM): Limit 7000, Used 0, "#
          + #"Requested ~12903. Please try again in 50.5s."}}"#, .badRequest
      ),
      (403, "<html><title>Attention Required! | Cloudflare</title></html>", .badRequest),
    ] as [(Int, String, ProviderFault.Cause)])
  func single(status: Int, body: String, cause: ProviderFault.Cause) {
    let fault = Self.fault(status, body)
    #expect(fault?.cause == cause && fault?.isRetryable == false && fault?.stopsModel == false)
  }

  @Test(
    "What no wait mends ends the model, in words alone too",
    arguments: [
      (
        429, #"{"message":"Too many tokens per day, please wait before trying again."}"#,
        .rateLimited
      ),
      (
        429, #"{"error":{"message":"This request would exceed your daily rate limit."}}"#,
        .rateLimited
      ),
      (429, #"{"message":"You are limited to 1000 API calls / month."}"#, .rateLimited),
      (
        400,
        #"{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your "#
          + #"specified API usage limits."}}"#, .noCredit
      ),
      (
        429,
        #"{"error":{"message":"Budget has been exceeded! Max budget: 1","type":"budget_exceeded"}}"#,
        .noCredit
      ),
      (429, #"{"error":{"message":"Your prepayment credits are depleted."}}"#, .noCredit),
      (
        403,
        #"{"error":{"message":"Requests to this API method are blocked.","status":"PERMISSION_DENIED","#
          + #""details":[{"reason":"API_KEY_SERVICE_BLOCKED"}]}}"#, .notAuthorized
      ),
      (403, #"{"error":{"message":"Requests from referer <empty> are blocked."}}"#, .notAuthorized),
      (400, #"{"error":{"message":"This organization has been disabled."}}"#, .notAuthorized),
      (400, #"{"error":{"message":"Unrecognized request argument supplied: seed"}}"#, .badSettings),
      (400, #"{"error":{"message":"seed: Extra inputs are not permitted"}}"#, .badSettings),
    ] as [(Int, String, ProviderFault.Cause)])
  func lasting(status: Int, body: String, cause: ProviderFault.Cause) {
    let fault = Self.fault(status, body)
    #expect(fault?.cause == cause && fault?.stopsModel == true, "\(String(describing: fault))")
  }

  @Test("A quota that is allocated per minute is waited for under the code of a lack of credit")
  func allocated() {
    let fault = Self.fault(
      429,
      #"{"error":{"code":"insufficient_quota","message":"Allocated quota exceeded, please increase "#
        + #"your quota limit."}}"#)
    #expect(fault?.cause == .rateLimited && fault?.isRetryable == true)
  }

  @Test("A choice that a filter took away is a refusal, with and without a message")
  func filteredChoice() {
    for choice in [
      #"{"finish_reason":"content_filter","content_filter_results":{}}"#,
      #"{"finish_reason":"content_filter: SAFETY","message":{"content":""}}"#,
    ] {
      let outcome = OpenAIWire().outcome(
        of: ChatRequest(model: "m", messages: []),
        HTTPResponse(status: 200, body: Array(#"{"choices":[\#(choice)]}"#.utf8)))
      #expect((try? outcome.get())?.finish == .filtered)
    }
  }

  @Test("A total without parts is at least paid for in full")
  func totalAlone() {
    let report = UsageReport(
      .object(["total_tokens": .integer(5000)]), style: .inside,
      estimate: TokenUsage(input: 8, output: 3, isEstimated: true))
    #expect(report.usage.input + report.usage.output == 5000)
  }
}
