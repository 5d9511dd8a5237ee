import CurlShim
public import Foundation

/// The wait that a server asks for, in any of the ways that servers name one.
struct AskedWait {
  /// Seconds since 1970 from which dates count: the server's own, if it sends its date.
  let now: Double

  /// - Parameter date: The server's `Date` header.
  init(now: Date, date: String?) {
    let sent = date.map { curl_getdate($0, nil) } ?? -1
    self.now = sent >= 0 ? Double(sent) : now.timeIntervalSince1970
  }

  /// Reads seconds, a duration, a date of HTTP, RFC 3339 or seconds or milliseconds since 1970.
  ///
  /// - Returns: Seconds from now, 0 for what has passed; `nil` if the text is none of these.
  func seconds(_ text: String) -> Double? {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if let duration = WrittenDuration(text) {
      // No server asks for thirty years, but some send the moment itself.
      if text.contains(where: \.isLetter) { return duration.seconds }
      switch duration.seconds {
      case 1e11...: return max(0, duration.seconds / 1000 - now)
      case 1e9...: return max(0, duration.seconds - now)
      default: return duration.seconds
      }
    }
    guard text.contains(where: \.isLetter), text.contains(where: \.isNumber) else { return nil }
    let date = curl_getdate(text, nil)
    if date >= 0 { return max(0, Double(date) - now) }
    let styles = [
      Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
    ]
    return styles.lazy.compactMap { try? $0.parse(text) }.first
      .map { max(0, $0.timeIntervalSince1970 - now) }
  }
}

extension HTTPResponse {
  /// Seconds to wait before asking again, if the server says so.
  ///
  /// `Retry-After` is read as seconds, as a duration such as `1m30s`, and as a date; so are the
  /// headers that say it in milliseconds. A date is compared with the server's own date if it sends
  /// one, so that a clock which is wrong here, or is set meanwhile, makes no difference.
  public func retryAfter(now: Date = Date()) -> Double? {
    for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
      if let text = header(name), let count = WrittenDuration(text) {
        return text.contains(where: \.isLetter) ? count.seconds : count.seconds / 1000
      }
    }
    let asked = AskedWait(now: now, date: header("date"))
    for name in ["retry-after", "x-retry-after", "x-ratelimit-retry-after"] {
      if let wait = header(name).flatMap(asked.seconds) { return wait }
    }
    return nil
  }

  /// Seconds until the limit that refused a call is renewed, if headers say so.
  ///
  /// Such headers also come with answers, and for limits that are not reached: a limit counts if the
  /// header beside it says that nothing is left of it, or if there is none. Of those that count, the
  /// longest wait is taken.
  public func limitReset(now: Date = Date()) -> Double? {
    let asked = AskedWait(now: now, date: header("date"))
    var waits: [Double] = []
    for header in headers {
      let name = header.name.lowercased()
      guard let left = Self.remaining(beside: name) else { continue }
      let count = self.header(left).flatMap { Double($0) }
      // A call takes one request but many tokens, of which some may be left and not be enough.
      let mayBeShort = name.contains("token") && !hasReachedLimit(otherThan: left)
      if let count, count > 0, !mayBeShort { continue }
      if let wait = asked.seconds(header.value), wait > 0 { waits.append(wait) }
    }
    if let text = header("ratelimit"), let wait = Self.structuredReset(text), wait > 0 {
      waits.append(wait)
    }
    return waits.max()
  }

  /// The header that says how much is left of what a header says the renewal of.
  private static func remaining(beside name: String) -> String? {
    for prefix in ["x-ratelimit-", "x-rate-limit-", "ratelimit-"] {
      if name == prefix + "reset-after" { return prefix + "remaining" }
      if name == prefix + "reset" || name.hasPrefix(prefix + "reset-") {
        return prefix + "remaining" + name.dropFirst((prefix + "reset").count)
      }
    }
    if name.hasPrefix("anthropic-ratelimit-"), name.hasSuffix("-reset") {
      return name.dropLast("reset".count) + "remaining"
    }
    return nil
  }

  /// Whether the headers say that nothing is left of another limit.
  private func hasReachedLimit(otherThan left: String) -> Bool {
    headers.contains { header in
      let name = header.name.lowercased()
      guard name.contains("remaining"), name != left else { return false }
      return Double(header.value).map { $0 <= 0 } ?? false
    }
  }

  /// The renewal in one header of the IETF's: `limit=10, remaining=0, reset=7` or `"a";r=0;t=7`.
  private static func structuredReset(_ text: String) -> Double? {
    var values: [Substring: Double] = [:]
    for part in text.split(whereSeparator: { ",;".contains($0) }) {
      let halves = part.split(separator: "=", maxSplits: 1)
      guard halves.count == 2 else { continue }
      let name = halves[0].drop { $0 == " " }
      values[name] = Double(halves[1].filter { $0 != " " })
    }
    if let left = values["remaining"] ?? values["r"], left > 0 { return nil }
    return values["reset"] ?? values["t"]
  }
}
