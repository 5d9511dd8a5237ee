import Foundation
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

  private struct Message: Decodable {
    struct Block: Decodable {
      var type: String?
      var text: String?
    }
    struct Usage: Decodable {
      var input_tokens: Int?
      var output_tokens: Int?
      var cache_read_input_tokens: Int?
      var cache_creation_input_tokens: Int?
    }
    var model: String?
    var content: [Block]?
    var stop_reason: String?
    var usage: Usage?
  }

  /// Reads the blocks of text.
  public func reply(
    to request: ChatRequest, from response: HTTPResponse
  ) -> Result<ChatReply, ProviderFault> {
    guard let message = try? JSONDecoder().decode(Message.self, from: Data(response.body)) else {
      return .failure(WireError.unreadable(response))
    }
    // An answer may be empty of words, but not of content and reason both.
    guard let blocks = message.content, !blocks.isEmpty || message.stop_reason != nil else {
      return .failure(WireError.empty(response, "content"))
    }
    let text = blocks.filter { $0.type ?? "text" == "text" }.compactMap(\.text).joined()
    var usage = TokenUsage.estimate(request, answer: text)
    if let told = message.usage, let input = told.input_tokens, let output = told.output_tokens,
      input >= 0, output >= 0
    {
      // Here cached tokens are counted apart from the input.
      let cached = max(0, told.cache_read_input_tokens ?? 0)
      usage = TokenUsage(
        input: input + cached + max(0, told.cache_creation_input_tokens ?? 0), output: output,
        cached: cached)
    }
    return .success(
      ChatReply(
        text: text, finish: FinishReason(message.stop_reason), usage: usage,
        version: message.model, seconds: response.seconds,
        secondsToFirstByte: response.secondsToFirstByte))
  }
}
