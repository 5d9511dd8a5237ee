import Foundation

/// What quality to expect of an answer by its model's confidence: one logistic curve a model.
///
/// Models are not equally sure of themselves, so the same confidence means different things; after this
/// one threshold suits all. `Routers` fits it.
///
/// - Source: Platt, "Probabilistic Outputs for Support Vector Machines", 1999.
public struct ConfidenceCalibration: Sendable, Hashable, Codable {
  /// One a model.
  public let intercepts: [Double]
  /// One a model, per unit of confidence.
  public let slopes: [Double]

  /// Makes a calibration.
  ///
  /// - Precondition: There are as many slopes as intercepts.
  public init(intercepts: [Double], slopes: [Double]) {
    precondition(
      intercepts.count == slopes.count, "A calibration needs a slope and an intercept a model.")
    self.intercepts = intercepts
    self.slopes = slopes
  }

  /// The expected quality, in (0, 1).
  ///
  /// - Precondition: The calibration knows the model.
  public func quality(confidence: Double, model: Int) -> Double {
    precondition(slopes.indices.contains(model), "The calibration has no model \(model).")
    return 1 / (1 + exp(-(intercepts[model] + slopes[model] * confidence)))
  }
}
