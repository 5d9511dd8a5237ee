import Files
import Foundation

/// Commits what many callers hand in, in small groups on a thread of its own.
///
/// A group is what came in within a bounded delay, and whatever came while the one before was being
/// committed. A caller hears of its part only once that is on the disk.
///
/// Unchecked because the queue changes; safe because every use holds the lock.
final class GroupCommit: @unchecked Sendable {
  typealias Work = @Sendable (SQLiteDatabase) throws -> Void

  private struct Part {
    let work: Work
    let done: CheckedContinuation<(any Error)?, Never>
  }

  private let condition = NSCondition()
  private let delay: Double
  private let largest: Int
  private var waiting: [Part] = []
  private var isClosed = false

  /// - Parameters:
  ///   - delay: Seconds that the first of a group waits for others at most.
  ///   - largest: The most parts in a group.
  ///   - use: Gives the database to a body, alone.
  init(
    delay: Double, largest: Int = 256,
    use: @escaping @Sendable ((SQLiteDatabase) throws -> Void) throws -> Void
  ) {
    self.delay = delay
    self.largest = largest
    let thread = Thread { [self] in run(use) }
    thread.name = "GroupCommit"
    thread.start()
  }

  func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }

  /// Runs one part of a transaction and returns when it has been committed.
  func commit(_ work: @escaping Work) async throws {
    let error = await withCheckedContinuation {
      (done: CheckedContinuation<(any Error)?, Never>) in
      condition.lock()
      if isClosed {
        condition.unlock()
        done.resume(returning: ConstructionError("The store was closed while it was written to."))
        return
      }
      waiting.append(Part(work: work, done: done))
      if waiting.count == 1 { condition.signal() }
      condition.unlock()
    }
    if let error { throw error }
  }

  private func run(_ use: ((SQLiteDatabase) throws -> Void) throws -> Void) {
    while let group = next() {
      var failure: (any Error)?
      do {
        try use { database in
          try database.transaction { for part in group { try part.work(database) } }
        }
      } catch { failure = error }
      for part in group { part.done.resume(returning: failure) }
    }
  }

  /// The next group; nil when all is done and the store closed.
  private func next() -> [Part]? {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty {
      if isClosed { return nil }
      condition.wait()
    }
    if waiting.count < largest, !isClosed {
      // Not a wait until a time of day: a clock that is set back would make it hours.
      condition.unlock()
      Thread.sleep(forTimeInterval: delay)
      condition.lock()
    }
    defer { waiting.removeFirst(min(largest, waiting.count)) }
    return Array(waiting.prefix(largest))
  }
}
