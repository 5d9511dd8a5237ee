import Outcomes

/// Why a router could not be fitted or consulted.
public struct RoutingError: Error, Hashable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  init(_ description: String) { self.description = description }

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

  /// No operating point answers within the time allowed.
  public static func tooSlow(router: String, bound: Double, fastest: Double?) -> RoutingError {
    RoutingError(
      "The router \(router) has no operating point of at most \(bound) seconds a prompt on average: "
        + (fastest.map { "the fastest takes \($0); allow more time." }
          ?? "not every answer has a latency; give outcomes with latencies."))
  }

  /// No operating point answers for the dollars allowed.
  public static func tooDear(router: String, bound: Double, cheapest: Double?) -> RoutingError {
    RoutingError(
      "The router \(router) has no operating point of at most \(bound) dollars a prompt on average: "
        + (cheapest.map { "the cheapest takes \($0); allow more." }
          ?? "not every answer has a price; give outcomes with dollars."))
  }

  /// Nothing tells what its operating points take on training prompts, where a bound is kept.
  public static func unbounded(router: String) -> RoutingError {
    RoutingError(
      "The router \(router) says nothing of the training prompts, on which bounds are kept; let it "
        + "predict those too, or leave out --max-latency and --max-cost.")
  }

  static let unknownQuality = RoutingError(
    "The judge of recorded quality was asked about an answer whose quality is not known, as on a "
      + "live server; use a judge of confidence or a learned scorer there.")

  static let unknownConfidence = RoutingError(
    "The judge of confidence was asked about an answer without a confidence; ask a model that "
      + "returns one, or use another judge.")

  static let unknownAnswer = RoutingError(
    "The learned scorer was asked about an answer whose text is not known; read the outcomes "
      + "with their responses, or use another judge.")

  /// No cell has what a judge judges by.
  static func nothingRecorded(_ part: OutcomePart) -> RoutingError {
    RoutingError(
      "A judge needs the \(part) of every answer, and the outcomes have none; read a file that "
        + "has them, or use another judge.")
  }

  /// Some cells lack what a judge judges by.
  static func missingCells(_ part: OutcomePart, count: Int, models: [String]) -> RoutingError {
    RoutingError(
      "A judge needs the \(part) of every answer, and \(count) \(count == 1 ? "is" : "are") missing "
        + "(\(models.joined(separator: ", "))); leave out the prompts that lack one first.")
  }
}
