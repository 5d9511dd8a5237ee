/// A whole answer of HTTP, as a value; redirects are answers like any other.
public struct HTTPResponse: Sendable, Hashable {
  /// The status, such as 200.
  public let status: Int
  /// The headers in the order sent.
  public let headers: [HTTPRequest.Header]
  /// The body, decoded where it was compressed.
  public let body: [UInt8]
  /// Seconds from the start of the request to the first byte of the answer.
  public let secondsToFirstByte: Double
  /// Seconds from the start of the request to the last byte of the answer.
  public let seconds: Double

  /// An answer.
  public init(
    status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = [],
    secondsToFirstByte: Double = 0, seconds: Double = 0
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.secondsToFirstByte = secondsToFirstByte
    self.seconds = seconds
  }

  /// The first header of a name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
