import CurlShim
import Dispatch
import Foundation

/// One request under way and what has come of its answer.
///
/// Unchecked because it changes; safe because it is handed to the client's thread and then used by
/// that thread alone.
final class Transfer: @unchecked Sendable {
  let complete: @Sendable (HTTPClient.Answer) -> Void
  private let request: HTTPRequest
  private var started = Transfer.now
  private var handle: UnsafeMutableRawPointer?
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var sent = 0
  private var status = 0
  private var headers: [HTTPRequest.Header] = []
  private var body: [UInt8] = []
  private var firstByte: Double?
  private var lastByte: Double?
  private var isTooLarge = false

  /// Seconds of a clock that nobody sets.
  static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

  init(_ request: HTTPRequest, _ complete: @escaping @Sendable (HTTPClient.Answer) -> Void) {
    self.request = request
    self.complete = complete
  }

  /// Tells a fresh handle what to do; the transfer must outlive its use.
  func prepare(_ handle: UnsafeMutableRawPointer) {
    self.handle = handle
    for header in request.headers where !header.value.contains(where: \.isNewline) {
      headerList = curl_slist_append(headerList, "\(header.name): \(header.value)") ?? headerList
    }
    // Waiting for a server's leave to send the body would only cost a round trip.
    headerList = curl_slist_append(headerList, "Expect:") ?? headerList
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = rb_curl_set_string(handle, CURLOPT_URL, request.address)
    _ = rb_curl_set_string(handle, CURLOPT_USERAGENT, "routerbench")
    _ = rb_curl_set_string(handle, CURLOPT_ACCEPT_ENCODING, "")
    _ = rb_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = rb_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headerList)
    _ = rb_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = rb_curl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    // One request a connection at a time: one that hangs holds up no other.
    _ = rb_curl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    _ = rb_curl_set_long(
      handle, CURLOPT_CONNECTTIMEOUT_MS,
      Int(min(2e9, (request.timeouts.connect * 1000).rounded(.up))))
    _ = rb_curl_set_offset(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(request.sizeLimit))
    if request.body.isEmpty {
      _ = rb_curl_set_long(handle, CURLOPT_HTTPGET, 1)
    } else {
      _ = rb_curl_set_long(handle, CURLOPT_POST, 1)
      _ = rb_curl_set_offset(
        handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
    }
    _ = rb_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method)
    _ = rb_curl_set_read(
      handle,
      { buffer, size, count, context in
        guard let buffer, let transfer = Transfer.of(context) else { return 0 }
        return transfer.give(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
      },
      // libcurl would rewind to send a request again unasked, which may be paid twice.
      { _, _, _ in CURL_SEEKFUNC_FAIL }, context)
    _ = rb_curl_set_header(
      handle,
      { bytes, size, count, context in
        guard let bytes, let transfer = Transfer.of(context) else { return 0 }
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        transfer.take(line: String(decoding: line, as: UTF8.self))
        return line.count
      }, context)
    _ = rb_curl_set_write(
      handle,
      { bytes, size, count, context in
        guard let bytes, let transfer = Transfer.of(context) else { return 0 }
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.take(piece: piece) ? piece.count : 0
      }, context)
  }

  /// Frees what libcurl pointed to.
  func forget() {
    curl_slist_free_all(headerList)
    headerList = nil
    handle = nil
  }

  /// What has arrived.
  var response: HTTPResponse {
    let end = Self.now
    return HTTPResponse(
      status: status, headers: headers, body: body,
      secondsToFirstByte: (firstByte ?? end) - started, seconds: end - started)
  }

  /// The timeout that has passed, if any.
  func overdue(at now: Double) -> HTTPFault.Cause? {
    if now - started > request.timeouts.total { return .totalTimeout }
    guard let lastByte else {
      return now - started > request.timeouts.firstByte ? .firstByteTimeout : nil
    }
    return now - lastByte > request.timeouts.idle ? .idleTimeout : nil
  }

  /// Leaves out seconds in which this process did not run, such as while a shell had stopped it.
  func leaveOut(_ seconds: Double) {
    started += seconds
    firstByte = firstByte.map { $0 + seconds }
    lastByte = lastByte.map { $0 + seconds }
  }

  /// A fault with its sentence.
  func fault(_ cause: HTTPFault.Cause, _ reason: String?) -> HTTPFault {
    let timeouts = request.timeouts
    let words: String
    switch cause {
    case .connectTimeout: words = "there was no connection within \(timeouts.connect) s"
    case .firstByteTimeout: words = "nothing came back within \(timeouts.firstByte) s"
    case .idleTimeout:
      words = "the answer stopped for \(timeouts.idle) s after \(body.count) bytes"
    case .totalTimeout: words = "the answer was not whole within \(timeouts.total) s"
    case .tooLarge: words = "the answer is larger than \(request.sizeLimit) bytes"
    case .truncated: words = "the connection broke after \(body.count) bytes of the answer"
    default: words = reason ?? "the connection failed"
    }
    return HTTPFault(
      cause, mayHaveArrived: hasLeft,
      "No answer from \(HTTPRequest.shownAddress(request.address)): \(words).")
  }

  /// The fault that a code of libcurl stands for.
  func fault(for code: CURLcode) -> HTTPFault {
    let reason = String(cString: curl_easy_strerror(code))
    let words = reason.prefix(1).lowercased() + reason.dropFirst()
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
      CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
      return fault(.noConnection, words)
    case CURLE_OPERATION_TIMEDOUT: return fault(.connectTimeout, nil)
    case CURLE_FILESIZE_EXCEEDED: return fault(.tooLarge, nil)
    case CURLE_WRITE_ERROR where isTooLarge: return fault(.tooLarge, nil)
    case CURLE_PARTIAL_FILE: return fault(.truncated, nil)
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_FAIL_REWIND:
      if lastByte != nil { return fault(.truncated, nil) }
      return fault(.reset, "the connection broke before the answer")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
      CURLE_WRITE_ERROR:
      return fault(.badProtocol, "the answer is not one of HTTP (\(words))")
    default: return fault(lastByte == nil ? .reset : .truncated, words)
    }
  }

  /// Whether a part of the request has gone out.
  private var hasLeft: Bool {
    guard let handle else { return false }
    var size = 0
    return rb_curl_get_long(handle, CURLINFO_REQUEST_SIZE, &size) == CURLE_OK && size > 0
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private func give(_ space: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(space.count, request.body.count - sent)
    space.copyBytes(from: request.body[sent..<(sent + count)])
    sent += count
    return count
  }

  private func touch() {
    let now = Self.now
    if firstByte == nil { firstByte = now }
    lastByte = now
  }

  private func take(line: String) {
    touch()
    if line.hasPrefix("HTTP/") {
      let words = line.split(separator: " ")
      status = words.count > 1 ? Int(words[1].prefix(3)) ?? 0 : 0
      headers.removeAll(keepingCapacity: true)
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    headers.append(
      HTTPRequest.Header(
        String(line[..<colon]),
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  private func take(piece: UnsafeRawBufferPointer) -> Bool {
    touch()
    guard body.count + piece.count <= request.sizeLimit else {
      isTooLarge = true
      return false
    }
    body.append(contentsOf: piece)
    return true
  }
}
