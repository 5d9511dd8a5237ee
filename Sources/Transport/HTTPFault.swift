/// Why a request got no whole answer.
public struct HTTPFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Cause: String, Sendable, Hashable, CaseIterable {
    /// The address cannot be asked at all.
    case badAddress
    /// There was no connection: no such name, refused, or no trust in the certificate.
    case noConnection
    /// There was no connection in time.
    case connectTimeout
    /// No byte of the answer came in time.
    case firstByteTimeout
    /// The answer stopped coming.
    case idleTimeout
    /// The answer was not whole in time.
    case totalTimeout
    /// The connection broke before the answer.
    case reset
    /// The connection broke inside the answer, or it is shorter than announced.
    case truncated
    /// The answer is larger than the limit.
    case tooLarge
    /// The answer is not one of HTTP.
    case badProtocol
    /// The client was closed meanwhile.
    case closed
  }

  /// What went wrong.
  public let cause: Cause
  /// Whether the server may have got the request, and so may have done, and billed, its work.
  public let mayHaveArrived: Bool
  /// The sentence for the user; it holds no header and no body.
  public let description: String

  init(_ cause: Cause, mayHaveArrived: Bool, _ description: String) {
    self.cause = cause
    self.mayHaveArrived = mayHaveArrived
    self.description = description
  }
}
