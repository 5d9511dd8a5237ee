import Foundation
import Transport

/// What providers put into answers that are no answers.
enum WireError {
  private struct Envelope: Decodable {
    var error: JSONValue?
    var message: String?
    var detail: JSONValue?
  }

  /// The sentence of an error object; nil where there is none.
  static func message(in body: [UInt8]) -> String? {
    guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(body)) else {
      return nil
    }
    let candidates = [
      envelope.error?["message"]?.text, envelope.error?.text, envelope.message,
      envelope.detail?.text,
    ]
    let message = candidates.lazy.compactMap { $0 }.first
    let code = envelope.error?["code"]?.text ?? envelope.error?["type"]?.text
    guard let message else { return code }
    return code.map { "\(message) (\($0))" } ?? message
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
