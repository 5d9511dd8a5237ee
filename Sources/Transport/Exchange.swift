import CurlShim
import Foundation

/// One request and its answer over libcurl; redirects are answers like any other.
struct Exchange {
  /// What ended the exchange.
  enum Outcome {
    case done
    case stopped
    case failed(reason: String, mayPass: Bool)
  }

  let url: URL
  let headers: [String]
  let connectionTimeout: Double
  let stallTimeout: Double

  private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

  /// Asks, and hands the answer's body over in pieces.
  ///
  /// - Parameters:
  ///   - head: Takes in the answer's head.
  ///   - body: Takes a piece; false ends the exchange.
  func perform(
    head: inout DownloadHead, body: (DownloadHead, UnsafeRawBufferPointer) -> Bool
  ) throws(TransportError) -> Outcome {
    guard Self.isReady, let handle = curl_easy_init() else { throw .noCurl() }
    defer { curl_easy_cleanup(handle) }
    return withoutActuallyEscaping(body) { body in
      let receiver = Receiver(head: head, body: body)
      defer { head = receiver.head }
      return perform(handle, receiver)
    }
  }

  private func perform(_ handle: UnsafeMutableRawPointer, _ receiver: Receiver) -> Outcome {
    var list: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(list) }
    for header in headers { list = curl_slist_append(list, header) ?? list }
    let context = Unmanaged.passUnretained(receiver).toOpaque()
    _ = rb_curl_set_string(handle, CURLOPT_URL, url.absoluteString)
    _ = rb_curl_set_string(handle, CURLOPT_USERAGENT, "routerbench")
    _ = rb_curl_set_pointer(handle, CURLOPT_HTTPHEADER, list)
    // No signals: they would reach threads that are not ours.
    _ = rb_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = rb_curl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    _ = rb_curl_set_long(
      handle, CURLOPT_CONNECTTIMEOUT_MS, Int((connectionTimeout * 1000).rounded(.up)))
    _ = rb_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    _ = rb_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, max(1, Int(stallTimeout.rounded(.up))))
    _ = rb_curl_set_header(
      handle,
      { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue().take(line: line)
        return line.count
      }, context)
    _ = rb_curl_set_write(
      handle,
      { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        let receiver = Unmanaged<Receiver>.fromOpaque(context).takeUnretainedValue()
        return receiver.take(piece: piece) ? piece.count : 0
      }, context)
    let code = withExtendedLifetime(receiver) { curl_easy_perform(handle) }
    if receiver.isStopped { return .stopped }
    if code == CURLE_OK { return .done }
    let reason = String(cString: curl_easy_strerror(code))
    return .failed(
      reason: reason.prefix(1).lowercased() + reason.dropFirst(), mayPass: Self.mayPass(code))
  }

  /// Faults of the moment; others, such as a certificate that is not trusted, will stay.
  private static func mayPass(_ code: CURLcode) -> Bool {
    let codes = [
      CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
      CURLE_PARTIAL_FILE, CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR, CURLE_GOT_NOTHING,
      CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
    ]
    return codes.contains { $0 == code }
  }

  /// What libcurl's callbacks reach.
  private final class Receiver {
    var head: DownloadHead
    var isStopped = false
    private let body: (DownloadHead, UnsafeRawBufferPointer) -> Bool

    init(
      head: DownloadHead, body: @escaping (DownloadHead, UnsafeRawBufferPointer) -> Bool
    ) {
      self.head = head
      self.body = body
    }

    func take(line: UnsafeRawBufferPointer) {
      head.add(line: String(decoding: line, as: UTF8.self))
    }

    func take(piece: UnsafeRawBufferPointer) -> Bool {
      isStopped = !body(head, piece)
      return !isStopped
    }
  }
}
