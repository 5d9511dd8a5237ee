/// Which AIQ of a test hull leads.
public enum AIQDefinition: Sendable, Hashable {
  /// Over one range of costs for all systems: the paper's definition.
  case sharedRange
  /// From each hull's own cheapest vertex, over its greatest cost: the original code's, to connect to
  /// published numbers.
  case originalCode
}
