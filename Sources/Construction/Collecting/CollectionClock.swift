import Dispatch
import Foundation

/// The time as collecting needs it; tests put in their own.
public struct CollectionClock: Sendable {
  /// Seconds of a clock that nobody sets: waits and rates go by it.
  public var now: @Sendable () -> Double
  /// Seconds since 1970 by the machine's clock, for the record alone.
  public var date: @Sendable () -> Double
  /// Waits for some seconds.
  public var sleep: @Sendable (Double) async -> Void

  /// The machine's clocks.
  public static let machine = CollectionClock(
    now: { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 },
    date: { Date().timeIntervalSince1970 },
    sleep: { try? await Task.sleep(for: .seconds($0)) })

  /// Clocks.
  public init(
    now: @escaping @Sendable () -> Double, date: @escaping @Sendable () -> Double,
    sleep: @escaping @Sendable (Double) async -> Void
  ) {
    self.now = now
    self.date = date
    self.sleep = sleep
  }
}
