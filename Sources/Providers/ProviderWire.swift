public import Transport

/// How one kind of provider writes questions and answers: values in, values out, nothing sent.
///
/// A new kind is one file, and a line in `ProviderCatalogue`.
public protocol ProviderWire: Sendable {
  /// The request that puts a question.
  ///
  /// - Parameter endpoint: The address that the kind's paths are under, without a slash at its end.
  func httpRequest(for request: ChatRequest, endpoint: String, key: APIKey?) -> HTTPRequest

  /// What the answer with a status of 2xx says.
  func reply(to request: ChatRequest, from response: HTTPResponse) -> Result<
    ChatReply, ProviderFault
  >

  /// What a refusal says about itself.
  func message(of response: HTTPResponse) -> String?
}

extension ProviderWire {
  /// The message of an error object as OpenAI, Anthropic and most others write it.
  public func message(of response: HTTPResponse) -> String? { WireError.message(in: response.body) }

  /// What any answer says.
  func outcome(of request: ChatRequest, _ response: HTTPResponse) -> Result<
    ChatReply, ProviderFault
  > {
    guard (200..<300).contains(response.status) else {
      return .failure(
        ProviderFault(
          status: response.status, message: message(of: response), response: response))
    }
    return reply(to: request, from: response)
  }
}
