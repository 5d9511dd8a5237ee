import Transport

/// What providers put into answers that are no answers.
enum WireError {
  /// A reply at 200 that cannot be read, told apart as people meet them.
  static func unreadable(_ response: HTTPResponse) -> ProviderFault {
    let start = response.body.first { $0 > 32 }
    let isPage =
      start == UInt8(ascii: "<")
      || response.header("content-type")?.lowercased().hasPrefix("text/html") == true
    let found =
      response.body.isEmpty
      ? "nothing"
      : isPage ? "a web page, as a proxy or a sign-in sends" : "something else"
    return ProviderFault(
      .badReply, isRetryable: true, mayBeBilled: true, retryAfter: response.retryAfter(),
      status: response.status,
      "The provider answered with \(found) where JSON was needed; check the endpoint.")
  }

  static func empty(_ response: HTTPResponse, _ what: String) -> ProviderFault {
    ProviderFault(
      .emptyReply, isRetryable: true, mayBeBilled: true, status: response.status,
      "The provider's answer has no \(what).")
  }

  /// A stream that ended before the answer did.
  static func cut(_ response: HTTPResponse, after text: String) -> ProviderFault {
    ProviderFault(
      .broken, isRetryable: true, mayBeBilled: true, retryAfter: response.retryAfter(),
      status: response.status,
      "The provider's stream ended early: after \(text.count) characters without a reason to stop.")
  }
}
