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
}

extension ProviderWire {
  /// What any answer says.
  ///
  /// - Parameter address: The address that was asked, for the sentence of a fault.
  package func outcome(
    of request: ChatRequest, _ response: HTTPResponse, asked address: String? = nil
  ) -> Result<ChatReply, ProviderFault> {
    guard (200..<300).contains(response.status) else {
      return .failure(FaultReading(response, ErrorBody(response), address: address).fault)
    }
    if let error = SuccessError.find(in: response) {
      return .failure(FaultReading(response, error, address: address).fault)
    }
    return reply(to: request, from: response).mapError { fault in
      // A page stands where no service is.
      guard fault.cause == .badReply, let address, ErrorBody(response).isPage else { return fault }
      return fault.adding(ServiceAddress.advice(onMissing: address, isModel: false))
    }.flatMap { reply in
      // A model that breaks off has not answered, whatever it has written.
      guard reply.finish.isFailure else { return .success(reply) }
      return .failure(
        ProviderFault(
          .serverError, isRetryable: true, mayBeBilled: true, retryAfter: response.retryAfter(),
          status: response.status,
          "The provider broke the answer off (finish reason '\(reply.finish.word)', "
            + "\(reply.text.utf8.count) bytes were written)."))
    }
  }
}
