public import CostQuality

/// What a router or a judge takes itself, beside the models that are called.
///
/// For a router it is what one prompt takes: embedding it and deciding. For a judge it is what one
/// judged answer takes.
public struct Overhead: Sendable, Hashable, Codable {
  /// Dollars.
  public let dollars: Double
  /// Milliseconds.
  public let milliseconds: Double

  /// Makes an overhead.
  ///
  /// - Precondition: Both are finite and at least 0.
  public init(dollars: Double = 0, milliseconds: Double = 0) {
    precondition(
      dollars >= 0 && dollars.isFinite && milliseconds >= 0 && milliseconds.isFinite,
      "An overhead is dollars and milliseconds of at least 0.")
    self.dollars = dollars
    self.milliseconds = milliseconds
  }

  /// Nothing.
  public static let none = Overhead()

  /// The time in seconds.
  public var seconds: Double { milliseconds / 1000 }

  /// What it adds to costs of a unit; nothing to a share of calls.
  public func cost(in unit: CostUnit) -> Double {
    switch unit {
    case .dollars: dollars
    case .seconds: seconds
    case .calls: 0
    }
  }
}

extension Judge {
  /// What one consultation takes.
  public var overhead: Overhead { Overhead(dollars: dollars, milliseconds: milliseconds) }
}
