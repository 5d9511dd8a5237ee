public import Foundation

/// Fetches one file over HTTP, resuming what is there of it.
///
/// Redirects are followed, but the token goes only to the scheme, host and port it was given for.
public struct Download: Sendable {
  /// What to do with the bytes that are there, judged by what the server announced.
  public enum Verdict: Sendable {
    /// They are the file's beginning.
    case accept
    /// They are not; the file is fetched from its first byte.
    case restart
  }

  /// The address asked first.
  public let url: URL

  /// How failures are met.
  public var retries = Retries()

  /// Seconds to wait for a connection.
  public var connectionTimeout = 30.0

  /// Whole seconds without a byte after which an attempt counts as failed.
  public var stallTimeout = 60.0

  /// The most bytes that a file may have, whatever the server announces.
  public var greatestSize = Int.max

  /// The most bytes that are taken of a file whose size the server does not announce.
  public var greatestUnannouncedSize = Int.max

  /// Waits for some seconds between attempts.
  public var sleep: @Sendable (Double) -> Void = { Thread.sleep(forTimeInterval: $0) }

  static let mostRedirects = 10

  private let token: String?

  /// Prepares to fetch from an address.
  ///
  /// - Parameter token: Sent as a bearer token; never part of an error.
  public init(from address: String, token: String? = nil) throws(TransportError) {
    guard let url = URL(string: address), url.isPlainWebAddress else { throw .badAddress(address) }
    if let token {
      guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
        throw .badToken()
      }
    }
    self.url = url
    self.token = token
  }

  /// Fetches the file to `path`, continuing the part of it that is there.
  ///
  /// A server that ignores the request to continue sends everything, which replaces the part.
  ///
  /// - Parameters:
  ///   - path: Where the bytes go. Not atomic: after an error it holds what has arrived.
  ///   - verdict: Asked before each answer's first byte; its second argument is the bytes there.
  ///   - progress: Told the bytes there and, where known, the bytes of the whole file.
  /// - Returns: What the server announced about the file.
  @discardableResult
  public func fetch(
    into path: String, verdict: (DownloadHead, Int) -> Verdict = { _, _ in .accept },
    progress: (Int, Int?) -> Void = { _, _ in }
  ) throws(TransportError) -> DownloadHead {
    let part = try PartialFile(path: path)
    var (failures, restarts, furthest) = (0, 0, part.count)
    var earlier: DownloadHead?
    while true {
      var head = DownloadHead()
      let end = try attempt(
        part, head: &head, earlier: earlier, verdict: verdict, progress: progress)
      // A byte more than ever is progress: a long file over a poor line gets through.
      failures = part.count > furthest ? 1 : failures + 1
      furthest = max(furthest, part.count)
      var (reason, asked): (String, Double?) = ("", nil)
      switch end {
      case .complete:
        try part.synchronize()
        return head
      case .mustStartAnew:
        restarts += 1
        guard restarts < retries.attempts else {
          throw .failed(url, "the file changed again and again", attempts: restarts)
        }
        try part.truncate()
        (earlier, failures, furthest) = (nil, 0, 0)
        continue
      case .failed(let why, _):
        reason = why
        if [200, 206].contains(head.status) { earlier = head }
      case .noFile:
        reason = "the server answered with status \(head.status)"
        asked = head.retryAfter
      }
      if let asked, asked > retries.longestDelay {
        throw .busyForLong(url, status: head.status, seconds: Int(min(asked, 1e9).rounded(.up)))
      }
      guard failures < retries.attempts else {
        throw .failed(url, reason, attempts: failures, status: head.status)
      }
      sleep(retries.delay(afterFailures: failures, asked: asked))
    }
  }

  /// Asks once, through all redirects; throws where asking again would not help.
  private func attempt(
    _ part: PartialFile, head: inout DownloadHead, earlier: DownloadHead?,
    verdict: Answer.Judgement, progress: (Int, Int?) -> Void
  ) throws(TransportError) -> Answer.End {
    var target = url
    for _ in 0...Self.mostRedirects {
      let exchange = Exchange(
        url: target, headers: headers(for: target, from: part.count, of: earlier),
        connectionTimeout: connectionTimeout, stallTimeout: stallTimeout)
      let end = try Answer.receive(
        exchange, into: part, head: &head, earlier: earlier,
        bounds: Answer.Bounds(
          url: url, announced: greatestSize,
          unannounced: min(greatestSize, greatestUnannouncedSize)),
        judge: verdict, progress: progress)
      if case .failed(let reason, mayPass: false) = end { throw .failed(url, reason, attempts: 1) }
      guard case .noFile = end else { return end }
      guard [301, 302, 303, 307, 308].contains(head.status) else {
        guard Retries.isWorthRepeating(status: head.status) else {
          throw .refused(url, status: head.status, hadToken: token != nil)
        }
        return end
      }
      target = try Self.redirect(from: target, to: head.location ?? "", asked: url)
    }
    throw .tooManyRedirects(url)
  }

  private func headers(
    for target: URL, from start: Int, of earlier: DownloadHead?
  ) -> [String] {
    var headers: [String] = []
    if start > 0 {
      headers.append("Range: bytes=\(start)-")
      if let validator = earlier?.validator { headers.append("If-Range: \(validator)") }
    }
    if let token, target.origin == url.origin { headers.append("Authorization: Bearer \(token)") }
    return headers
  }

  static func redirect(
    from target: URL, to location: String, asked: URL
  ) throws(TransportError) -> URL {
    guard !location.isEmpty, let next = URL(string: location, relativeTo: target)?.absoluteURL,
      next.isPlainWebAddress, target.origin[0] == "http" || next.origin[0] == "https"
    else { throw .badRedirect(asked, to: location) }
    return next
  }
}
