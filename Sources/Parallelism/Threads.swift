import Dispatch
import Foundation
import Synchronization

/// How many threads long work may use; results never depend on the number.
public struct Threads: Sendable, Hashable {
  /// The number of threads, at least one.
  public let count: Int

  /// Uses the given number of threads.
  ///
  /// - Precondition: `count >= 1`.
  public init(_ count: Int) {
    precondition(count >= 1, "Work needs at least one thread; \(count) were given.")
    self.count = count
  }

  /// As many threads as the machine has active processors, or as `setMachine` says.
  public static var machine: Threads {
    chosen.withLock { $0 } ?? Threads(max(1, ProcessInfo.processInfo.activeProcessorCount))
  }

  /// Sets what `machine` answers from now on: the command line's `--threads`.
  public static func setMachine(_ threads: Threads) { chosen.withLock { $0 = threads } }

  private static let chosen = Mutex<Threads?>(nil)

  /// Calls `body` once for every index below `count`, on up to `self.count` threads, and waits.
  ///
  /// Indices are handed out in order, one at a time, so uneven work balances itself. `body` must
  /// write only to places that belong to its index.
  public func forEach(count total: Int, _ body: @Sendable (Int) -> Void) {
    let workers = min(count, total)
    if workers <= 1 {
      for index in 0..<max(0, total) { body(index) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= total { return }
        body(index)
      }
    }
  }

  /// The results of `body` for every index below `count`, in order.
  public func map<Result: Sendable>(
    count total: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let slots = Mutex([Result?](repeating: nil, count: total))
    forEach(count: total) { index in
      let result = body(index)
      slots.withLock { $0[index] = result }
    }
    return slots.withLock { $0.compactMap { $0 } }
  }
}
