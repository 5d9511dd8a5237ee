public import Providers

/// Why an answer is missing, as the store keeps it until a later attempt succeeds.
public struct CollectedError: Sendable, Hashable {
  /// What went wrong in the last attempt.
  public var cause: ProviderFault.Cause
  /// The status of the last reply, where there was one.
  public var status: Int?
  /// The sentence for people.
  public var message: String
  /// How often the provider was asked.
  public var attempts: Int
  /// When it was given up, in seconds since 1970.
  public var time: Double
}
