public import Transport

/// Answers from a search of the web, as You.com's `smart` and `research` give them.
///
/// The model's name is the last part of the address. There is no usage in such answers, so tokens
/// are estimates, and prices are usually per request.
public struct SearchWire: ProviderWire {
  /// The wire.
  public init() {}

  /// `POST <endpoint>/<model>` with the last turn as the query.
  public func httpRequest(
    for request: ChatRequest, endpoint: String, key: APIKey?
  ) -> HTTPRequest {
    // Such a provider has no turns: what was said before goes into the query.
    let turns = request.messages.filter { $0.role != .system }.map(\.text)
    let system = request.messages.filter { $0.role == .system }.map(\.text)
    var body: [String: JSONValue] = ["query": .string(turns.joined(separator: "\n\n"))]
    if !system.isEmpty { body["instructions"] = .string(system.joined(separator: "\n\n")) }
    request.sampling.mergeExtra(into: &body)
    var headers = [HTTPRequest.Header("Content-Type", "application/json")]
    if let key { headers.append(.init("X-API-Key", key.headerValue())) }
    return HTTPRequest(
      method: "POST", address: ServiceAddress(endpoint).adding("/" + request.model),
      headers: headers, body: JSONValue.object(body).bytes)
  }

  /// Reads the answer.
  public func reply(
    to request: ChatRequest, from response: HTTPResponse
  ) -> Result<ChatReply, ProviderFault> {
    guard let body = ReplyBody(response) else { return .failure(WireError.unreadable(response)) }
    let text = ReplyContent.clean(
      body.events.map { ReplyContent.text($0["answer"]) }.first { !$0.isEmpty } ?? "")
    guard !text.isEmpty else {
      return .failure(
        body.isWhole ? WireError.empty(response, "text") : WireError.unreadable(response))
    }
    return .success(
      ChatReply(
        text: text, finish: .untold, usage: .estimate(request, answer: text),
        seconds: response.seconds, secondsToFirstByte: response.secondsToFirstByte))
  }
}
