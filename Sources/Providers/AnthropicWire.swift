public import Transport

/// Messages as Anthropic defines them.
public struct AnthropicWire: ProviderWire {
  /// The protocol demands a limit; this one stands in where none is given.
  public static let standardMaxTokens = 1024

  /// The wire.
  public init() {}

  /// `POST <endpoint>/messages`; what the system says goes apart from the turns.
  public func httpRequest(
    for request: ChatRequest, endpoint: String, key: APIKey?
  ) -> HTTPRequest {
    let sampling = request.sampling
    let system = request.messages.filter { $0.role == .system }.map(\.text)
    var body: [String: JSONValue] = [
      "model": .string(request.model),
      "max_tokens": .integer(sampling.maxTokens ?? Self.standardMaxTokens),
      "messages": .array(
        request.messages.filter { $0.role != .system }.map {
          .object(["role": .string($0.role.rawValue), "content": .string($0.text)])
        }),
    ]
    if !system.isEmpty { body["system"] = .string(system.joined(separator: "\n\n")) }
    body["temperature"] = sampling.temperature.map { .number($0) }
    body["top_p"] = sampling.topP.map { .number($0) }
    if !sampling.stop.isEmpty {
      body["stop_sequences"] = .array(sampling.stop.map { .string($0) })
    }
    body["stream"] = .boolean(false)
    sampling.mergeExtra(into: &body)
    var headers = [
      HTTPRequest.Header("Content-Type", "application/json"),
      HTTPRequest.Header("anthropic-version", "2023-06-01"),
    ]
    if let key { headers.append(.init("x-api-key", key.headerValue())) }
    return HTTPRequest(
      method: "POST", address: ServiceAddress(endpoint).adding("/messages"), headers: headers,
      body: JSONValue.object(body).bytes)
  }

  /// Reads the blocks of text, also out of a stream.
  public func reply(
    to request: ChatRequest, from response: HTTPResponse
  ) -> Result<ChatReply, ProviderFault> {
    guard let body = ReplyBody(response) else { return .failure(WireError.unreadable(response)) }
    let answer = AnthropicAnswer(body)
    if !body.isWhole, answer.finish == nil || answer.text.isEmpty {
      return .failure(WireError.unreadable(response))
    }
    // An answer may be empty of words, but not of content and reason both.
    guard answer.hasContent || answer.finish != nil else {
      return .failure(WireError.empty(response, "content"))
    }
    if answer.isCut { return .failure(WireError.cut(response, after: answer.text)) }
    // Here tokens of a cache are counted apart from the input.
    let report = UsageReport(
      answer.usage, style: .apart, estimate: .estimate(request, answer: answer.text))
    return .success(
      ChatReply(
        text: answer.text, finish: FinishReason(answer.finish), usage: report.usage,
        version: answer.version, seconds: response.seconds,
        secondsToFirstByte: response.secondsToFirstByte, remark: report.remark))
  }
}
