import Dispatch
import Foundation
import Synchronization

/// Makes many requests at once over kept connections, all on one thread of its own.
///
/// It asks once and never again by itself, and follows no redirect: a key reaches only the address
/// that it was given for. A connection that the server closed while it lay unused is replaced.
public final class HTTPClient: Sendable {
  /// What becomes of a request.
  public typealias Answer = Result<HTTPResponse, HTTPFault>

  private let queue: TransferQueue

  /// Starts the client's thread.
  ///
  /// - Parameter keptConnections: The most connections that stay open unused.
  /// - Throws: Where libcurl cannot be started.
  public init(keptConnections: Int = 512) throws(TransportError) {
    let queue = try TransferQueue(keptConnections: keptConnections)
    self.queue = queue
    let thread = Thread { TransferLoop(queue).run() }
    thread.name = "HTTPClient"
    thread.start()
  }

  deinit { queue.close() }

  /// Makes a request.
  ///
  /// - Parameter completion: Told what became of it, once, on the client's thread: it must be brief.
  public func send(_ request: HTTPRequest, completion: @escaping @Sendable (Answer) -> Void) {
    guard request.address.isPlainWebAddress else {
      completion(
        .failure(
          HTTPFault(
            .badAddress, mayHaveArrived: false,
            "'\(HTTPRequest.shownAddress(request.address))' is no web address; one that begins with http:// or https:// "
              + "and holds no password is needed.")))
      return
    }
    if !queue.add(Transfer(request, completion)) {
      completion(.failure(.closed))
    }
  }

  /// Makes a request and waits for what becomes of it.
  public func answer(to request: HTTPRequest) async -> Answer {
    await withCheckedContinuation { continuation in
      send(request) { continuation.resume(returning: $0) }
    }
  }

  /// Makes a request and holds this thread until it is known what becomes of it.
  public func waitForAnswer(to request: HTTPRequest) -> Answer {
    let done = DispatchSemaphore(value: 0)
    let answer = Mutex(Answer.failure(.closed))
    send(request) { result in
      answer.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    return answer.withLock { $0 }
  }
}

extension HTTPFault {
  static let closed = HTTPFault(
    .closed, mayHaveArrived: false, "The client was closed before the request was made.")
}
