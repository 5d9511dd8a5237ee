/// Why a router could not be fitted or consulted.
public struct RoutingError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  private init(_ description: String) { self.description = description }

  /// There are fewer lessons than the router needs.
  public static func tooFewLessons(router: String, found: Int, needed: Int) -> RoutingError {
    RoutingError(
      "The router \(router) was given \(found) training prompts and needs at least \(needed); "
        + "choose a smaller setting or give more data.")
  }

  /// A setting is outside what the router allows.
  public static func unusableSetting(router: String, found: String, needed: String) -> RoutingError
  {
    RoutingError("The router \(router) was given \(found); it needs \(needed).")
  }

  /// The prompts' features do not have the width the router was fitted on.
  public static func wrongWidth(router: String, found: Int, needed: Int) -> RoutingError {
    RoutingError(
      "The router \(router) was fitted on features of \(needed) dimensions and was given "
        + "\(found); use the same encoder and view for both.")
  }
}
