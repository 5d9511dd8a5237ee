import Providers
import Synchronization

/// Hard limits on dollars and calls that hold however many calls are made at once.
///
/// A call reserves the most that it can cost before it is made; what it did cost replaces that once
/// it is on record. What is under way is told to the store beforehand, so that the limits also hold
/// over runs that are killed.
public final class SpendingCap: Sendable {
  /// What a call that asks to be made is told.
  public enum Verdict: Sendable, Hashable {
    /// It may be made; where there is a mark, only once the store has kept that.
    case granted(mark: CallCharge?)
    /// It may be made only if calls under way turn out cheaper than they could be.
    case wait
    /// It could pass the limit on dollars.
    case noDollars
    /// It would pass the limit on calls.
    case noCalls
  }

  private struct State {
    var charged: CallCharge
    var inFlight = CallCharge()
    var kept = CallCharge()
  }

  private let dollars: Money?
  private let calls: Int?
  private let state: Mutex<State>

  /// Limits; nil for none.
  ///
  /// - Parameter charged: What the store has been charged so far.
  public init(dollars: Double?, calls: Int?, charged: CallCharge = CallCharge()) {
    self.dollars = dollars.map { Money(limit: $0) }
    self.calls = calls
    state = Mutex(State(charged: charged))
  }

  /// What has been charged and what is reserved.
  public var totals: (charged: CallCharge, reserved: Money) {
    state.withLock { ($0.charged, $0.inFlight.most) }
  }

  /// Asks to make one call that costs at most `bound`.
  public func reserve(_ bound: Money) -> Verdict {
    state.withLock { state in
      if let calls {
        if state.charged.calls.plus(state.inFlight.calls) >= calls { return .noCalls }
      }
      if let dollars {
        if state.charged.most + bound > dollars { return .noDollars }
        if state.charged.most + state.inFlight.most + bound > dollars { return .wait }
      }
      state.inFlight = state.inFlight + CallCharge(calls: 1, possiblySpent: bound)
      let isKept =
        state.inFlight.calls <= state.kept.calls && state.inFlight.most <= state.kept.most
      return .granted(mark: isKept ? nil : state.inFlight)
    }
  }

  /// Tells that the store has kept a mark.
  public func keep(_ mark: CallCharge) {
    state.withLock { state in
      state.kept.calls = max(state.kept.calls, mark.calls)
      state.kept.possiblySpent = max(state.kept.possiblySpent, mark.most)
    }
  }

  /// Replaces a reservation by what the call took; call it once that is on record.
  public func settle(_ bound: Money, as charge: CallCharge) {
    state.withLock { state in
      state.inFlight.calls -= 1
      state.inFlight.possiblySpent = max(.zero, state.inFlight.possiblySpent - bound)
      state.charged = state.charged + charge
    }
  }
}
