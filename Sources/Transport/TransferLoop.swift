import CurlShim
import Foundation

/// The work of a client's thread: it alone touches libcurl's handles.
final class TransferLoop {
  private let queue: TransferQueue
  private var active: [UnsafeMutableRawPointer: Transfer] = [:]
  private var unused: [UnsafeMutableRawPointer] = []
  /// Timeouts are noticed this late at most, in seconds.
  private static let tick = 0.05
  /// Between two looks at the clock there are never so many seconds, unless the process was stopped.
  private static let pause = 1.0

  init(_ queue: TransferQueue) { self.queue = queue }

  func run() {
    // A server that leaves while it is written to must not end the program.
    var numbers = sigset_t()
    sigemptyset(&numbers)
    sigaddset(&numbers, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &numbers, nil)
    var swept = Transfer.now
    while true {
      let (arrivals, isClosed) = queue.take()
      if active.isEmpty { swept = Transfer.now }
      for transfer in arrivals { start(transfer) }
      if isClosed { break }
      var running: Int32 = 0
      curl_multi_perform(queue.multi, &running)
      finishDone()
      if Transfer.now - swept >= Self.tick {
        let now = Transfer.now
        let gap = now - swept
        if gap > Self.pause { for transfer in active.values { transfer.leaveOut(gap) } }
        swept = now
        sweep(at: now)
      }
      let wait = active.isEmpty ? 60_000 : Int32(Self.tick * 1000)
      curl_multi_poll(queue.multi, nil, 0, wait, nil)
    }
    for handle in Array(active.keys) { end(handle) { $0.fault(.closed, "the client was closed") } }
    for handle in unused { curl_easy_cleanup(handle) }
    curl_multi_cleanup(queue.multi)
  }

  private func start(_ transfer: Transfer) {
    guard let handle = unused.popLast() ?? curl_easy_init() else {
      transfer.complete(.failure(transfer.fault(.noConnection, "there is no memory left")))
      return
    }
    transfer.prepare(handle)
    active[handle] = transfer
    if curl_multi_add_handle(queue.multi, handle) != CURLM_OK {
      end(handle) { $0.fault(.noConnection, "libcurl took no more requests") }
    }
  }

  private func finishDone() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(queue.multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else {
        continue
      }
      // The message is gone with the handle.
      let code = message.pointee.data.result
      guard let transfer = active[handle] else { continue }
      if code == CURLE_OK {
        let response = transfer.response
        retire(handle)
        transfer.complete(.success(response))
      } else {
        end(handle) { $0.fault(for: code) }
      }
    }
  }

  private func sweep(at now: Double) {
    for (handle, transfer) in active {
      guard let cause = transfer.overdue(at: now) else { continue }
      end(handle) { $0.fault(cause, nil) }
    }
  }

  private func end(_ handle: UnsafeMutableRawPointer, _ fault: (Transfer) -> HTTPFault) {
    guard let transfer = active[handle] else { return }
    let fault = fault(transfer)
    retire(handle)
    transfer.complete(.failure(fault))
  }

  /// Takes a handle out; what it points to may go away afterwards.
  private func retire(_ handle: UnsafeMutableRawPointer) {
    curl_multi_remove_handle(queue.multi, handle)
    active.removeValue(forKey: handle)?.forget()
    curl_easy_reset(handle)
    if unused.count < 1024 { unused.append(handle) } else { curl_easy_cleanup(handle) }
  }
}
