import Foundation

/// Why a server could not be reached, or did not give what was asked for.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  /// The server's status, where it gave one.
  public let status: Int?

  private init(_ description: String, status: Int? = nil) {
    self.description = description
    self.status = status
  }

  static func badAddress(_ text: String) -> TransportError {
    TransportError(
      "'\(text)' is no web address; one that begins with http:// or https:// and holds no "
        + "password is needed.")
  }

  static func badToken() -> TransportError {
    TransportError(
      "The token is empty or holds a space or a control character; give it as it was issued.")
  }

  static func failed(
    _ url: URL, _ reason: String, attempts: Int, status: Int? = nil
  ) -> TransportError {
    let tries = attempts == 1 ? "once" : "\(attempts) times"
    return TransportError(
      "Could not fetch \(url.absoluteString): \(reason) (tried \(tries)). Check the network and "
        + "try again later.", status: status)
  }

  static func refused(_ url: URL, status: Int, hadToken: Bool) -> TransportError {
    let address = url.absoluteString
    switch status {
    case 401, 403:
      let advice =
        hadToken ? "check that the token is right and may read this" : "it may need a token"
      return TransportError(
        "The server refused \(address) with status \(status); check the name, and \(advice).",
        status: status)
    case 404, 410:
      return TransportError(
        "The server has no \(address) (status \(status)); check the name and the revision.",
        status: status)
    default:
      return TransportError(
        "The server answered \(address) with status \(status) where the file was needed; check "
          + "the address.", status: status)
    }
  }

  static func busyForLong(_ url: URL, status: Int, seconds: Int) -> TransportError {
    TransportError(
      "The server cannot give \(url.absoluteString) now (status \(status)); it asks to be asked "
        + "again in \(seconds) seconds.", status: status)
  }

  static func tooManyRedirects(_ url: URL) -> TransportError {
    TransportError(
      "\(url.absoluteString) was redirected more than \(Download.mostRedirects) times; check the "
        + "address.")
  }

  static func badRedirect(_ url: URL, to location: String) -> TransportError {
    // What follows a question mark may be a secret of the store.
    let target = location.prefix { $0 != "?" }
    return TransportError(
      "\(url.absoluteString) was redirected to '\(target)', which is no web address or less "
        + "protected than the one before; check the address.")
  }

  static func wrongSize(announced: Int, promised: Int) -> TransportError {
    TransportError(
      "The server sends a file of \(announced) bytes where the hub promised \(promised); is there "
        + "a sign-in page or a proxy between? Check the network and try again.")
  }

  static func cannotWrite(_ path: String, code: Int32) -> TransportError {
    TransportError("Cannot write \(path): \(String(cString: strerror(code))).")
  }

  static func linked(_ path: String) -> TransportError {
    TransportError(
      "\(path) is a link or no regular file, and somebody else may have put it there, so nothing is "
        + "written to it; remove it, or choose another folder.")
  }

  static func tooLarge(_ url: URL, limit: Int, announced: Int?) -> TransportError {
    let found =
      announced.map { "announces \($0) bytes for" }
      ?? "names no size for, and sends more than \(limit) bytes of,"
    return TransportError(
      "The server \(found) \(url.absoluteString), where at most \(limit) were expected; is the "
        + "address right, and is there a proxy between?")
  }

  static func noCurl() -> TransportError {
    TransportError("libcurl could not be started; is there memory left?")
  }
}
