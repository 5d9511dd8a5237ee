import Providers

/// What calls took, whether they gave answers or not.
public struct CallCharge: Sendable, Hashable {
  /// The calls.
  public var calls: Int
  /// What they cost, as far as prices and usage tell.
  public var spent: Money
  /// What they may have cost besides: calls whose answer never came, at their upper bound.
  public var possiblySpent: Money

  /// A charge.
  public init(calls: Int = 0, spent: Money = .zero, possiblySpent: Money = .zero) {
    self.calls = calls
    self.spent = spent
    self.possiblySpent = possiblySpent
  }

  /// The sum.
  public static func + (left: CallCharge, right: CallCharge) -> CallCharge {
    CallCharge(
      calls: left.calls.plus(right.calls), spent: left.spent + right.spent,
      possiblySpent: left.possiblySpent + right.possiblySpent)
  }

  /// All that a cap has to count.
  public var most: Money { spent + possiblySpent }
}
