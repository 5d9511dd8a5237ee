import Routing

/// The most that operating points may take a prompt on average, beside what quality is traded for.
public struct Ceiling: Sendable, Hashable {
  /// Seconds; nil for no bound.
  public var seconds: Double?
  /// Dollars, where costs count something else; nil for no bound.
  public var dollars: Double?

  /// Makes bounds.
  public init(seconds: Double? = nil, dollars: Double? = nil) {
    self.seconds = seconds
    self.dollars = dollars
  }

  /// No bounds.
  public static let none = Ceiling()

  /// The bounds in words, such as `0.5 seconds and 0.001 dollars`; empty without any.
  public var text: String {
    [seconds.map { "\($0) seconds" }, dollars.map { "\($0) dollars" }].compactMap(\.self)
      .joined(separator: " and ")
  }

  /// Whether there is any bound.
  public var isBound: Bool { self != .none }

  /// By how much a stop exceeds the bounds, as a ratio; infinite where it is not known what it takes.
  private func excess(of stop: SweptPoint) -> Double {
    max(
      seconds.map { (stop.seconds ?? .infinity) / $0 } ?? 0,
      dollars.map { (stop.dollars ?? .infinity) / $0 } ?? 0)
  }

  /// The stops that keep the bounds.
  func keepers(of stops: [SweptPoint]) -> [SweptPoint] {
    isBound ? stops.filter { excess(of: $0) <= 1 + 1e-12 } : stops
  }

  /// The stops that keep the bounds, which are a router's on its training prompts.
  ///
  /// - Throws: When none does.
  func requiredKeepers(of stops: [SweptPoint], router: String) throws(RoutingError) -> [SweptPoint]
  {
    let kept = keepers(of: stops)
    if !kept.isEmpty { return kept }
    if let seconds, Ceiling(seconds: seconds).keepers(of: stops).isEmpty {
      throw .tooSlow(
        router: router, bound: seconds, fastest: stops.compactMap(\.seconds).min())
    }
    throw .tooDear(
      router: router, bound: dollars ?? 0,
      cheapest: Ceiling(seconds: seconds).keepers(of: stops).compactMap(\.dollars).min())
  }

  /// The places of the stops that a hull on the test prompts is of: those that keep the bounds there or,
  /// where none does, those that come nearest.
  func hullPlaces(of stops: [SweptPoint]) -> [Int] {
    guard isBound else { return Array(stops.indices) }
    let nearest = stops.map(excess).min() ?? .infinity
    return stops.indices.filter { excess(of: stops[$0]) <= max(1, nearest) * (1 + 1e-12) }
  }
}
