import Dispatch
import Synchronization

/// Lets a plain command wait for work that is asynchronous.
enum Waiting {
  static func result<R: Sendable>(
    _ body: @escaping @Sendable () async throws -> R
  ) throws -> R {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<R, any Error>?>(nil)
    Task {
      let outcome: Result<R, any Error>
      do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
      result.withLock { $0 = outcome }
      done.signal()
    }
    done.wait()
    guard let outcome = result.withLock({ $0 }) else {
      preconditionFailure("Work ended without a result.")
    }
    return try outcome.get()
  }
}
