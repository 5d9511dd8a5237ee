/// When a cascade's money has run out.
public enum BudgetRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// It goes on while less than the budget is spent, so the last call may overshoot.
  case paper
  /// It stops when the next call costs at least what is left; the first call is always made.
  case reference

  /// Whether another call is made.
  ///
  /// - Parameters:
  ///   - spent: Dollars spent so far, the judge's included.
  ///   - next: What the next call costs, in dollars.
  ///   - budget: Dollars for one prompt.
  public func allows(next: Double, spent: Double, budget: Double) -> Bool {
    switch self {
    case .paper: spent < budget
    case .reference: next < budget - spent
    }
  }
}
