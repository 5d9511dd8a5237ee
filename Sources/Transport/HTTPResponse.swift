import CurlShim
public import Foundation

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

  /// Seconds to wait before asking again, where the server says so.
  ///
  /// A date is compared with the server's own date where it sends one, so that a clock which is wrong
  /// here, or is set meanwhile, makes no difference.
  public func retryAfter(now: Date = Date()) -> Double? {
    guard let text = header("retry-after") else { return nil }
    if let seconds = Double(text) { return seconds.isFinite && seconds >= 0 ? seconds : nil }
    let date = curl_getdate(text, nil)
    guard date >= 0 else { return nil }
    let sent = header("date").map { curl_getdate($0, nil) } ?? -1
    return max(0, Double(date) - (sent >= 0 ? Double(sent) : now.timeIntervalSince1970))
  }
}
