import Synchronization

/// Asks work to end soon, from any thread.
public final class StopSignal: Sendable {
  private let isSet = Atomic<Bool>(false)

  /// Not asked yet.
  public init() {}

  /// Asks.
  public func stop() { isSet.store(true, ordering: .relaxed) }

  /// Whether it was asked.
  public var isStopped: Bool { isSet.load(ordering: .relaxed) }
}
