import Foundation
import Transport

/// What providers put into answers that are no answers.
enum WireError {
  /// The sentence of an error object; `nil` if there is none.
  static func message(in body: [UInt8]) -> String? {
    ErrorBody.json(body).flatMap { ErrorBody(parts: [$0]).sentence }
  }

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
}
