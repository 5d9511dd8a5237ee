public import Transport

/// Why a call to a provider gave no answer.
public struct ProviderFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, by a name that stores and tables keep.
  public enum Cause: String, Sendable, Hashable, CaseIterable {
    /// There was no connection.
    case noConnection
    /// Something took longer than it may.
    case timeout
    /// The connection broke before or inside the answer.
    case broken
    /// The answer is larger than the limit.
    case tooLarge
    /// The provider asks for fewer calls.
    case rateLimited
    /// The provider has too much to do.
    case overloaded
    /// The provider failed.
    case serverError
    /// The account has no credit left.
    case noCredit
    /// The key is wrong, or may not do this.
    case notAuthorized
    /// The provider has no such model or address.
    case notFound
    /// The provider will not do what was asked.
    case badRequest
    /// A policy of the provider is against the question or its answer.
    case filtered
    /// The provider sends elsewhere, where a key must not follow.
    case redirected
    /// The answer is not what such a provider sends.
    case badReply
    /// The answer holds no text.
    case emptyReply
    /// The address or the settings can never work.
    case badSettings
  }

  /// What went wrong.
  public let cause: Cause
  /// Whether asking again may help.
  public let isRetryable: Bool
  /// Whether the provider may have done the work all the same, and may bill it.
  public let mayBeBilled: Bool
  /// Seconds that the provider asks to wait.
  public let retryAfter: Double?
  /// Whether all questions of the model would fail in the same way.
  public let stopsModel: Bool
  /// The status of the answer, where there was one.
  public let status: Int?
  /// The sentence for the user; keys are taken out of it.
  public let description: String

  /// A fault.
  ///
  /// - Parameter stopsModel: Whether all questions of the model would fail in the same way; by the
  ///   cause if `nil`.
  public init(
    _ cause: Cause, isRetryable: Bool, mayBeBilled: Bool = false, retryAfter: Double? = nil,
    status: Int? = nil, stopsModel: Bool? = nil, _ description: String
  ) {
    let stopping: Set<Cause> = [.notAuthorized, .noCredit, .notFound, .redirected, .badSettings]
    self.stopsModel = stopsModel ?? stopping.contains(cause)
    self.cause = cause
    self.isRetryable = isRetryable
    self.mayBeBilled = mayBeBilled
    self.retryAfter = retryAfter
    self.status = status
    self.description = description
  }

  /// What a fault of the connection means for a call.
  public init(_ fault: HTTPFault) {
    let (cause, isRetryable): (Cause, Bool) =
      switch fault.cause {
      case .badAddress: (.badSettings, false)
      case .noConnection: (.noConnection, true)
      case .connectTimeout, .firstByteTimeout, .idleTimeout, .totalTimeout: (.timeout, true)
      case .reset, .truncated: (.broken, true)
      case .tooLarge: (.tooLarge, false)
      case .badProtocol: (.badReply, true)
      case .closed: (.broken, false)
      }
    self.init(
      cause, isRetryable: isRetryable, mayBeBilled: fault.mayHaveArrived, fault.description)
  }

  /// What a status other than 2xx means for a call.
  ///
  /// - Parameter message: What the provider says about it, if anything.
  public init(status: Int, message: String?, response: HTTPResponse) {
    let answer = HTTPResponse(
      status: status, headers: response.headers, body: response.body,
      secondsToFirstByte: response.secondsToFirstByte, seconds: response.seconds)
    self = FaultReading(answer, message.map { ErrorBody(message: $0) } ?? ErrorBody()).fault
  }

  /// The same fault with another sentence behind its own.
  func adding(_ sentence: String) -> ProviderFault {
    ProviderFault(
      cause, isRetryable: isRetryable, mayBeBilled: mayBeBilled, retryAfter: retryAfter,
      status: status, stopsModel: stopsModel, "\(description) \(sentence)")
  }

  /// The same fault with a key taken out of its sentence.
  func scrubbed(of key: APIKey?) -> ProviderFault {
    guard let key else { return self }
    return ProviderFault(
      cause, isRetryable: isRetryable, mayBeBilled: mayBeBilled, retryAfter: retryAfter,
      status: status, stopsModel: stopsModel, key.scrub(description))
  }
}
