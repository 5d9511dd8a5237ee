/// What a unit of quality is worth to the user: the lambda of predictive routers.
///
/// - Source: arXiv:2403.12031, section 5.1.
public struct WillingnessToPay: Sendable, Hashable, Comparable {
  /// Dollars per unit of quality, at least 0; infinite means that only quality counts.
  public let dollars: Double

  /// Makes a willingness to pay.
  ///
  /// - Precondition: `dollars >= 0`.
  public init(dollars: Double) {
    precondition(dollars >= 0, "A willingness to pay is at least 0 dollars; \(dollars) is not.")
    self.dollars = dollars
  }

  /// Only quality counts; among equals the cheaper.
  public static let unlimited = WillingnessToPay(dollars: .infinity)

  /// Orders by dollars.
  public static func < (left: WillingnessToPay, right: WillingnessToPay) -> Bool {
    left.dollars < right.dollars
  }

  /// 0 and a logarithmic grid from 1e-6 to 1e3 dollars, both ends included.
  ///
  /// - Parameter count: How many values follow the 0; at least 2.
  public static func logarithmicGrid(count: Int = 400) -> [WillingnessToPay] {
    precondition(count >= 2, "A logarithmic grid needs at least 2 values; \(count) were asked for.")
    let values = (0..<count).map { step in
      WillingnessToPay(dollars: tenToThe(-6 + 9 * Double(step) / Double(count - 1)))
    }
    return [WillingnessToPay(dollars: 0)] + values
  }

  /// The 32 values that the original code tries.
  ///
  /// - Source: the public code of arXiv:2403.12031.
  public static let referenceGrid: [WillingnessToPay] = [
    1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.005, 0.01, 0.1, 0.5, 1, 1.5, 2, 10, 50, 100,
    500, 1000, 2000, 3000, 4000, 5000, 7500, 10_000, 25_000, 50_000, 75_000, 100_000, 1e6, 1e9,
  ].map { WillingnessToPay(dollars: $0) }
}
