import Transport

extension WireError {
  /// The fault that the errors inside an answer at 200 stand for.
  static func fault(_ errors: [JSONValue], in response: HTTPResponse) -> ProviderFault {
    let messages = errors.compactMap { message(in: $0.bytes) }
    let said = messages.first.map { ": \($0.prefix(300))" } ?? "."
    return ProviderFault(
      .serverError, isRetryable: true, mayBeBilled: true, retryAfter: response.retryAfter(),
      status: response.status, "The provider answered 200 with an error\(said)")
  }

  /// A stream that ended before the answer did.
  static func cut(_ response: HTTPResponse, after text: String) -> ProviderFault {
    ProviderFault(
      .broken, isRetryable: true, mayBeBilled: true, retryAfter: response.retryAfter(),
      status: response.status,
      "The provider's stream ended early: after \(text.count) characters without a reason to stop.")
  }
}
