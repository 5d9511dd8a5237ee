/// A recipe that predicts every model's quality and weighs it against an estimate of its cost.
public protocol PredictiveRouter: Router where Fitted: EstimatingRouter {
  /// How costs are estimated; unless it is the training mean, the router's name ends in it.
  var costEstimation: CostEstimation { get set }
}

extension PredictiveRouter {
  /// The same recipe with another estimate of costs.
  public func estimatingCosts(by estimation: CostEstimation) -> Self {
    var copy = self
    copy.costEstimation = estimation
    return copy
  }
}
