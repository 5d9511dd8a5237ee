import Matrices

/// What a router decided for some prompts: for each parameter one plan a sample, or estimates.
///
/// It is how routers from elsewhere enter: the exam replays tables, and cannot tell who made them.
public struct PlanTable: Sendable, Hashable {
  /// The plans of all samples at one parameter.
  public struct Stop: Sendable, Hashable {
    /// The parameter; nil for a router that has none.
    public let parameter: Double?
    /// One plan a sample, in the table's order.
    public let plans: [Plan]

    /// Makes a stop.
    public init(parameter: Double?, plans: [Plan]) {
      self.parameter = parameter
      self.plans = plans
    }
  }

  /// What the table holds for its samples.
  public enum Content: Sendable, Hashable {
    /// Plans at one parameter after the other, in ascending order.
    case stops([Stop])
    /// Predictions, which a willingness to pay turns into plans.
    case estimates(Estimates)
  }

  /// The samples, each once.
  public let sampleIDs: [String]
  /// What was decided for them, row by row.
  public let content: Content

  /// Makes a table.
  ///
  /// - Precondition: One plan, or one row of estimates, a sample; parameters ascend.
  public init(sampleIDs: [String], content: Content) {
    switch content {
    case .stops(let stops):
      precondition(!stops.isEmpty, "A table of plans needs at least one stop.")
      precondition(
        stops.allSatisfy { $0.plans.count == sampleIDs.count },
        "A table of plans needs one plan a sample at every parameter.")
      precondition(
        zip(stops, stops.dropFirst()).allSatisfy { ($0.parameter ?? 0) < ($1.parameter ?? 0) },
        "The parameters of a table of plans must ascend.")
    case .estimates(let estimates):
      precondition(
        estimates.quality.rows == sampleIDs.count,
        "A table of estimates needs one row a sample.")
    }
    self.sampleIDs = sampleIDs
    self.content = content
  }

  /// The parameters, or nil for estimates.
  public var parameters: [Double?]? {
    guard case .stops(let stops) = content else { return nil }
    return stops.map(\.parameter)
  }
}
