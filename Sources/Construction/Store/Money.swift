/// Dollars in whole trillionths, so that sums are exact in any order.
public struct Money: Sendable, Hashable, Comparable {
  /// A trillionth of a dollar each.
  public let trillionths: Int

  /// So many trillionths.
  public init(trillionths: Int) { self.trillionths = trillionths }

  /// Dollars, rounded up: what is reserved is never too little.
  ///
  /// More than a million dollars are taken for a million.
  public init(dollars: Double) {
    let limit = 1e18
    trillionths = Int(min(limit, max(0, (dollars * 1e12).rounded(.up))))
  }

  /// Nothing.
  public static let zero = Money(trillionths: 0)

  /// The amount in dollars.
  public var dollars: Double { Double(trillionths) / 1e12 }

  /// The sum.
  public static func + (left: Money, right: Money) -> Money {
    Money(trillionths: left.trillionths + right.trillionths)
  }

  /// The difference.
  public static func - (left: Money, right: Money) -> Money {
    Money(trillionths: left.trillionths - right.trillionths)
  }

  /// Adds to it.
  public static func += (left: inout Money, right: Money) { left = left + right }

  /// Takes from it.
  public static func -= (left: inout Money, right: Money) { left = left - right }

  /// Orders by amount.
  public static func < (left: Money, right: Money) -> Bool { left.trillionths < right.trillionths }
}
