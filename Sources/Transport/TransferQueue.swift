import CurlShim
import Synchronization

/// How requests reach the thread that makes them.
///
/// Unchecked because libcurl's handle is a pointer; safe because other threads only wake it, under
/// the lock, and the thread itself frees it, after the queue was closed.
final class TransferQueue: @unchecked Sendable {
  private struct State {
    var waiting: [Transfer] = []
    var isClosed = false
  }

  let multi: UnsafeMutableRawPointer
  private let state = Mutex(State())
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

  init(keptConnections: Int) throws(TransportError) {
    guard Self.isReady, let multi = curl_multi_init() else { throw .noCurl() }
    _ = rb_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, keptConnections)
    self.multi = multi
  }

  /// False where the client is closed.
  func add(_ transfer: Transfer) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.waiting.append(transfer)
      if state.waiting.count == 1 { curl_multi_wakeup(multi) }
      return true
    }
  }

  func close() {
    state.withLock { state in
      state.isClosed = true
      curl_multi_wakeup(multi)
    }
  }

  func take() -> (transfers: [Transfer], isClosed: Bool) {
    state.withLock { state in
      defer { state.waiting.removeAll(keepingCapacity: true) }
      return (state.waiting, state.isClosed)
    }
  }
}
