import Providers

/// Dollars in whole trillionths, so that sums are exact in any order.
///
/// Sums and differences stop at nine million dollars: no number from outside makes them overflow.
public struct Money: Sendable, Hashable, Comparable {
  /// A trillionth of a dollar each.
  public let trillionths: Int

  /// So many trillionths.
  public init(trillionths: Int) { self.trillionths = trillionths }

  /// Dollars, rounded up: what is reserved is never too little.
  ///
  /// More than a million dollars are taken for a million, and so is what is no number.
  public init(dollars: Double) {
    let limit = 1e18
    let amount = (dollars * 1e12).rounded(.up)
    trillionths = amount < limit ? Int(max(0, amount)) : Int(limit)
  }

  /// Dollars, rounded down: what a limit allows is never too much.
  ///
  /// More than a million dollars are taken for a million; what is no number allows nothing.
  init(limit dollars: Double) {
    let amount = (dollars * 1e12).rounded(.down)
    trillionths = amount > 0 ? Int(min(1e18, amount)) : 0
  }

  /// Nothing.
  public static let zero = Money(trillionths: 0)

  /// The greatest amount that sums reach.
  public static let most = Money(trillionths: 9_000_000_000_000_000_000)

  /// The amount in dollars.
  public var dollars: Double { Double(trillionths) / 1e12 }

  private static func bounded(_ trillionths: Int) -> Money {
    Money(trillionths: max(-most.trillionths, min(most.trillionths, trillionths)))
  }

  /// The sum.
  public static func + (left: Money, right: Money) -> Money {
    bounded(left.trillionths.plus(right.trillionths))
  }

  /// The difference.
  public static func - (left: Money, right: Money) -> Money {
    let (difference, isTooGreat) = left.trillionths.subtractingReportingOverflow(right.trillionths)
    return isTooGreat ? (left < right ? bounded(.min) : most) : bounded(difference)
  }

  /// Adds to it.
  public static func += (left: inout Money, right: Money) { left = left + right }

  /// Takes from it.
  public static func -= (left: inout Money, right: Money) { left = left - right }

  /// Orders by amount.
  public static func < (left: Money, right: Money) -> Bool { left.trillionths < right.trillionths }
}
