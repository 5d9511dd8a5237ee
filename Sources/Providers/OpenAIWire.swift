public import Transport

/// Chat completions as OpenAI defined them and most servers speak them.
public struct OpenAIWire: ProviderWire {
  /// What the limit on written tokens is called: OpenAI's own newer models know the longer name alone.
  public var maxTokensName: String

  /// The wire; `max_completion_tokens` for OpenAI itself.
  public init(maxTokensName: String = "max_tokens") { self.maxTokensName = maxTokensName }

  /// `POST <endpoint>/chat/completions`.
  public func httpRequest(
    for request: ChatRequest, endpoint: String, key: APIKey?
  ) -> HTTPRequest {
    let sampling = request.sampling
    var body: [String: JSONValue] = [
      "model": .string(request.model),
      "messages": .array(
        request.messages.map {
          .object(["role": .string($0.role.rawValue), "content": .string($0.text)])
        }),
    ]
    if !sampling.limitsUnderExtra {
      body[maxTokensName] = sampling.maxTokens.map { .integer($0) }
    }
    body["temperature"] = sampling.temperature.map { .number($0) }
    body["top_p"] = sampling.topP.map { .number($0) }
    body["seed"] = sampling.seed.map { .integer($0) }
    if !sampling.stop.isEmpty { body["stop"] = .array(sampling.stop.map { .string($0) }) }
    // Some servers stream unless they are told not to.
    body["stream"] = .boolean(false)
    sampling.mergeExtra(into: &body)
    let service = ServiceAddress(endpoint)
    var headers = [HTTPRequest.Header("Content-Type", "application/json")]
    if let key { headers.append(key.header(for: service)) }
    return HTTPRequest(
      method: "POST", address: service.adding("/chat/completions"), headers: headers,
      body: JSONValue.object(body).bytes)
  }

  /// Reads the first choice, also out of a stream.
  public func reply(
    to request: ChatRequest, from response: HTTPResponse
  ) -> Result<ChatReply, ProviderFault> {
    guard let body = ReplyBody(response) else { return .failure(WireError.unreadable(response)) }
    let answer = OpenAIAnswer(body)
    if !body.isWhole, answer.finish == nil || answer.text.isEmpty {
      return .failure(WireError.unreadable(response))
    }
    guard answer.hasChoice else { return .failure(WireError.empty(response, "choice")) }
    // What a filter took away is a refusal, also where no empty message stands for it.
    guard answer.hasMessage || FinishReason(answer.finish) == .filtered else {
      return .failure(WireError.empty(response, "message"))
    }
    if answer.isCut(in: body) { return .failure(WireError.cut(response, after: answer.text)) }
    var (text, finish) = (answer.text, FinishReason(answer.finish))
    if text.isEmpty, !answer.refusal.isEmpty { (text, finish) = (answer.refusal, .filtered) }
    let report = UsageReport(
      answer.usage, style: .inside, estimate: .estimate(request, answer: text))
    return .success(
      ChatReply(
        text: text, finish: finish, usage: report.usage, version: answer.version,
        seconds: response.seconds, secondsToFirstByte: response.secondsToFirstByte,
        remark: report.remark))
  }
}
