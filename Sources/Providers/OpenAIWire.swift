import Foundation
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
    sampling.mergeExtra(into: &body)
    let service = ServiceAddress(endpoint)
    var headers = [HTTPRequest.Header("Content-Type", "application/json")]
    if let key { headers.append(key.header(for: service)) }
    return HTTPRequest(
      method: "POST", address: service.adding("/chat/completions"), headers: headers,
      body: JSONValue.object(body).bytes)
  }

  private struct Completion: Decodable {
    struct Choice: Decodable {
      struct Message: Decodable {
        var content: Content?
        var refusal: String?
      }
      var message: Message?
      var finish_reason: String?
    }
    struct Usage: Decodable {
      struct InputDetails: Decodable { var cached_tokens: Int? }
      struct OutputDetails: Decodable { var reasoning_tokens: Int? }
      var prompt_tokens: Int?
      var completion_tokens: Int?
      var prompt_tokens_details: InputDetails?
      var completion_tokens_details: OutputDetails?
    }
    var model: String?
    var choices: [Choice]?
    var usage: Usage?
  }

  /// Text as one string, or in parts as some servers send it.
  private enum Content: Decodable {
    case text(String)

    private struct Part: Decodable { var text: String? }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .text(try container.decode([Part].self).compactMap(\.text).joined())
      }
    }
  }

  /// Reads the first choice.
  public func reply(
    to request: ChatRequest, from response: HTTPResponse
  ) -> Result<ChatReply, ProviderFault> {
    guard let completion = try? JSONDecoder().decode(Completion.self, from: Data(response.body))
    else { return .failure(WireError.unreadable(response)) }
    guard let choice = completion.choices?.first else {
      // Some gateways say 200 and put the error into the body.
      if let message = WireError.message(in: response.body) {
        return .failure(
          ProviderFault(
            .serverError, isRetryable: true, mayBeBilled: true,
            retryAfter: response.retryAfter(), status: response.status,
            "The provider answered 200 with an error: \(message.prefix(300))"))
      }
      return .failure(WireError.empty(response, "choice"))
    }
    guard let message = choice.message else {
      return .failure(WireError.empty(response, "message"))
    }
    var finish = FinishReason(choice.finish_reason)
    var text = ""
    if case .text(let content)? = message.content { text = content }
    if text.isEmpty, let refusal = message.refusal {
      (text, finish) = (refusal, .filtered)
    }
    return .success(
      ChatReply(
        text: text, finish: finish,
        usage: Self.usage(completion.usage) ?? .estimate(request, answer: text),
        version: completion.model, seconds: response.seconds,
        secondsToFirstByte: response.secondsToFirstByte))
  }

  private static func usage(_ usage: Completion.Usage?) -> TokenUsage? {
    guard let usage, let input = usage.prompt_tokens, let output = usage.completion_tokens,
      input >= 0, output >= 0
    else { return nil }
    return TokenUsage(
      input: input, output: output,
      cached: min(input, max(0, usage.prompt_tokens_details?.cached_tokens ?? 0)),
      reasoning: min(output, max(0, usage.completion_tokens_details?.reasoning_tokens ?? 0)))
  }
}
